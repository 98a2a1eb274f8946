/** Summaries of a list of numbers, as figures draw them. */
import { mean, quantileSorted, sampleStandardDeviation } from "simple-statistics";
import { InputError } from "../input_error.ts";
import { requireFinite } from "./finite.ts";

/** Mean, median and the quantiles of the usual bands. */
export interface Summary {
  readonly n: number;
  readonly mean: number;
  /** Sample SD (n - 1); NaN for a single number. */
  readonly sd: number;
  readonly q05: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly q95: number;
}

/** Summarises one or more numbers, in any unit; sample quantiles, ends interpolated by averaging. */
export function summarize(values: ArrayLike<number>): Summary {
  requireFinite(values, "summarize: values");
  if (values.length === 0) {
    throw new InputError("summarize needs one number or more, and has none.");
  }
  // the library goes by index, in typed arrays too
  const sorted = new Float64Array(values).sort() as ArrayLike<number> as number[];
  const at = (p: number) => quantileSorted(sorted, p);
  return {
    n: sorted.length,
    mean: mean(sorted),
    sd: sorted.length > 1 ? sampleStandardDeviation(sorted) : NaN,
    q05: at(0.05),
    q25: at(0.25),
    median: at(0.5),
    q75: at(0.75),
    q95: at(0.95),
  };
}
