/** Rank statistics: how far two metrics put the cells into the same order. */
import { sampleRankCorrelation } from "simple-statistics";

/** Values ranked without gaps: equal values share a rank. */
interface DenseRanks {
  /** Rank of each value, 0 for the smallest. */
  readonly rank: Int32Array;
  /** Indices of the values in ascending order, ties by smaller index. */
  readonly order: Int32Array;
  /** How many values hold each rank. */
  readonly counts: Int32Array;
}

function denseRanks(x: ArrayLike<number>): DenseRanks {
  const n = x.length;
  const sorted = Float64Array.from(x).sort();
  if (Number.isNaN(sorted[n - 1])) throw new RangeError("Ranks need numbers, and one is NaN.");
  const distinct = sorted.filter((v, i) => i === 0 || v !== sorted[i - 1]);
  const rank = Int32Array.from(x, (v) => lowerBound(distinct, v));
  const counts = new Int32Array(distinct.length);
  for (const r of rank) counts[r]++;
  return { rank, order: stableOrder(rank, counts), counts };
}

/** Indices ordered by rank, ties in the order of `among` (a counting sort, so O(n)). */
function stableOrder(rank: Int32Array, counts: Int32Array, among?: Int32Array): Int32Array {
  const next = new Int32Array(counts.length);
  for (let r = 1; r < counts.length; r++) next[r] = next[r - 1] + counts[r - 1];
  const order = new Int32Array(rank.length);
  for (let k = 0; k < rank.length; k++) {
    const i = among === undefined ? k : among[k];
    order[next[rank[i]]++] = i;
  }
  return order;
}

function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Number of pairs i < j with a[i] > a[j], by merge sort. Sorts `a`. */
function countInversions(a: Int32Array): number {
  let from = a, to: Int32Array = new Int32Array(a.length);
  let inversions = 0;
  for (let width = 1; width < a.length; width *= 2) {
    for (let start = 0; start < a.length; start += 2 * width) {
      const middle = Math.min(start + width, a.length), end = Math.min(start + 2 * width, a.length);
      let left = start, right = middle;
      for (let k = start; k < end; k++) {
        if (right >= end || (left < middle && from[left] <= from[right])) to[k] = from[left++];
        else {
          to[k] = from[right++];
          inversions += middle - left;
        }
      }
    }
    [from, to] = [to, from];
  }
  return inversions;
}

const tiedPairs = (counts: Int32Array) => counts.reduce((sum, c) => sum + c * (c - 1) / 2, 0);

function tauOfRanks(x: DenseRanks, y: DenseRanks): number {
  const n = x.rank.length;
  const order = stableOrder(x.rank, x.counts, y.order); // by x, ties by y
  let tiedInBoth = 0;
  for (let k = 1, run = 1; k <= n; k++) {
    const [i, j] = [order[k - 1], order[k]];
    if (k < n && x.rank[i] === x.rank[j] && y.rank[i] === y.rank[j]) run++;
    else {
      tiedInBoth += run * (run - 1) / 2;
      run = 1;
    }
  }
  const discordant = countInversions(order.map((i) => y.rank[i]));
  const pairs = n * (n - 1) / 2;
  const [tiedX, tiedY] = [tiedPairs(x.counts), tiedPairs(y.counts)];
  const concordantMinusDiscordant = pairs - tiedX - tiedY + tiedInBoth - 2 * discordant;
  return concordantMinusDiscordant / Math.sqrt((pairs - tiedX) * (pairs - tiedY));
}

function sameLength(x: ArrayLike<number>, y: ArrayLike<number>): void {
  if (x.length !== y.length || x.length < 2) {
    throw new RangeError(
      `A rank correlation needs two equally long lists of two or more numbers, not ${x.length} and ${y.length}.`,
    );
  }
}

/**
 * Kendall's tau-b, ties by exact equality, in O(n log n) (Knight 1966, JASA 61:436; Kendall 1945 for
 * the correction for ties). NaN where one list is constant.
 */
export function kendallTauB(x: ArrayLike<number>, y: ArrayLike<number>): number {
  sameLength(x, y);
  return tauOfRanks(denseRanks(x), denseRanks(y));
}

/**
 * Tau-b of every pair of `columns` (equally long lists); each column is ranked only once. `[i][j]` is
 * the tau of columns i and j; symmetric.
 */
export function kendallMatrix(columns: readonly ArrayLike<number>[]): readonly Float64Array[] {
  for (const column of columns) sameLength(columns[0], column);
  const ranks = columns.map(denseRanks);
  const tau = columns.map(() => new Float64Array(columns.length));
  for (let i = 0; i < columns.length; i++) {
    for (let j = i; j < columns.length; j++) {
      tau[i][j] = tau[j][i] = tauOfRanks(ranks[i], ranks[j]);
    }
  }
  return tau;
}

/** Spearman's rank correlation, tied values sharing the mean of their ranks. NaN for a constant list. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  sameLength(x, y);
  return sampleRankCorrelation(Array.from(x), Array.from(y));
}

/** Indices of the k largest values, best first, ties by smaller index. */
export function topK(x: ArrayLike<number>, k: number): Int32Array {
  if (!Number.isInteger(k) || k < 1 || k > x.length) {
    throw new RangeError(`The top K of ${x.length} needs K from 1 to ${x.length}, not ${k}.`);
  }
  return Int32Array.from(x, (_, i) => i).sort((a, b) => x[b] - x[a] || a - b).slice(0, k);
}

/** How many of x's k best are among y's k best (0..k). */
export function topKOverlap(x: ArrayLike<number>, y: ArrayLike<number>, k: number): number {
  const best = new Set(topK(y, k));
  return topK(x, k).filter((i) => best.has(i)).length;
}

/** `topKOverlap` for k = 1..max: element k - 1 counts what both top k share. O(n log n). */
export function topKOverlapCurve(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  max: number,
): Int32Array {
  const [bestX, bestY] = [topK(x, max), topK(y, max)];
  const seen = new Uint8Array(x.length);
  let shared = 0;
  return Int32Array.from({ length: max }, (_, k) => {
    for (const i of [bestX[k], bestY[k]]) if (++seen[i] === 2) shared++;
    return shared;
  });
}
