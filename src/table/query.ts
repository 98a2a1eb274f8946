/**
 * Questions to the benchmark about cells. A cell is given as a Cell, an index or a text in any notation
 * of parseCell, a metric as a text in any notation of parseMetric; what is not known is an InputError
 * that names the nearest valid choice.
 */
import { type ChipCost, publishedCost } from "../chip/mod.ts";
import { InputError } from "../input_error.ts";
import {
  allCells,
  archStr,
  type Cell,
  cellAt,
  cellIndex,
  cellText,
  checkedCell,
  type Complexity,
  complexity,
  depth,
  isomorphicCells,
  isomorphismClasses,
  nasBench201Index,
  neighbours,
  OPERATIONS,
  parseCell,
  PUBLISHED_SKELETON,
  width,
} from "../space/mod.ts";
import { parseMetric } from "./metric.ts";
import type { Benchmark } from "./reference.ts";
import type { Metric } from "./schema.ts";

export type { Benchmark };

/** A cell, its cell_index, text in any notation, or a record that has its cell_index: a report, a row of cells. */
export type CellLike = Cell | number | string | { readonly cell_index: number };

/** What the benchmark knows of one cell. */
export interface CellReport extends Complexity, ChipCost {
  readonly cell_index: number;
  /** NAS-Bench-201's own index of the cell, another number. */
  readonly nas_bench_201_index: number;
  /** "(2,2,0,4,2,1)". */
  readonly cell: string;
  readonly arch_str: string;
  readonly depth: number;
  readonly width: number;
  /** Per cent, unrounded. */
  readonly accuracy_pct: Readonly<Record<Metric, number>>;
  /** Per cent; only metrics with an inference time have one. */
  readonly accuracy_sd_pct: Readonly<Partial<Record<Metric, number>>>;
}

/** The cell that any of its notations names. Throws InputError for none. */
export function toCell(cell: CellLike): Cell {
  if (typeof cell === "object" && cell !== null && "cell_index" in cell) {
    return cellAt(cell.cell_index);
  }
  if (typeof cell === "object") return checkedCell(cell);
  return parseCell(typeof cell === "number" ? String(cell) : cell);
}

/** Accuracy of a cell in per cent. */
export function queryAccuracy(benchmark: Benchmark, cell: CellLike, metric: string): number {
  return benchmark.accuracy(parseMetric(metric, benchmark.metrics))[cellIndex(toCell(cell))];
}

/**
 * All metrics, shape, size and estimated cost on a chip of a cell. Size and cost are those of the published
 * network, C = 16, N = 5.
 */
export function queryCell(benchmark: Benchmark, cellLike: CellLike): CellReport {
  const cell = toCell(cellLike), index = cellIndex(cell);
  const withSd = benchmark.metrics.filter((metric) => benchmark.sd(metric) !== null);
  const record = (metrics: readonly Metric[], value: (metric: Metric) => number) =>
    Object.fromEntries(metrics.map((metric) => [metric, value(metric)])) as Record<Metric, number>;
  return {
    cell_index: index,
    nas_bench_201_index: nasBench201Index(cell),
    cell: cellText(cell),
    arch_str: archStr(cell),
    ...complexity(cell, PUBLISHED_SKELETON),
    ...publishedCost(cell),
    depth: depth(cell),
    width: width(cell),
    accuracy_pct: record(benchmark.metrics, (metric) => benchmark.accuracy(metric)[index]),
    accuracy_sd_pct: record(withSd, (metric) => benchmark.sd(metric)![index]),
  };
}

/** Reports of all cells isomorphic to `cell` by the published rule of notation, itself included. */
export function queryIsomorphic(benchmark: Benchmark, cell: CellLike): CellReport[] {
  return isomorphicCells(toCell(cell)).map((index) => queryCell(benchmark, index));
}

/** Which cells may be among the best. */
export interface BestCellsOptions {
  /** How many to return; 10 by default. */
  readonly top?: number;
  readonly maxParameters?: number;
  readonly maxMacs?: number;
  /** Crossbars of 512 x 512. */
  readonly maxTiles?: number;
  /** Estimated energy of an image on a chip, microjoules. */
  readonly maxEnergy?: number;
  /** Smallest accuracy in per cent of other metrics, by name. */
  readonly atLeast?: Readonly<Record<string, number>>;
  /** Only the best cell of each isomorphism class. */
  readonly distinct?: boolean;
}

/** The cells with the highest `metric` that meet all constraints, best first; ties by cell_index. */
export function bestCells(
  benchmark: Benchmark,
  metric: string,
  options: BestCellsOptions = {},
): CellReport[] {
  const { top = 10, maxParameters, maxMacs, maxTiles, maxEnergy } = options;
  const { atLeast = {}, distinct = false } = options;
  if (!Number.isInteger(top) || top < 1) {
    throw new InputError(`The number of best cells is a whole number from 1, not ${top}.`);
  }
  const accuracy = benchmark.accuracy(parseMetric(metric, benchmark.metrics));
  const floors = Object.entries(atLeast).map(([name, floor]) =>
    [benchmark.accuracy(parseMetric(name, benchmark.metrics)), floor] as const
  );
  const classes = distinct ? isomorphismClasses() : null, seen = new Set<number>();
  const best: CellReport[] = [];
  const order = Array.from(allCells().keys()).sort((a, b) => accuracy[b] - accuracy[a] || a - b);
  for (const index of order) {
    if (best.length === top) break;
    if (floors.some(([values, floor]) => values[index] < floor)) continue;
    const cell = cellAt(index), size = complexity(cell, PUBLISHED_SKELETON);
    if (
      size.parameters > (maxParameters ?? Infinity) || size.macs > (maxMacs ?? Infinity) ||
      size.tiles > (maxTiles ?? Infinity) ||
      (maxEnergy !== undefined && publishedCost(cell).energy_uJ > maxEnergy)
    ) continue;
    if (classes !== null) {
      if (seen.has(classes[index])) continue;
      seen.add(classes[index]);
    }
    best.push(queryCell(benchmark, index));
  }
  return best;
}

/** A cell one edge away from another. */
export interface Neighbour {
  /** Number of the edge that differs. */
  readonly edge: number;
  /** The operation there, in the other cell and in this one. */
  readonly from: string;
  readonly to: string;
  /** Accuracy of this cell minus that of the other, in percentage points. */
  readonly difference_pp: number;
  readonly report: CellReport;
}

/** The 24 cells one edge away, the most accurate by `metric` first; ties by cell_index. */
export function neighbourhood(
  benchmark: Benchmark,
  cellLike: CellLike,
  metric: string,
): Neighbour[] {
  const cell = toCell(cellLike), own = queryAccuracy(benchmark, cell, metric);
  const name = parseMetric(metric, benchmark.metrics);
  return neighbours(cell).map((other) => {
    const edge = other.findIndex((operation, e) => operation !== cell[e]);
    const report = queryCell(benchmark, other);
    return {
      edge,
      from: OPERATIONS[cell[edge]],
      to: OPERATIONS[other[edge]],
      difference_pp: report.accuracy_pct[name] - own,
      report,
    };
  }).sort((a, b) => b.difference_pp - a.difference_pp || a.report.cell_index - b.report.cell_index);
}
