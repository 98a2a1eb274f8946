/**
 * Weights as differences of conductances, in microsiemens.
 *
 * Source: AIHWKit 1.1.0, `NPairConductanceConverter` with equal factors; for one pair the same numbers as
 * `SinglePairConductanceConverter`. The largest weight of the matrix that is given sits at g_max on all
 * its pairs, whatever its value: the scale follows the actual matrix, not its nominal bound.
 */
import { finiteNumber, hasLength, wholeNumber } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import type { Hardware } from "../../config.ts";
import { positivePart } from "./float_bits.ts";

/** Range of conductances that a device is programmed to, uS, and the pairs of devices a weight. */
export type ConductanceRange = Pick<Hardware, "gMin_uS" | "gMax_uS" | "pairs">;

/** The devices of a matrix. */
export interface Conductances {
  /**
   * uS, each in the order of the weights: the positive and the negative device of the first pair, of the
   * second and so on. A positive weight is on positive devices; a pair is used where those before are full.
   */
  readonly devices: readonly Float32Array[];
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
export function toConductances(
  weights: Float32Array,
  { gMin_uS, gMax_uS, pairs }: ConductanceRange,
): Conductances {
  wholeNumber("Pairs of devices", pairs, 1);
  if (!(finiteNumber("gMin_uS", gMin_uS, 0) < finiteNumber("gMax_uS", gMax_uS, 0))) {
    throw new InputError(`gMin_uS is below gMax_uS, which is ${gMax_uS}, not ${gMin_uS}.`);
  }
  const g_min = Math.fround(gMin_uS), g_max = Math.fround(gMax_uS), span = gMax_uS - gMin_uS;
  const most = Math.max(maxAbs(weights), Math.fround(SMALLEST_MAXIMUM));
  const scale_ratio = Math.fround((pairs * span) / most);
  const devices = Array.from({ length: 2 * pairs }, () => new Float32Array(weights.length));
  for (let pair = 0; pair < pairs; pair++) {
    const plus = devices[2 * pair], minus = devices[2 * pair + 1], lower = Math.fround(pair * span);
    for (let i = 0; i < weights.length; i++) {
      const g = Math.fround(weights[i] * scale_ratio);
      plus[i] = Math.min(positivePart(Math.fround(g - lower)) + g_min, g_max);
      minus[i] = Math.min(positivePart(Math.fround(-g - lower)) + g_min, g_max);
    }
  }
  return { devices, scale_ratio };
}

/** The weights that conductances represent; the inverse of `toConductances`. */
export function toWeights({ devices, scale_ratio }: Conductances): Float32Array {
  for (const device of devices) hasLength("Conductances of a device", device, devices[0].length);
  const weights = new Float32Array(devices[0].length);
  for (let pair = 0; pair < devices.length; pair += 2) {
    const plus = devices[pair], minus = devices[pair + 1];
    const unit = pair + 2 < devices.length ? 1 : scale_ratio; // divides the finished sum
    for (let i = 0; i < weights.length; i++) {
      weights[i] = Math.fround(weights[i] + (plus[i] - minus[i])) / unit;
    }
  }
  return weights;
}
