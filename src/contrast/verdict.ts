/**
 * What is said of an effect. For every test of the family there are two hypotheses, that the effect is at the
 * reference and that it lies outside the band around it; all of them together are corrected by Holm's method,
 * those that cannot be tested yet counting with p = 1, so that no verdict falls by the number of rows that
 * come later.
 */
import type { Finding } from "./findings.ts";

/** What is said; `open` is no answer, and never "no effect". */
export type GeneralityVerdict = "agrees" | "opposite" | "neutral" | "open";

/** Level of the family. */
const GENERALITY_LEVEL = 0.05;

/** What the verdict follows from. */
export interface Judged {
  readonly estimate: number;
  /** Two-sided p of an effect at the reference, corrected. */
  readonly p_reference: number;
  /** p of an effect outside the band (the larger of two one-sided tests, Schuirmann 1987), corrected. */
  readonly p_band: number;
  /** Networks, pairs or strata. */
  readonly n: number;
  /** Fewest of these that are an answer. */
  readonly fewest: number;
}

/**
 * Within the band comes first: an effect that is surely there and surely too small to matter is no effect
 * beyond the margin.
 */
export function generalityVerdict(
  { side, reference }: Pick<Finding, "side" | "reference">,
  { estimate, p_reference, p_band, n, fewest }: Judged,
): GeneralityVerdict {
  if (n < fewest) return "open";
  if (p_band < GENERALITY_LEVEL) return "neutral";
  if (p_reference >= GENERALITY_LEVEL) return "open";
  return estimate > reference === (side === "above") ? "agrees" : "opposite";
}
