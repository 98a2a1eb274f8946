import { sum } from "simple-statistics";
import { requireFinite } from "./finite.ts";

/** Arithmetic mean, of a compensated sum (Kahan-Babuska); NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  requireFinite(values, "mean: values");
  // `sum` goes by index, so that any list will do: copying one takes longer than adding it up
  return values.length === 0 ? NaN : sum(values as number[]) / values.length;
}
