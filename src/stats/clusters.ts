/**
 * Standard errors in closed form where observations come in clusters, that is, are no independent
 * evidence of each other: what they contribute to the error is added up within a cluster before it is
 * squared (Liang & Zeger 1986, Biometrika 73:13), so that ten copies of one thing count once. Quantiles
 * are Student's, with one degree of freedom less than there are clusters.
 */
import { type Estimate, intervalOf } from "./estimate.ts";
import { requireFinite, requirePairs } from "./finite.ts";
import type { Interval } from "./interval.ts";
import { mapped } from "./mapped.ts";
import { mean } from "./mean.ts";

/** Labels renumbered 0, 1, ... in the order of first appearance, and how many there are. */
export function denseLabels(labels: ArrayLike<number>): { labels: Int32Array; count: number } {
  requireFinite(labels, "denseLabels: labels");
  const dense = new Int32Array(labels.length);
  return {
    labels: dense,
    count: areIndices(labels) ? byTable(labels, dense) : byMap(labels, dense),
  };
}

/** Largest label, by the number of observations, that is still looked up in a table. */
const TABLE = 4;

/** Whether labels are small whole numbers, as most are. */
function areIndices(labels: ArrayLike<number>): boolean {
  const size = TABLE * labels.length;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (!(label >= 0 && label < size && Number.isInteger(label))) return false;
  }
  return true;
}

/** Writes the new labels into `dense` and tells how many there are. */
function byTable(labels: ArrayLike<number>, dense: Int32Array): number {
  const places = new Int32Array(TABLE * labels.length); // counted from 1
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (places[label] === 0) places[label] = ++count;
    dense[i] = places[label] - 1;
  }
  return count;
}

/** As `byTable`, for any numbers. */
function byMap(labels: ArrayLike<number>, dense: Int32Array): number {
  const places = new Map<number, number>();
  for (let i = 0; i < labels.length; i++) {
    const place = places.get(labels[i]) ?? places.size;
    places.set(labels[i], place);
    dense[i] = place;
  }
  return places.size;
}

/** Variance of the mean of `influence` (mean 0), clustered one way, and the number of clusters. */
function clusteredVariance(influence: ArrayLike<number>, clusters: ArrayLike<number>) {
  requirePairs(influence, clusters, "clustered error (x the influence, y the clusters)");
  const { labels, count } = denseLabels(clusters), sums = new Float64Array(count);
  for (let i = 0; i < labels.length; i++) sums[labels[i]] += influence[i];
  let squares = 0;
  for (let k = 0; k < count; k++) squares += sums[k] * sums[k];
  return { variance: squares * count / Math.max(1, count - 1) / labels.length ** 2, count };
}

/**
 * 95 % interval of an estimate whose error is, to first order, the mean of `influence` (mean 0).
 *
 * @param clusters cluster of each observation; any integers
 */
export function influenceInterval(
  estimate: number,
  influence: ArrayLike<number>,
  clusters: ArrayLike<number>,
): Interval {
  return intervalOf(influenceEstimate(estimate, influence, clusters));
}

function influenceEstimate(
  estimate: number,
  influence: ArrayLike<number>,
  clusters: ArrayLike<number>,
): Estimate {
  requirePairs(influence, clusters, "influenceInterval (x the influence, y the clusters)");
  const { variance, count } = clusteredVariance(influence, clusters);
  return { estimate, error: Math.sqrt(variance), evidence: count };
}

/** The mean of `values` with its interval. */
export function meanInterval(
  values: ArrayLike<number>,
  clusters: ArrayLike<number>,
): Interval {
  requirePairs(values, clusters, "meanInterval (x the values, y the clusters)");
  const centre = mean(values);
  return influenceInterval(centre, mapped(values, (v) => v - centre), clusters);
}

/** The ratio of the means of two columns with its interval (delta method). */
export function ratioInterval(
  numerator: ArrayLike<number>,
  denominator: ArrayLike<number>,
  clusters: ArrayLike<number>,
): Interval {
  return intervalOf(ratioEstimate(numerator, denominator, clusters));
}

/** The ratio of the means of two columns with its error (delta method). */
export function ratioEstimate(
  numerator: ArrayLike<number>,
  denominator: ArrayLike<number>,
  clusters: ArrayLike<number>,
): Estimate {
  const { ratio, influence } = ratioInfluence(numerator, denominator);
  return influenceEstimate(ratio, influence, clusters);
}

/** The ratio of the means of two columns, and what each pair adds to its error (delta method). */
export function ratioInfluence(
  numerator: ArrayLike<number>,
  denominator: ArrayLike<number>,
): { readonly ratio: number; readonly influence: Float64Array } {
  requirePairs(numerator, denominator, "ratioInterval (x the numerator, y the denominator)");
  const scale = mean(denominator), ratio = mean(numerator) / scale;
  const influence = mapped(numerator, (v, i) => (v - ratio * denominator[i]) / scale);
  return { ratio, influence };
}

/** The mean of matched differences with its interval, standard error and pieces of evidence. */
export interface MatchedMean extends Interval, Estimate {}

/**
 * The mean of matched differences. Each has an observation on either side, and depends on all that share a
 * cluster with it on that side: the error is clustered by each side, and by two sides also together
 * (Cameron, Gelbach & Miller 2011, JBES 29:238: the sum of both variances less that by pairs of clusters).
 * The largest is taken, since the two-way variance falls below a one-way one, even below 0, where
 * differences that share both clusters cancel.
 *
 * @param sides cluster of each difference's observation on each of two or more sides
 */
export function matchedMean(
  differences: ArrayLike<number>,
  sides: readonly ArrayLike<number>[],
): MatchedMean {
  requireFinite(differences, "matchedMean: differences");
  for (const side of sides) requirePairs(differences, side, "matchedMean (y a side's clusters)");
  const centre = mean(differences);
  const influence = mapped(differences, (d) => d - centre);
  const ways = sides.map((clusters) => clusteredVariance(influence, clusters));
  const variances = ways.map(({ variance }) => variance);
  if (sides.length === 2) {
    const pairs = clusteredVariance(influence, crossed(sides[0], sides[1])).variance;
    variances.push(variances[0] + variances[1] - pairs);
  }
  const error = Math.sqrt(Math.max(...variances));
  const evidence = Math.min(...ways.map(({ count }) => count));
  const estimate = { estimate: centre, error, evidence };
  return { ...estimate, ...intervalOf(estimate) };
}

/** A label for each pair of labels. */
function crossed(first: ArrayLike<number>, second: ArrayLike<number>): Float64Array {
  const a = denseLabels(first), b = denseLabels(second);
  return mapped(a.labels, (label, i) => label * b.count + b.labels[i]);
}

/**
 * The median (the lower one where two stand in the middle) with its interval (Woodruff 1952, JASA 47:635):
 * the values between which the share of observations at or below the median lies, given the clustered
 * error of that share.
 */
export function medianInterval(
  values: ArrayLike<number>,
  clusters: ArrayLike<number>,
): Interval {
  requirePairs(values, clusters, "medianInterval (x the values, y the clusters)");
  const sorted = new Float64Array(values).sort(), n = sorted.length;
  const estimate = sorted[Math.ceil(n / 2) - 1];
  const below = mapped(values, (value) => value <= estimate ? 1 : 0);
  const { low, high } = meanInterval(below, clusters), half = (high - low) / 2;
  const at = (share: number) => sorted[Math.min(n - 1, Math.max(0, Math.ceil(share * n) - 1))];
  return { estimate, low: at(0.5 - half), high: at(0.5 + half) };
}
