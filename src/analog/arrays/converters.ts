/**
 * Converters and their ranges. Source: CrossSim 3.2.0, `circuits/dac/`, `circuits/adc/iadc.py`. Left out: its
 * signed quantizer without a code for 0, through which zero padding would enter as half a step.
 */
import { wholeNumber } from "../../arguments.ts";
import { bitsPerSlice } from "../../config.ts";
import { InputError } from "../../input_error.ts";
import { type ArrayDesign, type BitSerial, type Converter, IDEAL } from "./design.ts";
import { halfEven } from "./mapping.ts";

/** Codes symmetric about 0. Throws InputError for limits that are not, and for one bit: its only code is 0. */
export function signMagnitude(bits: number, [lo, hi]: Limits): Converter {
  wholeNumber("bits of a converter", bits, 0, 16);
  if (bits === 0) return IDEAL;
  if (bits === 1) {
    throw new InputError(
      "bits of a sign-magnitude converter are 0 for no conversion, or at least 2, not 1.",
    );
  }
  if (lo !== -hi) {
    throw new InputError(
      `A sign-magnitude converter has symmetric limits, not ${lo} to ${hi}. ` +
        "Use a quantizer, or the larger magnitude for both.",
    );
  }
  assertLimits(lo, hi);
  return { lo, hi, steps: 2 ** bits - 2 };
}

/** Codes from `lo` to `hi`. Throws InputError unless `lo` is below `hi`. */
export function quantizer(bits: number, lo: number, hi: number): Converter {
  wholeNumber("bits of a converter", bits, 0, 16);
  if (bits === 0) return IDEAL;
  assertLimits(lo, hi);
  return { lo, hi, steps: 2 ** bits - 1 };
}

function assertLimits(lo: number, hi: number): void {
  if (lo < hi && Number.isFinite(hi - lo)) return;
  throw new InputError(
    `A converter's limits are two numbers, the lower first, not ${lo} to ${hi}.`,
  );
}

/** Smallest and largest signal. */
export type Limits = readonly [lo: number, hi: number];

/** A DAC, and the gain that takes a layer's inputs into its range. */
export interface InputConverter {
  readonly gain: number;
  readonly converter: Converter;
  readonly isSigned: boolean;
  /** Bits of an input's magnitude; null without a DAC. */
  readonly magnitudeBits: number | null;
}

/**
 * A DAC for inputs within `range`: sign and magnitude, or unsigned where no input is negative.
 * Throws InputError for a signed range that is not symmetric, where there is a DAC.
 */
export function inputConverter(bits: number, [min, max]: Limits): InputConverter {
  const isSigned = min < 0, width = max - min, gain = (isSigned ? 2 : 1) / width;
  const converter = isSigned
    ? signMagnitude(bits, min === -max ? [-1, 1] : [min, max])
    : quantizer(bits, min / width, max / width);
  const magnitudeBits = bits === 0 ? null : isSigned ? bits - 1 : bits;
  return { gain, converter, isSigned, magnitudeBits };
}

/** What the limits of an ADC follow from, where they do not follow from data. */
export interface RangeSettings {
  readonly design: ArrayDesign;
  readonly adcBits: number;
  readonly input: Pick<InputConverter, "isSigned" | "magnitudeBits">;
}

/** The largest code of binary inputs is 2^m - 1, not 2^m. */
const binaryFactor = (m: number | null) => m === null ? 1 : 2 ** m / (2 ** m - 1);

/** Limits that no current of an array of `inputs` inputs exceeds. */
export function maximumLimits({ design, adcBits, input }: RangeSettings, inputs: number): Limits {
  const { coding, slicing } = design;
  if (coding !== "offset") return [-inputs, inputs];
  if (slicing === null) return [input.isSigned ? -inputs : 0, inputs];
  const base = 2 ** bitsPerSlice(slicing, true), codes = 2 ** adcBits;
  const power = 2 ** halfEven(Math.log2(inputs));
  const most = power * (base / (base - 1)) * binaryFactor(input.magnitudeBits) *
    ((codes - (input.isSigned ? 2 : 1)) / codes);
  return [input.isSigned ? -most : 0, most];
}

/**
 * Limits at which a code is the smallest current that one bit of the inputs and one level make.
 *
 * @param weightBits of a weight without slices
 */
export function granularLimits(
  { design, adcBits, input }: RangeSettings,
  weightBits: number,
): Limits {
  const { coding, slicing } = design, isOffset = coding === "offset";
  const smallest = binaryFactor(input.magnitudeBits) *
    (slicing === null ? 2 ** -weightBits : 1 / (2 ** bitsPerSlice(slicing, isOffset) - 1));
  if (isOffset && !input.isSigned) return [0, smallest * (2 ** adcBits - 1)];
  const most = smallest * (2 ** (adcBits - 1) - 1);
  return [-most, most];
}

/** One value through a converter. */
export function converted(value: number, { lo, hi, steps }: Converter): number {
  if (steps === 0) return value;
  const perUnit = steps / (hi - lo);
  return halfEven((Math.min(Math.max(value, lo), hi) - lo) * perUnit) / perUnit + lo;
}

/** Weights of the slices of bit-serial inputs: the inputs are the sum of weight x slice. */
export function bitWeights({ magnitudeBits, sliceBits }: BitSerial): number[] {
  wholeNumber("magnitudeBits of bit-serial inputs", magnitudeBits, 1, 16);
  wholeNumber("sliceBits of bit-serial inputs", sliceBits, 1, magnitudeBits);
  const codes = 2 ** sliceBits - 1;
  return Array.from(
    { length: Math.ceil(magnitudeBits / sliceBits) },
    (_, k) => (2 ** (k * sliceBits) * codes) / (2 ** magnitudeBits - 1),
  );
}
