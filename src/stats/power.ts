/** How many pairs an interval of a wanted width takes. */
import { tQuantile } from "./distributions.ts";
import { finiteNumber } from "../arguments.ts";
import { InputError } from "../input_error.ts";

/**
 * The fewest independent pairs whose mean difference has a 95 % interval by Student's t of at most `width`, on
 * average, where single differences have the SD `sd`. Throws InputError for a width that is not positive.
 */
export function pairsForWidth(sd: number, width: number): number {
  finiteNumber("An SD", sd, 0);
  if (!(width > 0)) {
    throw new InputError(`An interval of the width ${width} takes no number of pairs.`);
  }
  const isEnough = (n: number) => 2 * tQuantile(0.975, n - 1) * sd / Math.sqrt(n) <= width;
  let high = 2;
  while (!isEnough(high)) high *= 2;
  let low = Math.max(2, high / 2);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}
