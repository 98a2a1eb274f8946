import type { Prng } from "../../random.ts";
import { mean } from "../../stats/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import type { Metric } from "../../table/schema.ts";
import { repeatedClasses, withinClassDeviations } from "./noise_floor.ts";
import { take } from "./outcome.ts";

/** Draws what training and measuring a cell of this accuracy (per cent) again would change, in points. */
export type CopyNoise = (accuracy_pct: number, random: Prng) => number;

/** Deviations of copies that a cell's noise is drawn from. */
const NEIGHBOURS = 100;

/**
 * The noise of one measurement, which depends on the accuracy: cells near the top differ by tenths of a
 * point between trainings, those that may collapse by tens. It is drawn from the deviations of the copies
 * whose functions' means lie nearest. One SD for all would be that of the worst cells.
 */
export function copyNoise(benchmark: Benchmark, metric: Metric): CopyNoise {
  const y = benchmark.accuracy(metric);
  const deviations = withinClassDeviations(benchmark, metric);
  const levels = repeatedClasses().flatMap((cells) => {
    const level = mean(take(y, cells));
    return Array.from(cells, () => level);
  });
  const order = Int32Array.from(levels.keys()).sort((a, b) => levels[a] - levels[b]);
  const sorted = take(levels, order), count = Math.min(NEIGHBOURS, order.length);
  return (accuracy_pct, random) => {
    let start = 0, end = sorted.length; // first level not below the accuracy
    while (start < end) {
      const middle = (start + end) >>> 1;
      if (sorted[middle] < accuracy_pct) start = middle + 1;
      else end = middle;
    }
    const from = Math.min(order.length - count, Math.max(0, start - (count >> 1)));
    return deviations[order[from + random.integer(count)]];
  };
}
