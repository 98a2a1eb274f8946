/**
 * Cluster bootstrap (Efron & Tibshirani 1993, sections 8.6 and 13.3): as many clusters as there are,
 * drawn with replacement. Drawn once a population and shared by all its statistics, so that their
 * intervals belong together and a resample costs a sum of products.
 */
import { wholeNumber } from "../arguments.ts";
import { InputError } from "../input_error.ts";
import { checkRandom, type Prng } from "../random.ts";
import { denseLabels } from "./clusters.ts";
import { requireFinite } from "./finite.ts";

/** Resamples per population: a bound's Monte Carlo error is then 3 % of the standard error. */
export const RESAMPLES = 10_000;

/** A population of observations in clusters, and how often each cluster was drawn. */
export interface Resamples {
  /** Cluster of each observation, 0..count - 1. */
  readonly labels: Int32Array;
  /** Number of clusters. */
  readonly count: number;
  /** Number of resamples. */
  readonly size: number;
  /** Draws of each cluster, [size * count], a resample after the other. */
  readonly draws: Uint8Array;
}

/** Draws the resamples of a population; `clusters` names each observation's cluster by any integers. */
export function drawResamples(
  clusters: ArrayLike<number>,
  random: Prng,
  size = RESAMPLES,
): Resamples {
  checkRandom(random);
  wholeNumber("The number of resamples", size, 1);
  const { labels, count } = denseLabels(clusters);
  if (count === 0) throw new InputError("drawResamples has no observation to draw from.");
  const draws = new Uint8Array(size * count); // a count above 255 has a probability below 1e-500
  const limit = 0x80000000 - 0x80000000 % count; // 31 bits, rejected above it: each equally likely
  for (let r = 0; r < size; r++) {
    for (let k = 0, row = r * count; k < count;) {
      const bits = random.uint32() >>> 1;
      if (bits >= limit) continue;
      draws[row + bits % count]++;
      k++;
    }
  }
  return { labels, count, size, draws };
}

/** Draws of each cluster in resample `r` [count]; not to be written to. */
export function drawsOf({ draws, count, size }: Resamples, r: number): Uint8Array {
  wholeNumber("The number of a resample", r, 0, size - 1);
  return draws.subarray(r * count, (r + 1) * count);
}

/**
 * Sums over each resample of columns: values added up by cluster, times the cluster's draws.
 *
 * @param columns each by observation; several at once, since most of the time goes into reading the draws
 * @param members observations that count; all where not given
 * @returns of each column one sum a resample [size]
 */
export function resampledSums(
  { labels, count, size, draws }: Resamples,
  columns: readonly ArrayLike<number>[],
  members: ArrayLike<number> = labels.keys().toArray(),
): Float64Array[] {
  const short = columns.find(({ length }) => length !== labels.length);
  if (short !== undefined) {
    throw new InputError(
      `A column of ${labels.length} observations is needed, not of ${short.length}.`,
    );
  }
  // the clusters of the members, and a row for each of them: its sum of every column
  const clusters = Int32Array.from(new Set(Array.from(members, (i) => labels[i]))).sort();
  const rowOf = new Int32Array(count), width = columns.length;
  clusters.forEach((cluster, row) => rowOf[cluster] = row);
  const values = new Float64Array(clusters.length * width);
  for (let k = 0; k < members.length; k++) {
    const i = members[k], row = rowOf[labels[i]] * width;
    for (let c = 0; c < width; c++) {
      const value = columns[c][i];
      if (!Number.isFinite(value)) requireFinite([value], `resampledSums: value ${i}, as a list`);
      values[row + c] += value;
    }
  }
  const sums = columns.map(() => new Float64Array(size)), sum = new Float64Array(width);
  for (let r = 0; r < size; r++) {
    sum.fill(0);
    for (let k = 0, from = 0; k < clusters.length; k++, from += width) {
      const times = draws[r * count + clusters[k]];
      for (let c = 0; c < width; c++) sum[c] += times * values[from + c];
    }
    for (let c = 0; c < width; c++) sums[c][r] = sum[c];
  }
  return sums;
}
