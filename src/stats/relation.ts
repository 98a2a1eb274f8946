/** How one list goes with another: a straight line, and rank correlation with others held fixed. */
import { tCdf, tQuantile } from "./distributions.ts";
import { linearRegression } from "simple-statistics";
import { InputError } from "../input_error.ts";
import { requirePairs } from "./finite.ts";
import { type Interval, tInterval } from "./interval.ts";
import { spearmanMatrix } from "./rank.ts";

/** A least-squares line y = intercept + slope x; intervals are for independent observations. */
export interface LinearFit {
  readonly slope: Interval;
  readonly intercept: Interval;
  /** Two-sided p of no slope, Student's t. */
  readonly p: number;
  /** Share of y's variance that the line explains. */
  readonly r2: number;
  /** SD of what is left of y about the line, n - 2 degrees of freedom, the unit of y. */
  readonly residual_sd: number;
  readonly n: number;
}

/**
 * The line of least squares through three points or more. Throws InputError for fewer, for lists of different
 * lengths, for what is no finite number, and where x does not vary.
 */
export function linearFit(x: ArrayLike<number>, y: ArrayLike<number>): LinearFit {
  requirePairs(x, y, "linearFit", 3);
  const points = Array.from(x, (value, i) => [value, y[i]]), n = points.length;
  const meanX = points.reduce((sum, [v]) => sum + v, 0) / n;
  const meanY = points.reduce((sum, [, w]) => sum + w, 0) / n;
  const spread = points.reduce((sum, [v]) => sum + (v - meanX) ** 2, 0);
  if (spread === 0) throw new InputError("linearFit: x does not vary, so that no line fits.");
  const { m, b } = linearRegression(points);
  const left = points.reduce((sum, [v, w]) => sum + (w - b - m * v) ** 2, 0);
  const total = points.reduce((sum, [, w]) => sum + (w - meanY) ** 2, 0);
  const variance = left / (n - 2), error = Math.sqrt(variance / spread);
  return {
    slope: tInterval(m, error, n - 1),
    intercept: tInterval(b, error * Math.sqrt(spread / n + meanX ** 2), n - 1),
    p: error === 0 ? Number(m === 0) : twoSided(m / error, n - 2),
    r2: total === 0 ? NaN : 1 - left / total,
    residual_sd: Math.sqrt(variance),
    n,
  };
}

/** A correlation with its interval and the two-sided p value of none. */
export interface Correlation extends Interval {
  readonly p: number;
  readonly n: number;
}

/**
 * Spearman's correlation of two lists, each of `controls` held fixed: the correlation of what is left of the
 * ranks once those of the controls are taken out linearly. The interval is Fisher's z with the variance of
 * Fieller, Hartley & Pearson (1957), for independent observations; cells that share a function are not.
 *
 * Throws InputError for lists of different lengths, and for fewer than four observations more than controls.
 */
export function partialSpearman(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  controls: readonly ArrayLike<number>[] = [],
): Correlation {
  const n = x?.length;
  requirePairs(x, y, "partialSpearman", controls.length + 4);
  for (const control of controls) requirePairs(x, control, "partialSpearman (y a control)");
  const matrix = spearmanMatrix([x, y, ...controls]);
  const fixed = controls.map((_, k) => k + 2);
  const estimate = partial(matrix, 0, 1, fixed), freedom = n - 2 - controls.length;
  const z = Math.atanh(estimate), half = normalQuantile975() * Math.sqrt(1.06 / (freedom - 1));
  const t = estimate * Math.sqrt(freedom / (1 - estimate ** 2));
  return {
    estimate,
    low: Math.tanh(z - half),
    high: Math.tanh(z + half),
    p: Math.abs(estimate) === 1 ? 0 : twoSided(t, freedom),
    n,
  };
}

/** The correlation of i and j with `fixed` held, by recursion over these. */
function partial(
  r: readonly Float64Array[],
  i: number,
  j: number,
  [k, ...rest]: readonly number[],
): number {
  if (k === undefined) return r[i][j];
  const [ij, ik, jk] = [[i, j], [i, k], [j, k]].map(([a, b]) => partial(r, a, b, rest));
  return (ij - ik * jk) / Math.sqrt((1 - ik ** 2) * (1 - jk ** 2));
}

/** 97.5 % quantile of the standard normal distribution: Student's t of very many degrees of freedom. */
const normalQuantile975 = () => tQuantile(0.975, 1e12);

const twoSided = (t: number, freedom: number) => 2 * tCdf(-Math.abs(t), freedom);
