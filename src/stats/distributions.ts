/**
 * Distributions and tests of stdlib, loaded when the first one is asked for: its hundreds of small files take longer
 * than many commands that compute no interval.
 */
import { createRequire } from "node:module";
import type NormalCdf from "@stdlib/stats-base-dists-normal-cdf";
import type TCdf from "@stdlib/stats-base-dists-t-cdf";
import type TQuantile from "@stdlib/stats-base-dists-t-quantile";
import type Padjust from "@stdlib/stats-padjust";
import type Wilcoxon from "@stdlib/stats-wilcoxon";

const require = createRequire(import.meta.url);

/** Student's t: the value below which it falls with probability `p`. */
export const tQuantile = (p: number, freedom: number): number =>
  (require("@stdlib/stats-base-dists-t-quantile") as typeof TQuantile)(p, freedom);

/** Student's t: the probability of a value of at most `t`. */
export const tCdf = (t: number, freedom: number): number =>
  (require("@stdlib/stats-base-dists-t-cdf") as typeof TCdf)(t, freedom);

/** The standard normal distribution: the probability of a value of at most `z`. */
export const normalCdf = (z: number): number =>
  (require("@stdlib/stats-base-dists-normal-cdf") as typeof NormalCdf)(z, 0, 1);

/** Two-sided p value of Wilcoxon's signed rank test of differences against 0. */
export const wilcoxonP = (differences: readonly number[]): number =>
  (require("@stdlib/stats-wilcoxon") as typeof Wilcoxon)([...differences]).pValue;

/** p values of one family, corrected by Holm's step-down method. */
export const holmAdjusted = (p: readonly number[]): number[] =>
  (require("@stdlib/stats-padjust") as typeof Padjust)([...p], "holm");
