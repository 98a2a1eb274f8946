import type { Prng } from "../../random.ts";
import { mean } from "../../stats/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import type { Metric } from "../../table/schema.ts";
import { repeatedClasses, withinClassDeviations } from "./noise_floor.ts";
import { take } from "./outcome.ts";

/** For a cell of this accuracy (per cent): draws what training and measuring it again would change, in points. */
export type CopyNoise = (accuracy_pct: number) => (random: Prng) => number;

/** Deviations of copies that a cell's noise is drawn from. */
const NEIGHBOURS = 100;

/** Deviations of copies in the order of their functions' means. */
interface ByLevel {
  /** Mean of the function, ascending, per cent. */
  readonly level_pct: Float64Array;
  readonly deviation_pp: Float64Array;
  /** How many are taken together. */
  readonly count: number;
}

function deviationsByLevel(benchmark: Benchmark, metric: Metric): ByLevel {
  const y = benchmark.accuracy(metric), repeated = repeatedClasses();
  const deviations = withinClassDeviations(benchmark, metric, repeated);
  const levels = repeated.flatMap((cells) => {
    const level = mean(take(y, cells));
    return Array.from(cells, () => level);
  });
  const order = Int32Array.from(levels.keys()).sort((a, b) => levels[a] - levels[b]);
  return {
    level_pct: take(levels, order),
    deviation_pp: take(deviations, order),
    count: Math.min(NEIGHBOURS, order.length),
  };
}

/** The first of the `count` deviations whose levels lie around `accuracy_pct`. */
function firstNear({ level_pct, count }: ByLevel, accuracy_pct: number): number {
  let start = 0, end = level_pct.length; // first level not below the accuracy
  while (start < end) {
    const middle = (start + end) >>> 1;
    if (level_pct[middle] < accuracy_pct) start = middle + 1;
    else end = middle;
  }
  return Math.min(level_pct.length - count, Math.max(0, start - (count >> 1)));
}

/**
 * The noise of one measurement, which depends on the accuracy: cells near the top differ by tenths of a
 * point between trainings, those that may collapse by tens. It is drawn from the deviations of the copies
 * whose functions' means lie nearest. One SD for all would be that of the worst cells.
 */
export function copyNoise(benchmark: Benchmark, metric: Metric): CopyNoise {
  const known = deviationsByLevel(benchmark, metric);
  return (accuracy_pct) => {
    const first = firstNear(known, accuracy_pct);
    return (random) => known.deviation_pp[first + random.integer(known.count)];
  };
}

/** SD of the noise of one measurement at some accuracies, ascending. */
export interface NoiseLevels {
  readonly level_pct: readonly number[];
  readonly sd_pp: readonly number[];
}

/** Levels at which `noiseLevels` tells the SD, at even steps of rank. */
const LEVELS = 64;

/** The SD of `copyNoise` at levels that have as many copies between them; linear in between. */
export function noiseLevels(benchmark: Benchmark, metric: Metric): NoiseLevels {
  const known = deviationsByLevel(benchmark, metric), last = known.level_pct.length - 1;
  const level_pct = [
    ...new Set(
      Array.from(
        { length: LEVELS },
        (_, k) => known.level_pct[Math.round(k / (LEVELS - 1) * last)],
      ),
    ),
  ];
  return {
    level_pct,
    sd_pp: level_pct.map((level) => {
      const from = firstNear(known, level);
      const near = known.deviation_pp.slice(from, from + known.count);
      return Math.sqrt(mean(near.map((deviation) => deviation ** 2)));
    }),
  };
}
