/** Cluster bootstrap with percentile intervals (Efron & Tibshirani 1993, sections 8.6 and 13.3). */
import { quantileSorted, sampleStandardDeviation } from "simple-statistics";
import { requireFinite } from "./finite.ts";
import type { Prng } from "../random.ts";

/** An estimate with its 95 % interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Resamples per interval. */
export const RESAMPLES = 1000;

/**
 * Draws as many clusters as there are, with replacement, and evaluates `statistic` on how often each
 * was drawn. Clusters, not observations, are drawn: isomorphic cells are copies of one function and no
 * independent evidence.
 *
 * @param clusterCount number of clusters
 * @param statistic maps the multiplicity of each cluster [clusterCount] to a list of numbers; the
 *   array is overwritten between calls
 * @returns one list per resample
 */
export function clusterBootstrap(
  clusterCount: number,
  random: Prng,
  statistic: (multiplicity: Int32Array) => ArrayLike<number>,
  resamples = RESAMPLES,
): ArrayLike<number>[] {
  const multiplicity = new Int32Array(clusterCount);
  return Array.from({ length: resamples }, () => {
    multiplicity.fill(0);
    for (let k = 0; k < clusterCount; k++) multiplicity[random.integer(clusterCount)]++;
    return statistic(multiplicity);
  });
}

/** The interval from the 2.5th to the 97.5th percentile of `replicates`; NaN replicates are no error. */
export function percentileInterval(estimate: number, replicates: ArrayLike<number>): Interval {
  const sorted = Array.from(replicates).filter((v) => !Number.isNaN(v)).sort((a, b) => a - b);
  return {
    estimate,
    low: quantileSorted(sorted, 0.025),
    high: quantileSorted(sorted, 0.975),
  };
}

/** Standard error: the SD of `replicates`. */
export function standardError(replicates: ArrayLike<number>): number {
  requireFinite(replicates, "standardError: replicates");
  return sampleStandardDeviation(Array.from(replicates));
}

/** Labels renumbered 0, 1, ... in the order of first appearance, and how many there are. */
export function denseLabels(labels: ArrayLike<number>): { labels: Int32Array; count: number } {
  const number = new Map<number, number>();
  const dense = Int32Array.from(labels, (label) => {
    const known = number.get(label);
    if (known !== undefined) return known;
    number.set(label, number.size);
    return number.size - 1;
  });
  return { labels: dense, count: number.size };
}

/**
 * Cluster bootstrap of the means of several columns at once, all from the same resamples.
 *
 * @param columns each [observations]
 * @param clusters cluster of each observation; any integers
 * @returns replicates of each column's mean
 */
export function bootstrapMeans(
  columns: readonly ArrayLike<number>[],
  clusters: ArrayLike<number>,
  random: Prng,
  resamples = RESAMPLES,
): readonly Float64Array[] {
  const { labels, count } = denseLabels(clusters);
  const size = new Float64Array(count);
  for (const label of labels) size[label]++;
  const sums = columns.map((column) => {
    const sum = new Float64Array(count);
    for (let i = 0; i < labels.length; i++) sum[labels[i]] += column[i];
    return sum;
  });
  const drawn = clusterBootstrap(count, random, (multiplicity) => {
    const n = dot(multiplicity, size);
    return sums.map((sum) => dot(multiplicity, sum) / n);
  }, resamples);
  return columns.map((_, k) => Float64Array.from(drawn, (means) => means[k]));
}

/** As `bootstrapMeans`, of the medians (the lower one where two stand in the middle). */
export function bootstrapMedians(
  columns: readonly ArrayLike<number>[],
  clusters: ArrayLike<number>,
  random: Prng,
  resamples = RESAMPLES,
): readonly Float64Array[] {
  const { labels, count } = denseLabels(clusters);
  const sorted = columns.map((column) => {
    const order = Int32Array.from(labels.keys()).sort((a, b) => column[a] - column[b]);
    return { column, order, label: order.map((i) => labels[i]) };
  });
  const drawn = clusterBootstrap(count, random, (multiplicity) => {
    let n = 0;
    for (const label of labels) n += multiplicity[label];
    return sorted.map(({ column, order, label }) => {
      let k = -1;
      for (let passed = 0; 2 * passed < n;) passed += multiplicity[label[++k]];
      return column[order[k]];
    });
  }, resamples);
  return columns.map((_, k) => Float64Array.from(drawn, (medians) => medians[k]));
}

/** Sum of `values` [clusters], each as often as its cluster was drawn. */
export function dot(multiplicity: Int32Array, values: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < multiplicity.length; c++) sum += multiplicity[c] * values[c];
  return sum;
}
