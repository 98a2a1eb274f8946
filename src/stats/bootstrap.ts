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
 * @param columns each by observation; several at once, since reading the draws takes as long as a column
 * @param members observations that count; all by default
 * @returns of each column one sum a resample [size]
 */
export function resampledSums(
  { labels, count, size, draws }: Resamples,
  columns: readonly ArrayLike<number>[],
  members: ArrayLike<number> = Int32Array.from(labels.keys()),
): Float64Array[] {
  const short = columns.find(({ length }) => length !== labels.length);
  if (short !== undefined) {
    throw new InputError(
      `A column of ${labels.length} observations is needed, not of ${short.length}.`,
    );
  }
  const clusters = clustersOf(members, labels, count), rowOf = new Int32Array(count);
  clusters.forEach((cluster, row) => rowOf[cluster] = row);
  const totals = columns.map((column) => {
    const total = new Float64Array(clusters.length);
    for (let k = 0; k < members.length; k++) {
      const i = members[k], value = column[i];
      if (!Number.isFinite(value)) requireFinite([value], `resampledSums: value ${i}, as a list`);
      total[rowOf[labels[i]]] += value;
    }
    return total;
  });
  const sums = columns.map(() => new Float64Array(size));
  const times = new Float64Array(ABREAST * clusters.length); // the draws of so many resamples, by cluster
  for (let r = 0; r < size; r += ABREAST) {
    for (let j = 0, row = r * count; j < ABREAST && r + j < size; j++, row += count) {
      for (let k = 0; k < clusters.length; k++) times[ABREAST * k + j] = draws[row + clusters[k]];
    }
    totals.forEach((total, c) => sumProducts(total, times, sums[c].subarray(r, r + ABREAST)));
  }
  return sums;
}

/** Resamples summed at a time: an addition waits for the last one to the same sum, not for those to others. */
const ABREAST = 4;

/** Into `sums` those of `total` times the draws of `ABREAST` resamples; what has no place there is dropped. */
function sumProducts(total: Float64Array, times: Float64Array, sums: Float64Array): void {
  let a = 0, b = 0, c = 0, d = 0;
  for (let k = 0, at = 0; k < total.length; k++, at += ABREAST) {
    const value = total[k];
    a += times[at] * value;
    b += times[at + 1] * value;
    c += times[at + 2] * value;
    d += times[at + 3] * value;
  }
  [sums[0], sums[1], sums[2], sums[3]] = [a, b, c, d];
}

/** The clusters that hold a member, ascending. */
function clustersOf(members: ArrayLike<number>, labels: Int32Array, count: number): Int32Array {
  const held = new Uint8Array(count);
  for (let k = 0; k < members.length; k++) held[labels[members[k]]] = 1;
  return Int32Array.from(held.keys().filter((cluster) => held[cluster] === 1));
}
