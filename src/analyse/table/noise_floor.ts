/**
 * The benchmark's own reproducibility. Copies, cells of one function, are equal as trained networks and
 * were trained and measured separately, so that their spread is what training and measuring again would
 * change. Only connected cells count: the others say nothing but chance level.
 */
import { median } from "simple-statistics";
import type { Prng } from "../../random.ts";
import {
  denseRanks,
  influenceInterval,
  influenceOfRanks,
  type Interval,
  mean,
  percentileInterval,
  ranksAt,
  resampledSums,
  type Resamples,
  standardError,
} from "../../stats/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import type { Metric } from "../../table/schema.ts";
import { CONNECTED, EXPRESSIONS, FUNCTIONS } from "./features.ts";
import { take } from "./outcome.ts";

/** Spread between copies of one function, for one metric. */
export interface NoiseFloor {
  readonly metric: Metric;
  /** Pooled SD within functions, percentage points; interval by bootstrap over expressions. */
  readonly sd_pct: Interval;
  /** The same from the median absolute deviation: what it is where no training run failed. */
  readonly typical_sd_pct: number;
  /** The published uncertainty of a cell (SD over its 25 repeats), mean over connected cells. */
  readonly published_sd_pct: number | null;
  /** Functions of two or more connected cells, and the cells in them. */
  readonly classes: number;
  readonly cells: number;
}

/** Rank agreement of a metric with its own repetition. */
export interface Retest {
  readonly metric: Metric;
  /** Tau-b between two random copies of each function; interval clustered by expression. */
  readonly tau: Interval;
  /**
   * The tau-b that a predictor without error would reach against one measurement: it meets the noise
   * once, a repetition twice.
   */
  readonly ceiling: Interval;
}

/**
 * The connected cells of each class of two or more, by class in ascending order.
 *
 * @param classes class of every cell [15625]; the functions by default
 */
export function repeatedClasses(classes: Int32Array = FUNCTIONS): readonly Int32Array[] {
  const members = Map.groupBy(CONNECTED, (i) => classes[i]);
  return [...members.values()].filter((cells) => cells.length > 1).map((c) => Int32Array.from(c));
}

/**
 * Deviation of each copy from its class's mean, stretched by sqrt(n / (n - 1)) so that its variance is
 * that of one measurement; in the order of `repeated`, flattened.
 *
 * @param repeated classes of two or more cells, as `repeatedClasses` gives them
 */
export function withinClassDeviations(
  benchmark: Benchmark,
  metric: Metric,
  repeated: readonly Int32Array[],
): Float64Array {
  const y = benchmark.accuracy(metric);
  return Float64Array.from(
    repeated.flatMap((cells) => {
      const n = cells.length, centre = mean(take(y, cells));
      return Array.from(cells, (i) => (y[i] - centre) * Math.sqrt(n / (n - 1)));
    }),
  );
}

/**
 * The noise floor of every metric, in the order of the table.
 *
 * @param resamples of all cells
 * @param classes what counts as copies, by cell_index; the functions by default
 */
export function noiseFloor(
  benchmark: Benchmark,
  resamples: Resamples,
  classes: Int32Array = FUNCTIONS,
): readonly NoiseFloor[] {
  const repeated = repeatedClasses(classes);
  const cells = Int32Array.from(repeated.flatMap((members) => [...members]));
  // degrees of freedom and squared deviations of a class, spread evenly over its cells, as columns
  const freedom = new Float64Array(classes.length);
  for (const members of repeated) {
    for (const i of members) freedom[i] = (members.length - 1) / members.length;
  }
  const deviations = benchmark.metrics.map((m) => withinClassDeviations(benchmark, m, repeated));
  const squares = deviations.map((own) => {
    const column = new Float64Array(classes.length);
    cells.forEach((i, k) => column[i] = own[k] ** 2 * freedom[i]);
    return column;
  });
  const [drawnFreedom, ...drawnSquares] = resampledSums(resamples, [freedom, ...squares], cells);
  return benchmark.metrics.map((metric, m) => {
    const drawn = drawnSquares[m].map((sum, r) => Math.sqrt(sum / drawnFreedom[r]));
    const total = (column: Float64Array) => cells.reduce((sum, i) => sum + column[i], 0);
    const published = benchmark.sd(metric);
    return {
      metric,
      sd_pct: percentileInterval(Math.sqrt(total(squares[m]) / total(freedom)), drawn),
      typical_sd_pct: NORMAL_CONSISTENCY * median(Array.from(deviations[m], Math.abs)),
      published_sd_pct: published === null ? null : mean(take(published, CONNECTED)),
      classes: repeated.length,
      cells: cells.length,
    };
  });
}

