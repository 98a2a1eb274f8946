/** An estimate with its standard error, and the p values of hypotheses about it by Student's t. */
import { tCdf } from "./distributions.ts";
import { finiteNumber } from "../arguments.ts";
import { type Interval, tInterval } from "./interval.ts";

/** An estimate, its standard error, and how many independent pieces of evidence the error is known from. */
export interface Estimate {
  readonly estimate: number;
  readonly error: number;
  readonly evidence: number;
}

/** Its 95 % interval; the whole line for one piece of evidence. */
export const intervalOf = ({ estimate, error, evidence }: Estimate): Interval =>
  tInterval(estimate, error, evidence);

/** P of a smaller t than that of the estimate's distance from `value`; 0.5 where nothing is known. */
function lowerTail({ estimate, error, evidence }: Estimate, value: number): number {
  finiteNumber("An estimate", estimate);
  finiteNumber("A hypothesis", value);
  if (evidence < 2) return 0.5;
  if (error === 0) return estimate === value ? 0.5 : Number(estimate > value);
  return tCdf((estimate - value) / error, evidence - 1);
}

/** Two-sided p value of the hypothesis that what is estimated equals `value`. */
export function pAt(estimate: Estimate, value: number): number {
  const below = lowerTail(estimate, value);
  return 2 * Math.min(below, 1 - below);
}

/**
 * P value of the hypothesis that what is estimated lies `margin` or more away from `value`: the larger of two
 * one-sided tests (Schuirmann 1987, J. Pharmacokinet. Biopharm. 15:657).
 */
export function pOutside(estimate: Estimate, value: number, margin: number): number {
  const aboveLow = 1 - lowerTail(estimate, value - margin);
  return Math.max(aboveLow, lowerTail(estimate, value + margin));
}
