/** How far a network on crossbars is from what it was meant to be, imperfection by imperfection. */
import { hasLength, wholeNumber } from "../../arguments.ts";
import type { Hardware } from "../../config.ts";
import { prng } from "../../random.ts";
import { type AnalogNetwork, type AnalogTile, tilesOf } from "./convert.ts";
import { compensation, readOut } from "./drift_compensation.ts";
import { gaussian } from "../gaussian.ts";
import { multiply, type Periphery, periphery } from "./periphery.ts";
import type { Readings } from "./program.ts";
import { driftTile, programTile } from "./tile.ts";

/** One imperfection and what it does to a tile's products. */
export interface Deviation {
  readonly source: string;
  /** Root mean square of the deviation, per cent of the ideal output's. */
  readonly deviation_pct: number;
}

/**
 * Products of a tile with rectified Gaussian inputs, under one imperfection at a time and under all:
 * the converters, output noise, programming, and drift after `t_inference_s`, compensated where the hardware
 * compensates it.
 *
 * @param samples number of input vectors
 */
export function deviationsOf(
  tile: AnalogTile,
  hardware: Hardware,
  t_inference_s: number,
  samples: number,
  seed: number,
): Deviation[] {
  wholeNumber("The number of samples", samples, 1);
  const isCompensated = hardware.driftCompensation === "global";
  const normal = gaussian(prng(seed, `deviations/${tile.name}`));
  const inputs = normal(samples * tile.inSize).map((v) => Math.min(Math.max(v / 3, 0), 1));
  const real = periphery(hardware), off = { step: 0, bound: Infinity };
  const ideal: Periphery = { dac: off, adc: off, outputNoise: 0 };
  const programmed = programTile(tile.weights, hardware, normal);
  const drifted = driftTile(programmed, t_inference_s, hardware, normal);
  const factor = isCompensated
    ? compensation(readOut(programmed.weights, real, normal), readOut(drifted, real, normal))
    : 1;
  const outputs = (weights: Float32Array, periphery: Periphery) =>
    multiply(weights, inputs, tile.inSize, periphery, normal).adc;
  const exact = outputs(tile.weights, ideal), size = norm(exact);
  const under = (source: string, weights: Float32Array, periphery: Periphery, factor = 1) => {
    const off = outputs(weights, periphery).map((y, i) => factor * y - exact[i]);
    return { source, deviation_pct: (100 * norm(off)) / size };
  };
  return [
    under("DAC", tile.weights, { ...ideal, dac: real.dac }),
    under("ADC", tile.weights, { ...ideal, adc: real.adc }),
    under("output noise", tile.weights, { ...ideal, outputNoise: real.outputNoise }),
    under("programming", programmed.weights, ideal),
    under(isCompensated ? "drift, compensated" : "drift", drifted, ideal, factor),
    under("all", drifted, real, factor),
  ];
}

/**
 * Deviation of all logical weights of a network from their targets, per cent of the weights, rms: as read,
 * and multiplied by each tile's compensation.
 */
export function weightDeviation(
  network: AnalogNetwork,
  readings: Readings,
): { readonly bare_pct: number; readonly compensated_pct: number } {
  let bare = 0, compensated = 0, size = 0;
  for (const { name, weights, scales, inSize } of tilesOf(network)) {
    hasLength(`The reading of ${name}`, readings[name]?.weights, weights.length);
    const { weights: found, alpha } = readings[name];
    weights.forEach((w, i) => {
      const s = scales[Math.floor(i / inSize)];
      bare += (s * (found[i] - w)) ** 2;
      compensated += (s * (alpha * found[i] - w)) ** 2;
      size += (s * w) ** 2;
    });
  }
  return {
    bare_pct: 100 * Math.sqrt(bare / size),
    compensated_pct: 100 * Math.sqrt(compensated / size),
  };
}

/** Distribution of normalised weights over `bins` equal bins of -1..1, and their mean magnitude. */
export function weightDistribution(network: AnalogNetwork, bins: number) {
  wholeNumber("The number of bins", bins, 1);
  const counts = new Array<number>(bins).fill(0);
  let total = 0, magnitude = 0;
  for (const { weights } of tilesOf(network)) {
    for (const w of weights) {
      counts[Math.min(Math.floor(((Math.min(Math.max(w, -1), 1) + 1) / 2) * bins), bins - 1)]++;
      total++, magnitude += Math.abs(w);
    }
  }
  const shares = counts.map((count, i) => ({
    weight: (2 * i + 1) / bins - 1,
    share_pct: (100 * count) / total,
  }));
  return { shares, meanMagnitude: magnitude / total };
}

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));
