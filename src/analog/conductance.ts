/**
 * Weights as differences of two conductances, in microsiemens.
 *
 * Source: AIHWKit 1.1.0, `SinglePairConductanceConverter`. The largest weight of the matrix that is
 * given sits at g_max, whatever its value: the scale follows the actual matrix, not its nominal bound.
 */
import type { Hardware } from "../config.ts";

/** Range of conductances that a device is programmed to, uS. */
export type ConductanceRange = Pick<Hardware, "gMin_uS" | "gMax_uS">;

/** Two devices a weight; a positive weight is on `plus`, a negative one on `minus`. */
export interface ConductancePair {
  /** uS, in the order of the weights. */
  readonly plus: Float32Array;
  /** uS, in the order of the weights. */
  readonly minus: Float32Array;
  /** uS per unit of weight. */
  readonly scale_ratio: number;
}

/** Smallest maximum that a matrix is normalised by: an all-zero matrix stays finite. */
const SMALLEST_MAXIMUM = 1e-7;

/** Largest magnitude of an array, 0 for an empty one. */
export function maxAbs(values: Float32Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    most = Math.max(most, Math.abs(values[i]));
  }
  return most;
}

/** The conductances that represent `weights` (any unit), each the size of `weights`. */
export function toConductances(weights: Float32Array, range: ConductanceRange): ConductancePair {
  const g_min = Math.fround(range.gMin_uS), g_max = Math.fround(range.gMax_uS);
  const most = Math.max(maxAbs(weights), Math.fround(SMALLEST_MAXIMUM));
  const scale_ratio = Math.fround((range.gMax_uS - range.gMin_uS) / most);
  const plus = new Float32Array(weights.length), minus = new Float32Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    const g = Math.fround(weights[i] * scale_ratio);
    plus[i] = Math.min(Math.max(g, 0), g_max) + g_min;
    minus[i] = Math.min(Math.max(-g, 0), g_max) + g_min;
  }
  return { plus, minus, scale_ratio };
}

/** The weights that a pair of conductance arrays represents; the inverse of `toConductances`. */
export function toWeights(pair: ConductancePair, range: ConductanceRange): Float32Array {
  const { plus, minus, scale_ratio } = pair, g_min = Math.fround(range.gMin_uS);
  const weights = new Float32Array(plus.length);
  for (let i = 0; i < weights.length; i++) {
    const difference = Math.fround(plus[i] - g_min) - Math.fround(minus[i] - g_min);
    weights[i] = Math.fround(difference) / scale_ratio;
  }
  return weights;
}
