/**
 * The benchmark's own reproducibility. Isomorphic cells compute one function and were trained and
 * measured separately, so that their spread is what training and measuring again would change. Only
 * connected cells count: the others say nothing but chance level.
 */
import { median } from "simple-statistics";
import type { Prng } from "../../random.ts";
import { type Metric, PUBLISHED_METRICS } from "../../table/schema.ts";
import type { Benchmark } from "../../table/mod.ts";
import { type Interval, kendallTauB, percentileInterval, RESAMPLES } from "../../stats/mod.ts";
import { CLASSES, CONNECTED } from "./features.ts";
import { take } from "./outcome.ts";

/** Spread between copies of one function, for one metric. */
export interface NoiseFloor {
  readonly metric: Metric;
  /** Pooled SD within classes, percentage points; interval by bootstrap over classes. */
  readonly sd_pct: Interval;
  /** The same from the median absolute deviation: what it is where no training run failed. */
  readonly typical_sd_pct: number;
  /** The published uncertainty of a cell (SD over its 25 repeats), mean over connected cells. */
  readonly published_sd_pct: number | null;
  /** Classes of two or more connected cells, and the cells in them. */
  readonly classes: number;
  readonly cells: number;
}

/** Rank agreement of a metric with its own repetition. */
export interface Retest {
  readonly metric: Metric;
  /** Tau-b between two random copies of each class; interval by bootstrap over classes. */
  readonly tau: Interval;
  /**
   * The tau-b that a predictor without error would reach against one measurement: it meets the noise
   * once, a repetition twice.
   */
  readonly ceiling: Interval;
}

/** Cells of each class with two or more connected cells, by class, classes in ascending order. */
export function repeatedClasses(): readonly Int32Array[] {
  const members = Map.groupBy(CONNECTED, (i) => CLASSES[i]);
  return [...members.values()].filter((cells) => cells.length > 1).map((c) => Int32Array.from(c));
}

/**
 * Deviation of each copy from its class's mean, stretched by sqrt(n / (n - 1)) so that its variance is
 * that of one measurement; in the order of `repeatedClasses`, flattened.
 */
export function withinClassDeviations(benchmark: Benchmark, metric: Metric): Float64Array {
  const y = benchmark.accuracy(metric);
  return Float64Array.from(
    repeatedClasses().flatMap((cells) => {
      const n = cells.length, mean = cells.reduce((sum, i) => sum + y[i], 0) / n;
      return Array.from(cells, (i) => (y[i] - mean) * Math.sqrt(n / (n - 1)));
    }),
  );
}

/** The noise floor of every metric, in the order of `PUBLISHED_METRICS`. */
export function noiseFloor(benchmark: Benchmark, random: Prng): readonly NoiseFloor[] {
  const classes = repeatedClasses();
  const freedom = classes.map((cells) => cells.length - 1);
  const draws = Array.from(
    { length: RESAMPLES },
    () => classes.map(() => random.integer(classes.length)),
  );
  return PUBLISHED_METRICS.map((metric) => {
    const y = benchmark.accuracy(metric);
    const squares = classes.map((cells) => {
      const mean = cells.reduce((sum, i) => sum + y[i], 0) / cells.length;
      return cells.reduce((sum, i) => sum + (y[i] - mean) ** 2, 0);
    });
    const pooled = (drawn: readonly number[]) => {
      let [square, df] = [0, 0];
      for (const c of drawn) {
        square += squares[c];
        df += freedom[c];
      }
      return Math.sqrt(square / df);
    };
    const deviations = withinClassDeviations(benchmark, metric);
    const published = benchmark.sd(metric);
    return {
      metric,
      sd_pct: percentileInterval(pooled(classes.map((_, c) => c)), draws.map(pooled)),
      typical_sd_pct: NORMAL_CONSISTENCY * median(Array.from(deviations, Math.abs)),
      published_sd_pct: published === null
        ? null
        : take(published, CONNECTED).reduce((a, b) => a + b) / CONNECTED.length,
      classes: classes.length,
      cells: deviations.length,
    };
  });
}

/** Median absolute deviation to SD of a normal distribution: 1 / quantile(0.75). */
const NORMAL_CONSISTENCY = 1.4826022185056018;

/**
 * Re-test rank correlation of metrics.
 *
 * Both speak of functions that have copies, which hold more `none` and skips than the others; a rank
 * correlation also grows with the spread of the cells compared, so that a predictor is to be judged on
 * a population as wide.
 *
 * The ceiling assumes normal scores (classical test theory; Spearman 1904): tau = 2/pi asin(r) with r
 * the reliability, and truth correlates with one measurement by sqrt(r).
 *
 * @param minimumBaseline only classes whose mean baseline is above this, in per cent
 * @param metrics all 13 where not given
 */
export function retest(
  benchmark: Benchmark,
  random: Prng,
  minimumBaseline = -Infinity,
  metrics: readonly Metric[] = PUBLISHED_METRICS,
): readonly Retest[] {
  const baseline = benchmark.accuracy("baseline");
  const classes = repeatedClasses().filter((cells) =>
    cells.reduce((sum, i) => sum + baseline[i], 0) / cells.length > minimumBaseline
  );
  const all = classes.map((_, c) => c);
  // Estimate: mean over many random pairings. Interval: classes drawn again, each with a new pairing.
  const pairings = Array.from({ length: PAIRINGS }, () => pairCopies(classes, all, random));
  const redrawn = Array.from({ length: PAIRINGS }, () => {
    const drawn = classes.map(() => random.integer(classes.length));
    return pairCopies(classes, drawn, random);
  });
  return metrics.map((metric) => {
    const y = benchmark.accuracy(metric);
    const tau = ([a, b]: Pairing) => kendallTauB(take(y, a), take(y, b));
    const estimate = pairings.reduce((sum, pairing) => sum + tau(pairing), 0) / PAIRINGS;
    const interval = percentileInterval(estimate, redrawn.map(tau));
    return {
      metric,
      tau: interval,
      ceiling: {
        estimate: tauCeiling(interval.estimate),
        low: tauCeiling(interval.low),
        high: tauCeiling(interval.high),
      },
    };
  });
}

/** Tau of the truth against one measurement, from the tau of two measurements. */
export function tauCeiling(retestTau: number): number {
  const reliability = Math.max(0, Math.sin(Math.PI / 2 * retestTau));
  return 2 / Math.PI * Math.asin(Math.sqrt(reliability));
}

/** First and second copy of each drawn class. */
type Pairing = readonly [Int32Array, Int32Array];

const PAIRINGS = 100;

/** Two different random members of each class in `drawn`. */
function pairCopies(
  classes: readonly Int32Array[],
  drawn: readonly number[],
  random: Prng,
): Pairing {
  const [first, second] = [new Int32Array(drawn.length), new Int32Array(drawn.length)];
  drawn.forEach((c, k) => {
    const cells = classes[c], a = random.integer(cells.length);
    const b = random.integer(cells.length - 1);
    first[k] = cells[a];
    second[k] = cells[b < a ? b : b + 1];
  });
  return [first, second];
}
