/**
 * This workspace's measurements against the published ones, cell by cell. Only rows of the published
 * protocol take part; a cell measured from several seeds counts once, with its mean.
 */
import { denseLabels, mean } from "../../stats/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import { type Metric, PUBLISHED_METRICS, type Row } from "../../table/schema.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { take } from "../table/outcome.ts";

/** Fewer independent pieces of evidence than this give no interval: an error estimated from so few would pretend to know. */
export const EVIDENCE_FOR_INTERVAL = 6;

/** Whether observations of these clusters, cells by their expression, are enough for an interval. */
export const carryInterval = (clusters: ArrayLike<number>): boolean =>
  denseLabels(clusters).count >= EVIDENCE_FOR_INTERVAL;

/** Accuracies in per cent by metric [n]; what is not measured is not there. */
export type Accuracies = Readonly<Partial<Record<Metric, Float64Array>>>;

/** Cells, and what was measured of them. */
export interface CellAccuracies {
  /** cell_index, ascending [n]. */
  readonly cells: Int32Array;
  readonly measured: Accuracies;
  /** What is no independent evidence of each other [n]: the cells' expressions. */
  readonly clusters: ArrayLike<number>;
}

/** Cells that have every published metric, and their accuracies in per cent. */
export interface Replicated extends CellAccuracies {
  /** The published metrics, and others of the table under which all these cells were measured too. */
  readonly metrics: readonly Metric[];
  /** Measured here, mean over seeds [n]. */
  readonly measured: Readonly<Record<Metric, Float64Array>>;
  /** As published [n]. */
  readonly published: Readonly<Record<Metric, Float64Array>>;
  /** SD between training seeds pooled over the cells that have several; null where none has. */
  readonly seedSd_pct: Readonly<Record<Metric, number | null>>;
  /** Cells measured from more than one seed. */
  readonly seededCells: number;
}

/** Brings both sources together. Cells without all 13 published metrics are left out. */
export function replicated(rows: readonly Row[], benchmark: Benchmark): Replicated {
  const byCell = new Map<number, Map<Metric, number[]>>();
  for (const row of rows) {
    const { cell_index, metric, protocol } = row;
    if (cell_index === null || protocol !== "as_published") continue;
    const metrics = byCell.get(cell_index) ?? new Map<Metric, number[]>();
    byCell.set(cell_index, metrics);
    metrics.set(metric, [...metrics.get(metric) ?? [], row.accuracy_pct]);
  }
  const complete = [...byCell].filter(([, metrics]) =>
    PUBLISHED_METRICS.every((metric) => metrics.has(metric))
  );
  complete.sort(([a], [b]) => a - b);
  const cells = Int32Array.from(complete, ([cell]) => cell);
  const metrics = benchmark.metrics.filter((metric) =>
    complete.every(([, measured]) => measured.has(metric))
  );
  const each = <T>(value: (metric: Metric) => T) =>
    Object.fromEntries(metrics.map((metric) => [metric, value(metric)])) as Record<Metric, T>;
  const seeds = (metric: Metric) => complete.map(([, metrics]) => metrics.get(metric)!);
  return {
    metrics,
    cells,
    clusters: take(EXPRESSIONS, cells),
    measured: each((metric) => Float64Array.from(seeds(metric), mean)),
    published: each((metric) => take(benchmark.accuracy(metric), cells)),
    seedSd_pct: each((metric) => pooledSd(seeds(metric))),
    seededCells: complete.filter(([, measured]) => measured.get("baseline")!.length > 1).length,
  };
}

/** SD within groups, pooled over those of two or more; null where there is none. */
function pooledSd(groups: readonly (readonly number[])[]): number | null {
  let squares = 0, freedom = 0;
  for (const group of groups) {
    const centre = mean(group);
    squares += group.reduce((sum, v) => sum + (v - centre) ** 2, 0);
    freedom += group.length - 1;
  }
  return freedom === 0 ? null : Math.sqrt(squares / freedom);
}
