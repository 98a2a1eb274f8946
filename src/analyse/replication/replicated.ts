/**
 * This workspace's measurements against the published ones, cell by cell. Only rows of the published
 * protocol take part; a cell measured from several seeds counts once, with its mean.
 */
import type { Prng } from "../../random.ts";
import {
  cellAt,
  indexStep,
  type Operation,
  type OperationName,
  OPERATIONS,
} from "../../space/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import { type Metric, PUBLISHED_METRICS, type Row } from "../../table/schema.ts";
import {
  type Interval,
  kendallInterval,
  kendallTauB,
  mean,
  standardError,
} from "../../stats/mod.ts";
import { copyNoise } from "../table/copy_noise.ts";
import { type Outcome, outcomeOf, take } from "../table/outcome.ts";

/** Cells that have every metric, and their accuracies in per cent. */
export interface Replicated {
  /** cell_index, ascending [n]. */
  readonly cells: Int32Array;
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
  const each = <T>(value: (metric: Metric) => T) =>
    Object.fromEntries(PUBLISHED_METRICS.map((metric) => [metric, value(metric)])) as Record<
      Metric,
      T
    >;
  const seeds = (metric: Metric) => complete.map(([, metrics]) => metrics.get(metric)!);
  return {
    cells,
    measured: each((metric) => Float64Array.from(seeds(metric), mean)),
    published: each((metric) => take(benchmark.accuracy(metric), cells)),
    seedSd_pct: each((metric) => pooledSd(seeds(metric))),
    seededCells: seeds("baseline").filter((values) => values.length > 1).length,
  };
}

/** Rank agreement of one metric between both sources. */
export interface Agreement {
  readonly metric: Metric;
  /** Tau-b over the cells; interval from its influence values, in closed form. */
  readonly tau: Interval;
  /**
   * Tau-b that two measurements of one truth would reach on average: the published accuracies stand for
   * the truth, and meet the noise of the published copies of their accuracy (`copyNoise`) on one side, on
   * the other that of the seeds here, normal with their pooled SD (where no cell has several, that of the
   * copies again). One SD for all cells on both sides, dominated by those that collapse, would put the
   * ceiling too low. What is left errs the other way: the accuracies hold noise already and lie further
   * apart than the truth. Between the copies themselves the two nearly cancel, within 0.02.
   */
  readonly ceiling: number;
  /** Standard Monte Carlo error of the ceiling. */
  readonly ceiling_mc_error: number;
  /** Mean accuracy of the cells, per cent. */
  readonly measured_pct: number;
  readonly published_pct: number;
}

/** Fewer cells than this give no interval: an error estimated from so few would pretend to know. */
export const CELLS_FOR_INTERVAL = 6;

/** Tau-b over cells with its interval from their influence on it, which a few cells cannot give. */
export function tauOverCells(x: ArrayLike<number>, y: ArrayLike<number>): Interval {
  const { estimate, low, high } = kendallInterval(x, y, Int32Array.from(x, (_, i) => i));
  if (x.length < CELLS_FOR_INTERVAL) return { estimate, low: -1, high: 1 };
  return { estimate, low: Math.max(low, -1), high: Math.min(high, 1) };
}

/** Pairs of repetitions that a ceiling is the mean of. */
const REPETITIONS = 1000;

/**
 * Agreement of every metric; the interval of fewer than 6 cells is all of -1..1. Throws RangeError for
 * fewer than 2 cells.
 */
export function agreement(
  { cells, measured, published, seedSd_pct }: Replicated,
  benchmark: Benchmark,
  random: Prng,
): readonly Agreement[] {
  if (cells.length < 2) {
    throw new RangeError(`Rank agreement needs two cells or more, not ${cells.length}.`);
  }
  return PUBLISHED_METRICS.map((metric) => {
    const x = measured[metric], y = published[metric];
    const noise = copyNoise(benchmark, metric), sd = seedSd_pct[metric];
    const there = () => y.map((value) => value + noise(value, random));
    const here = () => sd === null ? there() : y.map((value) => value + sd * random.normal());
    const repeated = Array.from({ length: REPETITIONS }, () => kendallTauB(there(), here()));
    return {
      metric,
      tau: tauOverCells(x, y),
      ceiling: mean(repeated),
      ceiling_mc_error: standardError(repeated) / Math.sqrt(REPETITIONS),
      measured_pct: mean(x),
      published_pct: mean(y),
    };
  });
}

/** Outcomes that matched cells are compared by. */
export type PairedOutcome = Extract<
  Outcome,
  "baseline" | "hwt@30d" | "drift_drop.hwt" | "drift_drop.noisy"
>;

/** A pair of measured cells that differ in one edge, where the first has a skip connection. */
export interface MatchedPair {
  /** 0..5, published order. */
  readonly edge: number;
  readonly other: OperationName;
  readonly cell_index: number;
  /** Outcome with skip less outcome with the other operation, percentage points. */
  readonly measured: number;
  readonly published: number;
}

/** Every matched pair among the measured cells on the edges that were measured as families of five. */
export function skipPairs(data: Replicated, outcome: PairedOutcome): readonly MatchedPair[] {
  const place = new Map(Array.from(data.cells, (cell, k) => [cell, k]));
  const [here, there] = [data.measured, data.published].map((values) =>
    outcomeOf((metric) => values[metric], outcome)
  );
  return Array.from(data.cells).flatMap((cell_index) =>
    [0, 1, 2, 3, 4, 5].flatMap((edge): MatchedPair[] => {
      const step = indexStep(edge);
      if (cellAt(cell_index)[edge] !== 0) return [];
      const family = OPERATIONS.map((_, operation) => place.get(cell_index + operation * step));
      if (family.some((k) => k === undefined)) return [];
      const [skip, ...others] = family as number[];
      return others.map((k, i) => ({
        edge,
        other: OPERATIONS[(i + 1) as Operation],
        cell_index,
        measured: here[skip] - here[k],
        published: there[skip] - there[k],
      }));
    })
  );
}

/**
 * Change of an outcome with `operation` in place of `other`, of every pair of measured cells that differ in
 * nothing else, in percentage points. Pairs of one edge and context share no cell with each other.
 */
export function matchedChanges(
  { cells, measured }: Replicated,
  outcome: Outcome,
  operation: Operation,
  other: Operation,
): readonly number[] {
  const place = new Map(Array.from(cells, (cell, k) => [cell, k]));
  const values = outcomeOf((metric) => measured[metric], outcome);
  return Array.from(cells).flatMap((cell_index, k) =>
    [0, 1, 2, 3, 4, 5].flatMap((edge) => {
      if (cellAt(cell_index)[edge] !== operation) return [];
      const partner = place.get(cell_index + (other - operation) * indexStep(edge));
      return partner === undefined ? [] : values[k] - values[partner];
    })
  );
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
