/**
 * Intervals of Kendall's tau-b without resampling: tau is a U-statistic, so that it is asymptotically a
 * mean of one term per observation (Hoeffding 1948), and terms of one cluster are added up before they
 * are squared.
 */
import { requirePairs } from "./finite.ts";
import { influenceInterval } from "./clusters.ts";
import type { Interval } from "./interval.ts";
import { type DenseRanks, denseRanks, stableOrder } from "./dense_ranks.ts";
import { tauOfBalance } from "./rank.ts";

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
  const n = x.rank.length, score = pairScores(x, y), influence = new Float64Array(n);
  const tau = tauOfBalance(total(score) / 2, x, y); // a score counts a pair from either side
  const inX = untiedShares(x), inY = untiedShares(y);
  const untiedX = total(inX) / n, untiedY = total(inY) / n;
  const scale = Math.sqrt(untiedX * untiedY), mean = tau * scale;
  for (let i = 0; i < n; i++) {
    const numerator = (score[i] / (n - 1) - mean) / scale;
    const denominator = (inX[i] / untiedX + inY[i] / untiedY) / 2 - 1;
    influence[i] = 2 * (numerator - tau * denominator);
  }
  return { tau, influence };
}

/** Of each observation the share of the others that differ from it. */
function untiedShares({ rank, counts }: DenseRanks): Float64Array {
  const n = rank.length, shares = new Float64Array(n);
  for (let i = 0; i < n; i++) shares[i] = (n - counts[rank[i]]) / (n - 1);
  return shares;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
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
 * Concordant less discordant partners of each observation, in one walk along rising x, ties by rising y: a
 * Fenwick tree tells how many of those met have a smaller y, and what is still to come is the rest.
 */
function pairScores(x: DenseRanks, y: DenseRanks): Float64Array {
  const n = x.rank.length,
    score = new Float64Array(n),
    order = stableOrder(x.rank, x.counts, y.order);
  const tree = new Int32Array(y.counts.length + 1), met = new Int32Array(y.counts.length);
  const below = new Int32Array(y.counts.length + 1); // of each rank of y: all with a smaller y
  for (let r = 0; r < y.counts.length; r++) below[r + 1] = below[r] + y.counts[r];
  for (let start = 0, end = 0; start < n; start = end) {
    const first = order[start], inX = x.rank[first], inY = y.rank[first];
    while (end < n && x.rank[order[end]] === inX && y.rank[order[end]] === inY) end++;
    // partners of smaller x, and those of equal x met before: `smaller` counts both
    const smaller = countBelow(tree, inY), larger = start - smaller - met[inY];
    const tiedInXAlone = x.counts[inX] - (end - start);
    const all = n - below[inY + 1] - below[inY];
    for (let k = start; k < end; k++) score[order[k]] = 2 * (smaller - larger) + all - tiedInXAlone;
    add(tree, inY, end - start);
    met[inY] += end - start;
  }
  return score;
}

/** How many inserted ranks are below `rank`. */
function countBelow(tree: Int32Array, rank: number): number {
  let count = 0;
  for (let node = rank; node > 0; node &= node - 1) count += tree[node];
  return count;
}

function add(tree: Int32Array, rank: number, times: number): void {
  for (let node = rank + 1; node < tree.length; node += node & -node) tree[node] += times;
}
