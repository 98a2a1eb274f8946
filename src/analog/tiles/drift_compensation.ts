/**
 * Global drift compensation: one factor a tile, from how much its summed output has shrunk.
 *
 * Source: AIHWKit 1.1.0, `GlobalDriftCompensation` (after Joshi et al. 2020): one-hot vectors of full DAC
 * amplitude are read through the noisy, quantized periphery, and the mean magnitude of all outputs is
 * compared with that right after programming. Coarse ADC steps bias it low for small weights.
 */
import { finiteNumber } from "../../arguments.ts";
import type { NormalSource } from "../gaussian.ts";
import { type Periphery, quantize } from "./periphery.ts";

/** Smallest read-out that a factor is computed from. */
const SMALLEST_READOUT = 1e-4;

/** Mean magnitude of a tile's outputs over all one-hot inputs. `weights` [out x in], any layout. */
export function readOut(
  weights: Float32Array,
  periphery: Periphery,
  normal: NormalSource,
): number {
  const amplitude = quantize(1, periphery.dac), { adc } = periphery;
  const noise = periphery.outputNoise > 0 ? normal(weights.length) : null;
  const sd = Math.fround(periphery.outputNoise);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    let y = Math.fround(weights[i] * amplitude);
    if (noise !== null) y = Math.fround(y + Math.fround(sd * noise[i]));
    sum += Math.abs(quantize(y, adc));
  }
  return Math.max(sum / weights.length, SMALLEST_READOUT);
}

/** The factor that a drifted tile's outputs are multiplied by. Not bounded below by 1. */
export function compensation(baseline: number, readout: number): number {
  finiteNumber("The read-out after programming", baseline, 0);
  finiteNumber("A read-out", readout, Number.MIN_VALUE);
  return Math.fround(baseline / readout);
}
