/** What the scatters can have on an axis: metrics, differences of two, and what the tuple alone decides. */
import { publishedCost } from "../chip/mod.ts";
import {
  allCells,
  type Cell,
  complexity,
  linearPaths,
  type Operation,
  operationCount,
  OPERATIONS,
  PUBLISHED_SKELETON,
} from "../space/mod.ts";
import { axisTitle, EDGE_LABELS, metricLabel, OPERATION } from "../figure/grammar/metrics.ts";
import type { ExplorerData } from "./data.ts";

/** One axis, with its value of every cell. */
export interface Column {
  readonly name: string;
  /** With unit. */
  readonly label: string;
  /** By cell_index [15625]; sizes in parameters, multiply-adds and tiles. */
  readonly values: Float64Array;
  /** What each value means where it is a kind and no quantity: an operation by its number. */
  readonly kinds?: readonly string[];
}

/** Differences of two metrics: name, minuend, subtrahend. */
const DIFFERENCES = [
  ["hwt_gap@1d", "baseline", "hwt@1d"],
  ["drift_drop.hwt", "hwt@60s", "hwt@30d"],
  ["drift_drop.noisy", "noisy@60s", "noisy@30d"],
] as const;

/** A column whose values are computed when they are first asked for. */
function column(name: string, label: string, make: () => Float64Array, kinds?: readonly string[]) {
  let known: Float64Array | undefined;
  return {
    name,
    label,
    get values() {
      return known ??= make();
    },
    ...(kinds === undefined ? {} : { kinds }),
  };
}

/** Columns of a number that each cell has by itself. */
function ofCells<T>(names: Readonly<Record<string & keyof T, string>>, cost: (cell: Cell) => T) {
  let known: readonly T[] | undefined;
  return Object.entries(names).map(([name, label]) =>
    column(name, label as string, () => {
      known ??= allCells().map(cost);
      return Float64Array.from(known, (costs) => costs[name as keyof T] as number);
    })
  );
}

/** All columns; differences only of metrics that the data hold. */
export function columnsOf({ benchmark }: ExplorerData): readonly Column[] {
  const cells = allCells(), held = (metric: string) => benchmark.metrics.includes(metric);
  return [
    ...benchmark.metrics.map((name) =>
      column(name, `${metricLabel(name)} (%)`, () => benchmark.accuracy(name))
    ),
    ...DIFFERENCES.filter(([, a, b]) => held(a) && held(b)).map(([name, a, b]) =>
      column(name, axisTitle(name), () => {
        const [from, to] = [benchmark.accuracy(a), benchmark.accuracy(b)];
        return from.map((value, i) => value - to[i]);
      })
    ),
    ...ofCells(
      { parameters: "Parameters", macs: "MACs per image", tiles: "Tiles" },
      (cell) => complexity(cell, PUBLISHED_SKELETON),
    ),
    ...ofCells(
      {
        energy_uJ: axisTitle("energy_uJ"),
        latency_us: axisTitle("latency_us"),
        area_mm2: axisTitle("area_mm2"),
      },
      publishedCost,
    ),
    column("linear_paths", "Linear paths", () => Float64Array.from(cells, linearPaths)),
    ...OPERATIONS.map((operation, number) =>
      column(
        `number_of_${operation}`,
        `Number of ${OPERATION[operation].label}`,
        () => Float64Array.from(cells, (cell) => operationCount(cell, number as Operation)),
      )
    ),
    ...EDGE_LABELS.map((edge, e) =>
      column(
        `edge${e}`,
        `Operation on edge ${edge}`,
        () => Float64Array.from(cells, (cell) => cell[e]),
        OPERATIONS.map((operation) => OPERATION[operation].label),
      )
    ),
  ];
}
