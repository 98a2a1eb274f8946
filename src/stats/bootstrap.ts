/**
 * Cluster bootstrap (Efron & Tibshirani 1993, sections 8.6 and 13.3): as many clusters as there are,
 * drawn with replacement. Drawn once a population and shared by all its statistics, so that their
 * intervals belong together and a resample costs a sum of products.
 */
import { InputError } from "../input_error.ts";
import type { Prng } from "../random.ts";
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
export function drawsOf({ draws, count }: Resamples, r: number): Uint8Array {
  return draws.subarray(r * count, (r + 1) * count);
}

/**
 * Sum over each resample of a column: values added up by cluster, times the cluster's draws.
 *
 * @param column by observation
 * @param members observations that count; all where not given
 * @returns one sum a resample [size]
 */
export function resampledSums(
  { labels, count, size, draws }: Resamples,
  column: ArrayLike<number>,
  members?: ArrayLike<number>,
): Float64Array {
  const byCluster = new Float64Array(count), present = new Uint8Array(count);
  const n = members === undefined ? labels.length : members.length;
  if (members === undefined && column.length !== n) {
    throw new InputError(`A column of ${n} observations is needed, not of ${column.length}.`);
  }
  for (let k = 0; k < n; k++) {
    const i = members === undefined ? k : members[k], value = column[i];
    if (!Number.isFinite(value)) requireFinite([value], `resampledSums: value ${i}, as a list`);
    byCluster[labels[i]] += value;
    present[labels[i]] = 1;
  }
  const used = Int32Array.from(present.keys()).filter((c) => present[c] === 1);
  const values = Float64Array.from(used, (c) => byCluster[c]);
  const sums = new Float64Array(size);
  for (let r = 0, row = 0; r < size; r++, row += count) {
    let sum = 0;
    for (let k = 0; k < used.length; k++) sum += draws[row + used[k]] * values[k];
    sums[r] = sum;
  }
  return sums;
}
