/** Comparison of two searches run with the same seeds, and of many such pairs at once. */
import { holmAdjusted, wilcoxonP } from "./distributions.ts";
import { mean, sampleStandardDeviation } from "simple-statistics";
import { completePairs, type Missing, requireFinite, requirePairs } from "./finite.ts";
import type { Interval } from "./interval.ts";

/** What one search gains over another on the same seeds. */
export interface PairedComparison {
  readonly pairs: number;
  /** Mean of first minus second with its normal 95 % interval (1.96 standard errors), in the values' unit. */
  readonly difference: Interval;
  /**
   * Matched-pairs rank-biserial correlation (Kerby 2014), -1..1: the share of the rank sum of |difference|
   * that favours the first, minus the share that favours the second. 0 where all pairs tie.
   */
  readonly effect: number;
  /** Two-sided Wilcoxon signed-rank test, ties dropped, normal approximation above 50 pairs; 1 where all tie. */
  readonly p: number;
}

/** Compares values of the same runs, pair by pair; at least two pairs. InputError as `kendallTauB`. */
export function comparePaired(
  first: ArrayLike<number | null>,
  second: ArrayLike<number | null>,
  { missing }: Missing = {},
): PairedComparison {
  const pairs = missing === "drop"
    ? completePairs(first, second, "comparePaired")
    : [first, second];
  requirePairs(pairs[0], pairs[1], "comparePaired", 2);
  const [x, y] = pairs as readonly ArrayLike<number>[];
  const differences = Array.from(x, (v, i) => v - y[i]), n = differences.length;
  const estimate = mean(differences), error = sampleStandardDeviation(differences) / Math.sqrt(n);
  const decided = differences.filter((d) => d !== 0);
  return {
    pairs: n,
    difference: { estimate, low: estimate - 1.96 * error, high: estimate + 1.96 * error },
    effect: rankBiserial(decided),
    p: decided.length === 0 ? 1 : wilcoxonP(decided),
  };
}

/** (sum of positive ranks - sum of negative ranks) / all ranks, of |difference|, ties at their mean rank. */
function rankBiserial(differences: readonly number[]): number {
  const n = differences.length;
  if (n === 0) return 0;
  const sorted = [...differences].sort((a, b) => Math.abs(a) - Math.abs(b));
  let favour = 0;
  for (let start = 0; start < n;) {
    let end = start + 1;
    while (end < n && Math.abs(sorted[end]) === Math.abs(sorted[start])) end++;
    for (const d of sorted.slice(start, end)) favour += Math.sign(d) * (start + end + 1) / 2;
    start = end;
  }
  return favour / (n * (n + 1) / 2);
}

/** p-values corrected for their number by Holm's step-down method. */
export function holm(p: readonly number[]): number[] {
  requireFinite(p, "holm: p");
  return p.length === 0 ? [] : holmAdjusted(p);
}
