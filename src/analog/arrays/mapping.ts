/**
 * Weights as conductances of arrays, and what a product with the conductances means.
 *
 * Source: CrossSim 3.2.0, `cores/balanced_core.py`, `offset_core.py`, `bitsliced_core.py`. One scale a
 * layer. Not repeated: its offset core divides by the window's width where devices have levels and the
 * lowest level is unused (gain (2^b - 2) / (2^b - 1)).
 */
import { bitsPerSlice } from "../../config.ts";
import { InputError } from "../../input_error.ts";
import { type ArrayDesign, type BitSlicing, gMinOf } from "./design.ts";
import { percentile } from "./percentile.ts";

/** Devices of one matrix or one slice of it, of g_max; `minus` is null where one device holds a weight. */
export interface Conductances {
  readonly plus: Float32Array;
  readonly minus: Float32Array | null;
}

/** Stands for the scale of a matrix of zeros. */
const SMALLEST_LIMIT = 2.2e-16;

/** The weight that fills a device's window. */
export function weightLimit(matrix: Float32Array, weightPercentile: number): number {
  if (weightPercentile >= 1) {
    let most = 0;
    for (const w of matrix) most = Math.max(most, Math.abs(w));
    return weightPercentile * most || SMALLEST_LIMIT;
  }
  const sorted = matrix.toSorted();
  const high = percentile(sorted, 100 * weightPercentile);
  const low = percentile(sorted, 100 - 100 * weightPercentile);
  return Math.max(Math.abs(high), Math.abs(low)) || SMALLEST_LIMIT;
}

/** Sizes of the arrays along the inputs; where they cannot be equal the last takes the difference. */
export function arraySizes(inputs: number, maxInputs: number): number[] {
  const count = maxInputs > 0 ? Math.ceil(inputs / maxInputs) : 1;
  const size = halfEven(inputs / count), sizes = new Array<number>(count).fill(size);
  sizes[count - 1] = inputs - (count - 1) * size;
  return sizes;
}

/** Where a weight's device starts in the window and how far it goes: the lowest level is none of offset's. */
function offsetWindow({ window, levelBits }: ArrayDesign): { g0: number; width: number } {
  if (levelBits === 1) {
    throw new InputError(
      "levelBits of an offset device are 0 for no levels, or at least 2, not 1.",
    );
  }
  const width = (1 - gMinOf(window)) *
    (levelBits > 0 ? (2 ** levelBits - 2) / (2 ** levelBits - 1) : 1);
  return { g0: levelBits > 0 ? 1 - width : gMinOf(window), width };
}

/**
 * Conductances that stand for the weights, slice by slice, device levels applied.
 *
 * @param limit from `weightLimit`; larger weights are clipped to it
 */
export function toConductances(
  matrix: Float32Array,
  limit: number,
  design: ArrayDesign,
): Conductances[] {
  const { coding, slicing, window } = design, gMin = gMinOf(window), span = 1 - gMin;
  const w = Float64Array.from(matrix, (v) => Math.max(-1, Math.min(1, v / limit)));
  const onDevices = (conductance: (w: number, i: number) => number) =>
    atLevels(Float32Array.from(w, conductance), design);
  if (slicing !== null) return slicedConductances(w, slicing, onDevices, design);
  if (coding === "offset") {
    const { g0, width } = offsetWindow(design);
    return [{ plus: onDevices((w) => g0 + width * (w / 2 + 0.5)), minus: null }];
  }
  if (coding === "two_sided") {
    const half = (sign: number) => onDevices((w) => gMin + (span * (1 + sign * w)) / 2);
    return [{ plus: half(1), minus: half(-1) }];
  }
  const threshold = design.levelBits > 0 ? 2 ** -(design.levelBits + 1) : 0;
  return [{
    plus: onDevices((w) => w >= threshold ? gMin + span * w : gMin),
    minus: onDevices((w) => w < -threshold ? gMin - span * w : gMin),
  }];
}

function slicedConductances(
  w: Float64Array,
  slicing: BitSlicing,
  onDevices: (conductance: (w: number, i: number) => number) => Float32Array,
  { coding, window }: ArrayDesign,
): Conductances[] {
  const { weightBits, slices } = slicing, isOffset = coding === "offset";
  const gMin = gMinOf(window), base = 2 ** bitsPerSlice(slicing, isOffset);
  const integers = w.map((v) => halfEven(v * (2 ** (weightBits - 1) - 1)));
  const digit = (k: number, slice: number) => {
    const rest = Math.floor(k / base ** slice);
    return slice === slices - 1 ? rest : rest % base;
  };
  const conductance = (d: number) => gMin + ((1 - gMin) * d) / (base - 1);
  return Array.from({ length: slices }, (_, slice) =>
    isOffset
      ? {
        plus: onDevices((_, i) => conductance(digit(integers[i] + 2 ** (weightBits - 1), slice))),
        minus: null,
      }
      : {
        plus: onDevices((_, i) => conductance(digit(Math.max(integers[i], 0), slice))),
        minus: onDevices((_, i) => conductance(digit(Math.max(-integers[i], 0), slice))),
      });
}

/** The nearest levels of the devices. */
function atLevels(g: Float32Array, { levelBits, window }: ArrayDesign): Float32Array {
  if (levelBits === 0) return g;
  const gMin = gMinOf(window), perUnit = (2 ** levelBits - 1) / (1 - gMin);
  return g.map((v) => halfEven((v - gMin) * perUnit) / perUnit + gMin);
}

/** What products with conductances mean: w / limit = sum over slices of factor (g+ - g-), plus the offset. */
export interface Reading {
  /** By slice. */
  readonly factors: readonly number[];
  /** Times the sum of an array's inputs; 0 where there are pairs. */
  readonly offset: number;
}

export function readingOf(design: ArrayDesign): Reading {
  const { coding, slicing, window } = design, gMin = gMinOf(window), span = 1 - gMin;
  const isOffset = coding === "offset";
  if (slicing !== null) {
    const { weightBits, slices } = slicing, base = 2 ** bitsPerSlice(slicing, isOffset);
    const most = 2 ** (weightBits - 1) - 1;
    const factors = Array.from(
      { length: slices },
      (_, i) => ((base - 1) * base ** i) / (span * most),
    );
    const bottom = factors.reduce((sum, factor) => sum + factor * gMin, 0);
    return { factors, offset: isOffset ? -bottom - 2 ** (weightBits - 1) / most : 0 };
  }
  if (!isOffset) return { factors: [1 / span], offset: 0 };
  const { g0, width } = offsetWindow(design);
  return { factors: [2 / width], offset: -(2 * g0) / width - 1 };
}

/** The weights that conductances stand for; the inverse of `toConductances`. */
export function toWeights(
  slices: readonly Conductances[],
  limit: number,
  { factors, offset }: Reading,
): Float32Array {
  return slices[0].plus.map((_, i) => {
    const sum = slices.reduce(
      (sum, { plus, minus }, slice) => sum + factors[slice] * (plus[i] - (minus?.[i] ?? 0)),
      offset,
    );
    return limit * sum;
  });
}

/** 1.5 x 2^52: adding and subtracting it rounds a double to a whole number, halves to even. */
const ROUND = 6755399441055744;
export const halfEven = (v: number): number => (v + ROUND) - ROUND;
