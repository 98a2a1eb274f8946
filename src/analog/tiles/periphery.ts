/**
 * The periphery of a crossbar, exact in float32: input range, DAC, output noise, ADC.
 *
 * Source: AIHWKit 1.1.0, `rpu_forward_backward_pass.cpp` (`prepareInput`, `finalizeOutput`) and
 * `tiles/periphery.py`. Every operation is rounded to float32 as there, ties round half to even,
 * and values are quantized before they are clipped. The fast path is held against these functions.
 */
import { finiteNumber, oneOf, wholeNumber } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import type { Hardware } from "../../config.ts";
import type { NormalSource } from "../gaussian.ts";

/** A converter: `step` in units of its signal, 0 for none; `bound` > 0, Infinity for none. */
export interface Converter {
  readonly step: number;
  readonly bound: number;
}

/** Step and bound of a converter as configured, in float32 (`rpu_pulsed_meta_parameter.cpp`, `checkAndSetRes`). */
export function converter(settings: Hardware["dac"]): Converter {
  oneOf("The kind of a converter", settings?.kind, ["bits", "resolution", "ideal"]);
  if (settings.kind === "ideal") return { step: 0, bound: Math.fround(settings.bound ?? Infinity) };
  const bound = Math.fround(settings.bound);
  const resolution = settings.kind === "bits" ? 1 / (2 ** settings.bits - 2) : settings.resolution;
  return { step: Math.fround(Math.fround(resolution) * Math.fround(2 * bound)), bound };
}

/** 1.5 x 2^52: adding and subtracting it rounds a double to a whole number, halves to even. */
const ROUND = 6755399441055744;

/** One value through a converter, in float32. */
export function quantize(value: number, { step, bound }: Converter): number {
  let v = value;
  if (step > 0) {
    const count = Math.fround(v / step);
    v = Math.fround(((count + ROUND) - ROUND) * step);
  }
  return v > bound ? bound : v < -bound ? -bound : v;
}

/** Input clipped to the range and scaled to -1..1; a null range leaves it as it is. */
export function applyInputRange(x: Float32Array, range: number | null): Float32Array {
  if (range === null) return x;
  finiteNumber("An input range", range, Number.MIN_VALUE);
  const r = Math.fround(range);
  return x.map((v) => Math.max(-r, Math.min(r, v)) / r);
}

/** What surrounds a crossbar. */
export interface Periphery {
  readonly dac: Converter;
  readonly adc: Converter;
  /** SD of the noise ahead of the ADC, normalised output units. */
  readonly outputNoise: number;
}

/** The periphery that the settings describe. */
export function periphery({ dac, adc, outputNoise }: Hardware): Periphery {
  finiteNumber("outputNoise", outputNoise, 0);
  return { dac: converter(dac), adc: converter(adc), outputNoise };
}

/** Intermediate stages of a matrix-vector product, each [samples x outputs] except `dac` [samples x inputs]. */
export interface Stages {
  readonly dac: Float32Array;
  readonly adc: Float32Array;
}

/**
 * Matrix-vector products of one tile, sample by sample.
 *
 * @param weights [out x in], normalised
 * @param scaled [samples x in], already divided by the input range
 */
export function multiply(
  weights: Float32Array,
  scaled: Float32Array,
  inSize: number,
  periphery: Periphery,
  normal: NormalSource,
): Stages {
  wholeNumber("inSize", inSize, 1);
  for (const [name, list] of [["weights", weights], ["scaled", scaled]] as const) {
    if (list.length % inSize === 0) continue;
    throw new InputError(
      `${name} has ${list.length} values, which are no whole rows of inSize = ${inSize}.`,
    );
  }
  const samples = scaled.length / inSize, outSize = weights.length / inSize;
  const dac = scaled.map((v) => quantize(v, periphery.dac));
  const adc = new Float32Array(samples * outSize);
  const noise = periphery.outputNoise > 0 ? normal(adc.length) : null;
  const sd = Math.fround(periphery.outputNoise);
  for (let n = 0; n < samples; n++) {
    for (let o = 0; o < outSize; o++) {
      let sum = 0;
      for (let i = 0; i < inSize; i++) sum += weights[o * inSize + i] * dac[n * inSize + i];
      let y = Math.fround(sum);
      if (noise !== null) y = Math.fround(y + Math.fround(sd * noise[n * outSize + o]));
      adc[n * outSize + o] = quantize(y, periphery.adc);
    }
  }
  return { dac, adc };
}
