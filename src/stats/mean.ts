import { sum } from "simple-statistics";
import { requireFinite } from "./finite.ts";

/** Arithmetic mean, of a compensated sum (Kahan-Babuska); NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  requireFinite(values, "mean: values");
  return values.length === 0 ? NaN : sum(Array.from(values)) / values.length;
}
