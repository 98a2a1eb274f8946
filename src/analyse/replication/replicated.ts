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
  clusterBootstrap,
  type Interval,
  kendallTauB,
  mean,
  percentileInterval,
  RESAMPLES,
} from "../../stats/mod.ts";
import type { NoiseFloor } from "../table/noise_floor.ts";
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
  /** Tau-b over the cells; interval by bootstrap over cells. */
  readonly tau: Interval;
  /**
   * Tau-b that two measurements of the same truth would reach on average, given the noise of both: the
   * published accuracies with normal noise added twice, of the SD between isomorphic copies and of the SD
   * between seeds here. The accuracies hold noise already, so that it is rather too high.
   */
  readonly ceiling: number;
  /** Mean accuracy of the cells, per cent. */
  readonly measured_pct: number;
  readonly published_pct: number;
}

/** Fewer cells than this give no interval: a bootstrap of so few would pretend to know. */
export const CELLS_FOR_INTERVAL = 6;

/**
 * Agreement of every metric, given the spread between isomorphic copies of each; the interval of fewer than 6 cells is all of -1..1. Throws RangeError for
 * fewer than 2 cells.
 */
export function agreement(
  { cells, measured, published, seedSd_pct }: Replicated,
  floors: readonly NoiseFloor[],
  random: Prng,
): readonly Agreement[] {
  if (cells.length < 2) {
    throw new RangeError(`Rank agreement needs two cells or more, not ${cells.length}.`);
  }
  return PUBLISHED_METRICS.map((metric, m) => {
    const x = measured[metric], y = published[metric];
    const replicates = clusterBootstrap(cells.length, random, (multiplicity) => {
      const drawn = Array.from(multiplicity).flatMap((k, i) => new Array<number>(k).fill(i));
      return [drawn.length < 2 ? NaN : kendallTauB(take(x, drawn), take(y, drawn))];
    }).map((replicate) => replicate[0]);
    const floor = floors[m].sd_pct.estimate, here = seedSd_pct[metric] ?? floor;
    const noisy = (sd: number) => y.map((value) => value + sd * random.normal());
    const repeated = Array.from(
      { length: RESAMPLES },
      () => kendallTauB(noisy(floor), noisy(here)),
    );
    return {
      metric,
      tau: cells.length < CELLS_FOR_INTERVAL
        ? { estimate: kendallTauB(x, y), low: -1, high: 1 }
        : percentileInterval(kendallTauB(x, y), replicates),
      ceiling: mean(repeated),
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
