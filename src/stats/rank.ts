/** Rank correlations: how far two metrics put the cells into the same order. */
import { sampleCovariance, sampleStandardDeviation } from "simple-statistics";
import { InputError } from "../input_error.ts";
import { type DenseRanks, denseRanks, stableOrder } from "./dense_ranks.ts";
import { completePairs, type Missing, requirePairs } from "./finite.ts";

/**
 * Number of pairs i < j with ranks[i] > ranks[j]. A stable radix sort from the highest bit: within a
 * bucket, each rank with bit 0 overtakes those with bit 1 that stand before it. Like merge sort it is
 * O(n log n), and the inner loop has no branch to mispredict. Overwrites `ranks`.
 *
 * @param counts how often each rank occurs
 */
function countInversions(ranks: Int32Array, counts: Int32Array): number {
  const bits = 32 - Math.clz32(counts.length);
  const start = new Int32Array((1 << bits) + 1); // how many are below each rank
  for (let r = 0; r < 1 << bits; r++) start[r + 1] = start[r] + (counts[r] ?? 0);
  const next = new Int32Array(1 << bits);
  let from = ranks, to: Int32Array = new Int32Array(ranks.length), inversions = 0;
  for (let bit = bits - 1; bit >= 0; bit--) {
    for (let bucket = 0; bucket < 1 << (bits - bit); bucket++) next[bucket] = start[bucket << bit];
    for (let k = 0; k < from.length; k++) {
      const rank = from[k], bucket = rank >> bit, ones = bucket | 1;
      inversions += (next[ones] - start[ones << bit]) * (ones - bucket);
      to[next[bucket]++] = rank;
    }
    const spare = from;
    from = to;
    to = spare;
  }
  return inversions;
}

function tiedPairs(counts: Int32Array): number {
  let pairs = 0;
  for (let r = 0; r < counts.length; r++) pairs += counts[r] * (counts[r] - 1) / 2;
  return pairs;
}

/** Tau-b of two lists that are ranked already. */
export function tauOfRanks(x: DenseRanks, y: DenseRanks): number {
  const n = x.rank.length;
  const order = stableOrder(x.rank, x.counts, y.order); // by x, ties by y
  let tiedInBoth = 0;
  for (let k = 1, run = 1; k <= n; k++) {
    const i = order[k - 1], j = order[k];
    if (k < n && x.rank[i] === x.rank[j] && y.rank[i] === y.rank[j]) run++;
    else {
      tiedInBoth += run * (run - 1) / 2;
      run = 1;
    }
  }
  for (let k = 0; k < n; k++) order[k] = y.rank[order[k]];
  const discordant = countInversions(order, y.counts);
  const untied = n * (n - 1) / 2 - tiedPairs(x.counts) - tiedPairs(y.counts) + tiedInBoth;
  return tauOfBalance(untied - 2 * discordant, x, y);
}

/** Tau-b of two ranked lists, given their concordant pairs less their discordant ones. */
export function tauOfBalance(balance: number, x: DenseRanks, y: DenseRanks): number {
  const pairs = x.rank.length * (x.rank.length - 1) / 2;
  return balance / Math.sqrt((pairs - tiedPairs(x.counts)) * (pairs - tiedPairs(y.counts)));
}

/** Lists of a rank correlation, checked; pairs without both values left out where that is asked for. */
function rankable(
  x: ArrayLike<number | null>,
  y: ArrayLike<number | null>,
  missing: Missing["missing"],
  where: string,
): readonly [ArrayLike<number>, ArrayLike<number>] {
  const [a, b] = missing === "drop" ? completePairs(x, y, where) : [x, y];
  requirePairs(a, b, where, 2);
  return [a as ArrayLike<number>, b as ArrayLike<number>];
}

/** Up to this length comparing all pairs takes less than ranking. */
const SHORT = 100;

/** Tau-b of two short lists by its definition, over all pairs. */
function tauOfPairs(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let balance = 0, untiedX = 0, untiedY = 0;
  for (let i = 1; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      // arithmetic instead of branches, which would go either way
      const inX = Number(x[i] > x[j]) - Number(x[i] < x[j]);
      const inY = Number(y[i] > y[j]) - Number(y[i] < y[j]);
      balance += inX * inY;
      untiedX += inX * inX;
      untiedY += inY * inY;
    }
  }
  return balance / Math.sqrt(untiedX * untiedY);
}

/**
 * Kendall's tau-b, ties by exact equality, in O(n log n) (Knight 1966, JASA 61:436; Kendall 1945 for
 * the correction for ties). NaN where one list is constant. Throws InputError for a value that is no
 * finite number; `missing: "drop"` leaves out pairs that lack one.
 */
export function kendallTauB(
  x: ArrayLike<number | null>,
  y: ArrayLike<number | null>,
  { missing }: Missing = {},
): number {
  const [a, b] = rankable(x, y, missing, "kendallTauB");
  return a.length <= SHORT ? tauOfPairs(a, b) : tauOfRanks(denseRanks(a), denseRanks(b));
}

/**
 * Tau-b of every pair of `columns` (equally long lists); each column is ranked only once. `[i][j]` is
 * the tau of columns i and j; symmetric.
 */
export function kendallMatrix(columns: readonly ArrayLike<number>[]): readonly Float64Array[] {
  const ranks = rankedColumns(columns, "kendallMatrix");
  const tau = columns.map(() => new Float64Array(columns.length));
  for (let i = 0; i < columns.length; i++) {
    tau[i][i] = ranks[i].counts.length > 1 ? 1 : NaN;
    for (let j = i + 1; j < columns.length; j++) {
      tau[i][j] = tau[j][i] = tauOfRanks(ranks[i], ranks[j]);
    }
  }
  return tau;
}

/** Ranks from 1, tied values sharing the mean of theirs. */
function midranks({ rank, counts }: DenseRanks): number[] {
  let before = 0;
  const shared = Array.from(counts, (count) => {
    before += count;
    return before - (count - 1) / 2;
  });
  return Array.from(rank, (r) => shared[r]);
}

/** Each column ranked; InputError unless all are equally long lists of two or more finite numbers. */
function rankedColumns(columns: readonly ArrayLike<number>[], where: string): DenseRanks[] {
  return columns.map((column, k) => {
    if (column.length !== columns[0].length || column.length < 2) {
      throw new InputError(
        `${where} needs equally long columns of two or more numbers: column 0 has ` +
          `${columns[0].length}, column ${k} has ${column.length}.`,
      );
    }
    return denseRanks(column, `${where}: column ${k}`);
  });
}

/** Spearman's rank correlation: Pearson's of the midranks. NaN for a constant list. As `kendallTauB`. */
export function spearman(
  x: ArrayLike<number | null>,
  y: ArrayLike<number | null>,
  { missing }: Missing = {},
): number {
  return spearmanMatrix(rankable(x, y, missing, "spearman"))[0][1];
}

/** Spearman's correlation of every pair of `columns`, as `kendallMatrix`. */
export function spearmanMatrix(columns: readonly ArrayLike<number>[]): readonly Float64Array[] {
  const ranks = rankedColumns(columns, "spearmanMatrix").map(midranks);
  const deviations = ranks.map(sampleStandardDeviation);
  const correlation = ranks.map(() => new Float64Array(ranks.length));
  for (let i = 0; i < ranks.length; i++) {
    for (let j = 0; j <= i; j++) {
      const covariance = sampleCovariance(ranks[i], ranks[j]);
      correlation[i][j] = covariance / deviations[i] / deviations[j];
      correlation[j][i] = covariance / deviations[j] / deviations[i];
    }
  }
  return correlation;
}
