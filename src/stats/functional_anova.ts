/**
 * Exact functional analysis of variance (Hooker 2007, JCGS 16:709; Hutter et al. 2014, ICML).
 *
 * The design is a complete factorial, so that every component is a mean of observations: nothing is
 * fitted, and the shares have no sampling error besides the noise of the observations themselves.
 */
import { wholeNumber } from "../arguments.ts";
import { InputError } from "../input_error.ts";
import { requireFinite } from "./finite.ts";

/** What the factors of a complete design do, alone and together. */
export interface FunctionalAnova {
  /** Mean over all observations. */
  readonly mean: number;
  /** Variance over all observations (divided by their number). */
  readonly variance: number;
  /** Main effects, [factor][level]: mean with the level, less the grand mean. */
  readonly effects: readonly (readonly number[])[];
  /** Share of the variance by factor. */
  readonly mainShares: readonly number[];
  /** Share of the variance by pair of factors, first below second: the pure interaction. */
  readonly pairShares: readonly {
    readonly factors: readonly [number, number];
    readonly share: number;
  }[];
  /** Share of the variance by order of interaction: element k is order k + 1; they add up to 1. */
  readonly orderShares: readonly number[];
}

/**
 * Decomposes `y` [levels ** factors], ordered like numbers of `factors` digits to the base `levels`, first
 * factor most significant. A constant `y` has no shares (NaN).
 */
export function factorialAnova(
  y: ArrayLike<number>,
  levels: number,
  factors: number,
): FunctionalAnova {
  requireFinite(y, "factorialAnova: y");
  wholeNumber("The number of levels", levels, 2);
  wholeNumber("The number of factors", factors, 1, 30);
  const size = levels ** factors;
  if (y.length !== size) {
    throw new InputError(
      `A factorial of ${factors} factors with ${levels} levels has ${size} values, not ${y.length}.`,
    );
  }
  /** Level of each factor in each observation, [factor][observation]. */
  const levelOf = Array.from({ length: factors }, (_, factor) => {
    const place = levels ** (factors - 1 - factor);
    return Int32Array.from({ length: size }, (_, i) => Math.floor(i / place) % levels);
  });
  /** Means over all other factors, indexed by the levels of `kept`, first most significant. */
  const marginalMeans = (kept: readonly number[]): Float64Array => {
    const sums = new Float64Array(levels ** kept.length);
    const slots = new Int32Array(size);
    for (const factor of kept) {
      const level = levelOf[factor];
      for (let i = 0; i < size; i++) slots[i] = slots[i] * levels + level[i];
    }
    for (let i = 0; i < size; i++) sums[slots[i]] += y[i];
    return sums.map((sum) => sum * sums.length / size);
  };
  const all = Array.from({ length: factors }, (_, factor) => factor);
  const [mean] = marginalMeans([]);
  // A subset of factors is a bit mask. component[S] is at first the variance of the means by S, which is
  // the sum of the components of all T within S; subtracting the smaller ones leaves that of S itself.
  const subsets = 1 << factors;
  const factorsOf = (mask: number) => all.filter((factor) => mask >> factor & 1);
  const component = Float64Array.from({ length: subsets }, (_, mask) => {
    const means = marginalMeans(factorsOf(mask));
    return means.reduce((sum, m) => sum + (m - mean) ** 2, 0) / means.length;
  });
  const variance = component[subsets - 1];
  for (const factor of all) {
    for (let mask = 0; mask < subsets; mask++) {
      if (mask >> factor & 1) component[mask] -= component[mask ^ (1 << factor)];
    }
  }
  const share = (mask: number) => component[mask] / variance;
  const orderShares = new Array<number>(factors).fill(0);
  for (let mask = 1; mask < subsets; mask++) orderShares[factorsOf(mask).length - 1] += share(mask);
  return {
    mean,
    variance,
    effects: all.map((factor) => Array.from(marginalMeans([factor]), (m) => m - mean)),
    mainShares: all.map((factor) => share(1 << factor)),
    pairShares: all.flatMap((e) =>
      all.slice(e + 1).map((f) => ({ factors: [e, f] as const, share: share(1 << e | 1 << f) }))
    ),
    orderShares,
  };
}