/** Median absolute deviation to SD of a normal distribution: 1 / quantile(0.75). */
const NORMAL_CONSISTENCY = 1.4826022185056018;

/** Random pairings of copies that a re-test tau is the mean of. */
const PAIRINGS = 40;

/**
 * Re-test rank correlation of metrics: the mean of tau over random pairings of copies. Its error is that
 * of the functions' mean influence on tau, clustered; its Monte Carlo error that of so many pairings.
 *
 * Both tau and ceiling speak of functions that have copies, which hold more `none` and skips than the
 * others; a rank correlation also grows with the spread of the cells compared, so that a predictor is to
 * be judged on a population as wide.
 *
 * The ceiling assumes normal scores (classical test theory; Spearman 1904): tau = 2/pi asin(r) with r
 * the reliability, and truth correlates with one measurement by sqrt(r).
 *
 * @param minimumBaseline only functions whose mean baseline is above this, in per cent
 * @param metrics all of the table by default
 */
export function retest(
  benchmark: Benchmark,
  random: Prng,
  minimumBaseline = -Infinity,
  metrics: readonly Metric[] = benchmark.metrics,
): readonly Retest[] {
  const baseline = benchmark.accuracy("baseline");
  const functions = repeatedClasses().filter((cells) =>
    mean(take(baseline, cells)) > minimumBaseline
  );
  const clusters = functions.map(([first]) => EXPRESSIONS[first]);
  const pairings = Array.from({ length: PAIRINGS }, () => pairCopies(functions, random));
  return metrics.map((metric) => {
    const ranks = denseRanks(benchmark.accuracy(metric));
    const influence = new Float64Array(functions.length);
    const taus = pairings.map(([a, b]) => {
      const pair = influenceOfRanks(ranksAt(ranks, a), ranksAt(ranks, b));
      pair.influence.forEach((value, k) => influence[k] += value / PAIRINGS);
      return pair.tau;
    });
    const tau = influenceInterval(mean(taus), influence, clusters);
    return {
      metric,
      tau: { ...tau, mc_error: standardError(taus) / Math.sqrt(PAIRINGS) },
      ceiling: {
        estimate: tauCeiling(tau.estimate),
        low: tauCeiling(tau.low),
        high: tauCeiling(tau.high),
      },
    };
  });
}

/** Tau of the truth against one measurement, from the tau of two measurements. */
export function tauCeiling(retestTau: number): number {
  const reliability = Math.max(0, Math.sin(Math.PI / 2 * Math.min(1, retestTau)));
  return 2 / Math.PI * Math.asin(Math.sqrt(reliability));
}

/** Two different random copies of each function: the first ones, and the second ones. */
function pairCopies(
  functions: readonly Int32Array[],
  random: Prng,
): readonly [Int32Array, Int32Array] {
  const [first, second] = [new Int32Array(functions.length), new Int32Array(functions.length)];
  functions.forEach((cells, k) => {
    const a = random.integer(cells.length), b = random.integer(cells.length - 1);
    first[k] = cells[a];
    second[k] = cells[b < a ? b : b + 1];
  });
  return [first, second];
}
