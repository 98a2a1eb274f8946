/**
 * What hardware-aware training does to a tile: after each step of the optimizer clip, remap and draw
 * new weight noise; during it learn the input range.
 *
 * Source: AIHWKit 1.1.0, `weight_clipper.cpp`, `weight_remapper.cpp`, `weight_modifier.cpp` and
 * `tiles/periphery.py` (input range). Works on any layout whose rule names the row of a weight.
 */
import { finiteNumber } from "../../arguments.ts";
import type { HwtSettings } from "../../config.ts";
import { maxAbs } from "./conductance.ts";
import type { NormalSource } from "../gaussian.ts";

/** Clips symmetrically about 0 at `sigmas` sample standard deviations (mean removed) of the tile. */
export function clipWeights(weights: Float32Array, sigmas: number): Float32Array {
  finiteNumber("sigmas", sigmas, 0);
  const n = weights.length;
  let sum = 0, squares = 0;
  for (let i = 0; i < n; i++) sum += weights[i];
  const mean = sum / n;
  for (let i = 0; i < n; i++) squares += (weights[i] - mean) ** 2;
  const limit = sigmas * Math.sqrt(squares / (n - 1));
  if (!(limit > 0)) return weights;
  return weights.map((w) => (w > limit ? limit : w < -limit ? -limit : w));
}

/** Output row that the weight at position `i` belongs to. */
export type RowOf = (i: number) => number;

/**
 * Rescales so that the largest magnitude of the tile (`layerwise`) or of each row (`channelwise`) is 1;
 * the scales take up the factor, logical weights stay the same.
 */
export function remapWeights(
  weights: Float32Array,
  scales: Float32Array,
  kind: "layerwise" | "channelwise",
  rowOf: RowOf,
): { readonly weights: Float32Array; readonly scales: Float32Array } {
  const most = new Float32Array(scales.length);
  if (kind === "layerwise") most.fill(maxAbs(weights));
  else {
    for (let i = 0; i < weights.length; i++) {
      const row = rowOf(i);
      most[row] = Math.max(most[row], Math.abs(weights[i]));
    }
  }
  most.forEach((m, row) => most[row] = m > 0 ? m : 1);
  return {
    weights: kind === "layerwise"
      ? weights.map((w) => w / most[0])
      : weights.map((w, i) => w / most[rowOf(i)]),
    scales: scales.map((s, row) => s * most[row]),
  };
}

/** Weights for one mini-batch, noise on them. */
export type WeightError = (weights: Float32Array, normal: NormalSource) => Float32Array;

/** Weights for one mini-batch: additive normal noise of `sd` times the largest magnitude of the tile. */
export function modifyWeights(
  weights: Float32Array,
  sd: number,
  normal: NormalSource,
): Float32Array {
  finiteNumber("sd", sd, 0);
  if (sd === 0) return weights;
  const noise = normal(weights.length), amplitude = sd * maxAbs(weights);
  for (let i = 0; i < noise.length; i++) noise[i] = weights[i] + amplitude * noise[i];
  return noise;
}

/** How an input range is found and learned. */
export type InputRangeRule = Pick<
  HwtSettings,
  "inputRangeBatches" | "inputRangeSds" | "inputRangeDecay" | "inputRangeMinFraction"
>;

/** An input range and the number of batches that its estimate has seen. */
export interface InputRange {
  readonly value: number;
  readonly batches: number;
}

/** The range before a training batch whose inputs have this standard deviation (n - 1). */
export function updateInputRange(
  range: InputRange,
  inputSd: number,
  rule: InputRangeRule,
): InputRange {
  const { value, batches } = range;
  if (batches >= rule.inputRangeBatches) return range;
  if (!(inputSd > 0)) return { value: Math.abs(value), batches };
  const mean = (value * batches + rule.inputRangeSds * inputSd) / (batches + 1);
  return { value: Math.abs(mean), batches: batches + 1 };
}

/** What the gradient of an input range is computed from. */
export interface RangeSums {
  /** Sum of min(dx, 0) over x >= range minus sum of max(dx, 0) over x <= -range. */
  readonly outward: number;
  /** Share of |x| < range. */
  readonly inside: number;
}

/** Both sums over one input and the gradient of the loss with respect to it. */
export function rangeSums(x: Float32Array, dx: Float32Array, range: number): RangeSums {
  let outward = 0, inside = 0;
  for (let i = 0; i < x.length; i++) {
    if (x[i] >= range) outward += Math.min(dx[i], 0);
    else if (x[i] <= -range) outward -= Math.max(dx[i], 0);
    if (Math.abs(x[i]) < range) inside++;
  }
  return { outward, inside: inside / x.length };
}

/** Gradient of an input range: only pulls that enlarge it, relative to its size, and the decay. */
export function inputRangeGradient(sums: RangeSums, range: number, rule: InputRangeRule): number {
  const decays = rule.inputRangeDecay > 0 && sums.inside > rule.inputRangeMinFraction;
  return sums.outward * range + (decays ? rule.inputRangeDecay * range : 0);
}
