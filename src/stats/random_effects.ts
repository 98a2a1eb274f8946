/**
 * The summary of effects that were measured in several places and may truly differ: random effects with the
 * variance between places of Paule & Mandel (1982, J. Res. NBS 87:377), the interval of Hartung & Knapp (2001,
 * Stat. Med. 20:3875) and the prediction interval of Higgins, Thompson & Spiegelhalter (2009, JRSS A 172:137).
 */
import { tQuantile } from "./distributions.ts";
import { InputError } from "../input_error.ts";
import { requireFinite, requirePairs } from "./finite.ts";
import { type Interval, tInterval } from "./interval.ts";

/** What is said of all places together. */
export interface RandomEffects {
  /** Mean over places with its 95 % interval by Student's t. */
  readonly mean: Interval;
  /** Where the effect of a further place lies with 95 %. */
  readonly prediction: Interval;
  /** SD of the true effects between places, in the effects' unit. */
  readonly tau: number;
  /** Cochran's Q, with one degree of freedom less than there are places. */
  readonly q: number;
  /** Share of the variance of the effects that no measurement error explains, 0..1 (from Q). */
  readonly i2: number;
  readonly places: number;
}

/** Fewer places than this say nothing about how places differ. */
export const FEWEST_PLACES = 3;

const weightedMean = (values: ArrayLike<number>, weights: readonly number[]) => {
  const total = weights.reduce((a, b) => a + b);
  return weights.reduce((sum, w, i) => sum + w * values[i], 0) / total;
};

/** Q of the effects with tau2 added to the variances: decreasing in tau2. */
function generalQ(effects: ArrayLike<number>, variances: readonly number[], tau2: number): number {
  const weights = variances.map((v) => 1 / (v + tau2)), centre = weightedMean(effects, weights);
  return weights.reduce((sum, w, i) => sum + w * (effects[i] - centre) ** 2, 0);
}

/** The tau2 at which Q is what it is expected to be, k - 1; 0 where it is less at 0 already. */
function pauleMandel(effects: ArrayLike<number>, variances: readonly number[]): number {
  const wanted = variances.length - 1,
    excess = (tau2: number) => generalQ(effects, variances, tau2) - wanted;
  if (excess(0) <= 0) return 0;
  let low = 0, high = Math.max(...variances);
  while (excess(high) > 0) [low, high] = [high, 2 * high];
  while (high - low > 1e-14 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The mean weighted by the inverse of all variance, with its error; `tau2` lies between the effects. */
function weighted(effects: ArrayLike<number>, variances: readonly number[]) {
  const tau2 = pauleMandel(effects, variances), weights = variances.map((v) => 1 / (v + tau2));
  const error = Math.sqrt(1 / weights.reduce((a, b) => a + b));
  return { tau2, centre: weightedMean(effects, weights), error };
}

/** Variances of effects that can be summarised. Throws InputError for an error that is not positive. */
function variancesOf(effects: ArrayLike<number>, errors: ArrayLike<number>, caller: string) {
  requirePairs(effects, errors, `${caller} (x the effects, y their errors)`);
  requireFinite(errors, `${caller}: errors`);
  const variances = Array.from(errors, (e) => e ** 2);
  if (variances.some((v) => v <= 0)) throw new InputError("A place's error is not positive.");
  return variances;
}

/**
 * What several studies of one place say together, for a summary in which that place counts once: their mean with
 * the weights of random effects, and its standard error. The variance between the studies is in both, so that
 * studies that disagree say less; of two it is half of the squared difference less the mean of their squared
 * errors, or 0. It is then taken as known, though two studies hardly know it: this error is a weight in the mean
 * over places, whose width comes from how far the places lie apart, and makes no interval of its own (how often the
 * mean's interval holds the truth is simulated in tests/stats/coverage_test.ts). Throws InputError for no study, and for an error that is not positive.
 */
export function onePlace(
  effects: ArrayLike<number>,
  errors: ArrayLike<number>,
): { readonly estimate: number; readonly error: number } {
  const { centre, error } = weighted(effects, variancesOf(effects, errors, "onePlace"));
  return { estimate: centre, error };
}

/**
 * Summary of `effects` with their standard errors. With this variance between places the factor of Hartung and
 * Knapp is 1; where the variance is 0 it would be less, and 1 is taken (Röver, Knapp & Friede 2015, BMC Med. Res.
 * Methodol. 15:99), since few places can lie close together by chance. Throws InputError for fewer than three places, and for an error that is not positive.
 */
export function randomEffects(
  effects: ArrayLike<number>,
  errors: ArrayLike<number>,
): RandomEffects {
  const places = effects.length, variances = variancesOf(effects, errors, "randomEffects");
  if (places < FEWEST_PLACES) {
    throw new InputError(`A summary wants ${FEWEST_PLACES} places or more, not ${places}.`);
  }
  const q = generalQ(effects, variances, 0);
  const { tau2, centre, error } = weighted(effects, variances);
  const half = tQuantile(0.975, places - 2) * Math.sqrt(tau2 + error ** 2);
  return {
    mean: tInterval(centre, error, places),
    prediction: { estimate: centre, low: centre - half, high: centre + half },
    tau: Math.sqrt(tau2),
    q,
    i2: q === 0 ? 0 : Math.max(0, (q - (places - 1)) / q),
    places,
  };
}
