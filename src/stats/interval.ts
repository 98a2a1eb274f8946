/** Intervals of an estimate, and on which side of a threshold they lie. */
import { tQuantile } from "./distributions.ts";
import { quantileSorted, sampleStandardDeviation } from "simple-statistics";
import { finiteNumber, hasMembers, wholeNumber } from "../arguments.ts";
import { InputError } from "../input_error.ts";
import { type Missing, requireFinite } from "./finite.ts";

/** An estimate with its 95 % interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /**
   * Standard Monte Carlo error of the bounds, the larger of the two: how far another seed would move
   * them. Absent where no chance enters (closed forms).
   */
  readonly mc_error?: number;
}

/**
 * The 95 % interval by Student's t of an estimate with the standard error `error`, known from so many
 * independent pieces of evidence; the whole line for one.
 */
export function tInterval(estimate: number, error: number, evidence: number): Interval {
  wholeNumber("The number of pieces of evidence", evidence);
  if (evidence < 2) return { estimate, low: -Infinity, high: Infinity };
  requireFinite([estimate, error], "tInterval: [estimate, error]");
  const half = tQuantile(0.975, evidence - 1) * error;
  return { estimate, low: estimate - half, high: estimate + half };
}

/**
 * A 95 % interval by Student's t from `evidence` independent pieces, widened so that `family` such intervals
 * hold at once with 95 % (Bonferroni).
 */
export function familyInterval(interval: Interval, evidence: number, family: number): Interval {
  wholeNumber("The number of pieces of evidence", evidence);
  wholeNumber("The size of a family", family, 1);
  const { estimate, low, high } = interval, freedom = evidence - 1;
  if (!Number.isFinite(high - low)) return interval;
  const wider = tQuantile(1 - 0.025 / family, freedom) / tQuantile(0.975, freedom);
  return {
    estimate,
    low: estimate + (low - estimate) * wider,
    high: estimate + (high - estimate) * wider,
  };
}

const TAIL = 0.025;

/**
 * The interval from the 2.5th to the 97.5th percentile of `replicates` (Efron & Tibshirani 1993, section
 * 13.3). A bound's Monte Carlo error is half the distance of the order statistics one binomial SD to
 * either side of it. `missing: "drop"` leaves out replicates in which the statistic does not exist (NaN).
 */
export function percentileInterval(
  estimate: number,
  replicates: ArrayLike<number>,
  { missing }: Missing = {},
): Interval {
  finiteNumber("An estimate", estimate);
  const all = new Float64Array(replicates);
  const sorted = (missing === "drop" ? all.filter((v) => !Number.isNaN(v)) : all).sort();
  requireFinite(sorted, "percentileInterval: replicates in ascending order");
  if (sorted.length === 0) throw new InputError("percentileInterval has no replicate to go by.");
  const list = sorted as ArrayLike<number> as number[]; // the library goes by index, in typed arrays too
  const last = list.length - 1, spread = Math.sqrt(list.length * TAIL * (1 - TAIL));
  const at = (place: number) => list[Math.min(last, Math.max(0, Math.round(place)))];
  const errors = [TAIL, 1 - TAIL].map((p) => (at(p * last + spread) - at(p * last - spread)) / 2);
  return {
    estimate,
    low: quantileSorted(list, TAIL),
    high: quantileSorted(list, 1 - TAIL),
    mc_error: Math.max(...errors),
  };
}

/** Standard error: the SD of `replicates`. */
export function standardError(replicates: ArrayLike<number>): number {
  requireFinite(replicates, "standardError: replicates");
  return sampleStandardDeviation(replicates as number[]);
}

/** A bound closer to a threshold than this many of its Monte Carlo errors may fall on either side of it. */
export const RESOLUTION = 3;

/**
 * Where an interval lies: wholly above or below `threshold`, across it, or `undecided`: another seed
 * could put a bound on the threshold's other side, so that more resamples are needed to tell.
 */
export type Position = "above" | "below" | "across" | "undecided";

/** Position of `interval` to `threshold`; what is not `undecided` hardly depends on the seed. */
export function position(interval: Interval, threshold: number): Position {
  hasMembers("An interval", interval, ["low", "high"], "Statistics with intervals return one.");
  const { low, high, mc_error = 0 } = interval;
  finiteNumber("A threshold", threshold);
  const near = (bound: number) => Math.abs(bound - threshold) < RESOLUTION * mc_error;
  if (near(low) || near(high)) return "undecided";
  return low > threshold ? "above" : high < threshold ? "below" : "across";
}
