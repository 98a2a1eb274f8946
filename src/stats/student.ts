import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { mean, sampleStandardDeviation } from "simple-statistics";
import { InputError } from "../input_error.ts";
import { requireFinite } from "./finite.ts";
import type { Interval } from "./bootstrap.ts";

/**
 * The mean of independent values with its 95 % interval by Student's t, for lists too short for a
 * bootstrap; the whole line for a single value. Throws InputError for an empty list.
 */
export function studentInterval(values: readonly number[]): Interval {
  requireFinite(values, "studentInterval: values");
  if (values.length === 0) throw new InputError("studentInterval needs one value or more.");
  const estimate = mean([...values]), n = values.length;
  if (n < 2) return { estimate, low: -Infinity, high: Infinity };
  const half = tQuantile(0.975, n - 1) * sampleStandardDeviation([...values]) / Math.sqrt(n);
  return { estimate, low: estimate - half, high: estimate + half };
}
