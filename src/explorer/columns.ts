/** What the scatters can have on an axis: metrics, differences of two, and what the tuple alone decides. */
import {
  allCells,
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

/** All columns; differences only of metrics that the data hold. */
export function columnsOf({ benchmark }: ExplorerData): readonly Column[] {
  const cells = allCells(), held = (metric: string) => benchmark.metrics.includes(metric);
  const sizes = cells.map((cell) => complexity(cell, PUBLISHED_SKELETON));
  return [
    ...benchmark.metrics.map((name) => ({
      name,
      label: `${metricLabel(name)} (%)`,
      values: benchmark.accuracy(name),
    })),
    ...DIFFERENCES.filter(([, a, b]) => held(a) && held(b)).map(([name, a, b]) => {
      const [from, to] = [benchmark.accuracy(a), benchmark.accuracy(b)];
      return { name, label: axisTitle(name), values: from.map((value, i) => value - to[i]) };
    }),
    ...(["parameters", "macs", "tiles"] as const).map((name) => ({
      name,
      label: { parameters: "Parameters", macs: "MACs per image", tiles: "Tiles" }[name],
      values: Float64Array.from(sizes, (size) => size[name]),
    })),
    {
      name: "linear_paths",
      label: "Linear paths",
      values: Float64Array.from(cells, linearPaths),
    },
    ...OPERATIONS.map((operation, number) => ({
      name: `number_of_${operation}`,
      label: `Number of ${OPERATION[operation].label}`,
      values: Float64Array.from(cells, (cell) => operationCount(cell, number as Operation)),
    })),
    ...EDGE_LABELS.map((edge, e) => ({
      name: `edge${e}`,
      label: `Operation on edge ${edge}`,
      values: Float64Array.from(cells, (cell) => cell[e]),
      kinds: OPERATIONS.map((operation) => OPERATION[operation].label),
    })),
  ];
}
