import { requireFinite } from "./finite.ts";

/** Arithmetic mean, summed from the first to the last; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  requireFinite(values, "mean: values");
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
