/**
 * Intervals of Kendall's tau-b without resampling: tau is a U-statistic, so that it is asymptotically a
 * mean of one term per observation (Hoeffding 1948), and terms of one cluster are added up before they
 * are squared.
 */
import { requirePairs } from "./finite.ts";
import { influenceInterval } from "./clusters.ts";
import type { Interval } from "./interval.ts";
import { type DenseRanks, denseRanks, tauOfRanks } from "./rank.ts";

/** Tau-b and what each observation contributes to its error. */
export interface InfluentialTau {
  readonly tau: number;
  /** First-order influence of each observation on tau; mean 0. */
  readonly influence: Float64Array;
}

/** Tau-b with its influence values, ties in either list included. O(n log n). */
export function kendallInfluence(x: ArrayLike<number>, y: ArrayLike<number>): InfluentialTau {
  requirePairs(x, y, "kendallInfluence", 2);
  return influenceOfRanks(denseRanks(x), denseRanks(y));
}

/** As `kendallInfluence`, for lists that are ranked already. */
export function influenceOfRanks(x: DenseRanks, y: DenseRanks): InfluentialTau {
  const n = x.rank.length, tau = tauOfRanks(x, y), score = pairScores(x, y);
  const untied = (ranks: DenseRanks, i: number) => (n - ranks.counts[ranks.rank[i]]) / (n - 1);
  const untiedX = meanOf(n, (i) => untied(x, i)), untiedY = meanOf(n, (i) => untied(y, i));
  const scale = Math.sqrt(untiedX * untiedY), mean = tau * scale;
  const influence = Float64Array.from({ length: n }, (_, i) => {
    const numerator = (score[i] / (n - 1) - mean) / scale;
    const denominator = (untied(x, i) / untiedX + untied(y, i) / untiedY) / 2 - 1;
    return 2 * (numerator - tau * denominator);
  });
  return { tau, influence };
}

/** Tau-b of two lists with its interval. */
export function kendallInterval(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  clusters: ArrayLike<number>,
): Interval {
  const { tau, influence } = kendallInfluence(x, y);
  return influenceInterval(tau, influence, clusters);
}

/**
 * Concordant less discordant partners of each observation: once along rising x, where partners with
 * smaller y agree, once along falling x, where they disagree.
 */
function pairScores(x: DenseRanks, y: DenseRanks): Float64Array {
  const n = x.rank.length, score = new Float64Array(n);
  for (const [order, sign] of [[x.order, 1], [x.order.toReversed(), -1]] as const) {
    const passed = new Int32Array(y.counts.length + 1); // Fenwick tree: ranks of y met so far
    for (let start = 0, end = 0; start < n; start = end) {
      while (end < n && x.rank[order[end]] === x.rank[order[start]]) {
        const i = order[end++], smaller = countBelow(passed, y.rank[i]);
        score[i] += sign * (smaller - (start - countBelow(passed, y.rank[i] + 1)));
      }
      for (let k = start; k < end; k++) insert(passed, y.rank[order[k]]);
    }
  }
  return score;
}

/** How many inserted ranks are below `rank`. */
function countBelow(tree: Int32Array, rank: number): number {
  let count = 0;
  for (let node = rank; node > 0; node &= node - 1) count += tree[node];
  return count;
}

function insert(tree: Int32Array, rank: number): void {
  for (let node = rank + 1; node < tree.length; node += node & -node) tree[node]++;
}

const meanOf = (n: number, term: (i: number) => number) => {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += term(i);
  return sum / n;
};
