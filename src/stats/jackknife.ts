import { wholeNumber } from "../arguments.ts";
import { influenceInterval } from "./clusters.ts";
import type { Interval } from "./interval.ts";
import { mean } from "./mean.ts";

/**
 * A smooth statistic of `n` independent observations with its 95 % interval by the jackknife (Efron &
 * Tibshirani 1993, chapter 11): how the statistic moves when one observation is left out tells what each
 * contributes to its error.
 *
 * @param statistic of the observations with the given indices, of which there are n or n - 1
 */
export function jackknifeInterval(
  n: number,
  statistic: (kept: Int32Array) => number,
): Interval {
  wholeNumber("The number of observations", n, 2);
  const all = Int32Array.from({ length: n }, (_, i) => i);
  const without = Float64Array.from(all, (i) => statistic(all.filter((k) => k !== i)));
  const centre = mean(without);
  return influenceInterval(statistic(all), without.map((value) => (n - 1) * (centre - value)), all);
}
