import { InputError } from "../input_error.ts";
import { meanInterval } from "./clusters.ts";
import { requireFinite } from "./finite.ts";
import type { Interval } from "./interval.ts";

/**
 * The mean of independent values with its 95 % interval by Student's t; the whole line for a single value.
 * Throws InputError for an empty list.
 */
export function studentInterval(values: ArrayLike<number>): Interval {
  requireFinite(values, "studentInterval: values");
  if (values.length === 0) throw new InputError("studentInterval needs one value or more.");
  return meanInterval(values, Int32Array.from(values, (_, i) => i));
}
