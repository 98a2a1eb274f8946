/** The error of a whole layer's matrix-vector products, with and without drift compensation. */
import { hasLength, oneOf, wholeNumber } from "../../arguments.ts";
import { prng } from "../../random.ts";
import { gaussian } from "../gaussian.ts";
import type { AnalogNetwork } from "./convert.ts";
import { multiply, type Periphery, periphery } from "./periphery.ts";
import type { Readings } from "./program.ts";

/** Root mean square error of a layer's outputs, per cent of the ideal outputs'. */
export interface LayerError {
  /** As read. */
  readonly bare_pct: number;
  /** Every tile's outputs multiplied by the factor of its compensation, measured at the same read. */
  readonly compensated_pct: number;
}

const IDEAL: Periphery = {
  dac: { step: 0, bound: Infinity },
  adc: { step: 0, bound: Infinity },
  outputNoise: 0,
};

/**
 * Matrix-vector products of the layer `name` on its tiles as `readings` found them, converters and output noise
 * included, against those of its weights; pieces of the input are added up, as the layer does. Inputs are rectified
 * Gaussian and fill each tile's range at three SD; both outputs come from one draw of noise.
 *
 * Throws InputError for a layer that is not on tiles, readings of another network and no sample.
 *
 * @param samples number of input vectors
 */
export function layerError(
  { layers, hardware }: AnalogNetwork,
  readings: Readings,
  name: string,
  samples: number,
  seed: number,
): LayerError {
  wholeNumber("The number of samples", samples, 1);
  const { tiles } = layers[oneOf("A layer on tiles", name, Object.keys(layers))];
  const normal = gaussian(prng(seed, `layer error/${name}`)), real = periphery(hardware);
  const outSize = Math.max(...tiles.map((tile) => tile.outStart + tile.outSize));
  const sums = ["ideal", "bare", "compensated"].map(() => new Float64Array(samples * outSize));
  const [ideal, bare, compensated] = sums;
  const pieces = new Map<number, Float32Array>();
  for (const tile of tiles) {
    const { inStart, inSize, outStart, scales, inputRange, weights } = tile;
    hasLength(`The reading of ${tile.name}`, readings[tile.name]?.weights, weights.length);
    const { weights: found, alpha } = readings[tile.name];
    const inputs = pieces.get(inStart) ??
      normal(samples * inSize).map((v) => Math.min(Math.max(v / 3, 0), 1));
    pieces.set(inStart, inputs);
    const exact = multiply(weights, inputs, inSize, IDEAL, normal).adc;
    const seen = multiply(found, inputs, inSize, real, normal).adc;
    for (let n = 0; n < samples; n++) {
      for (let o = 0; o < tile.outSize; o++) {
        const unit = scales[o] * inputRange, from = n * tile.outSize + o;
        const to = n * outSize + outStart + o;
        ideal[to] += unit * exact[from];
        bare[to] += unit * seen[from];
        compensated[to] += unit * alpha * seen[from];
      }
    }
  }
  const size = norm(ideal);
  const error_pct = (outputs: Float64Array) =>
    100 * norm(outputs.map((y, i) => y - ideal[i])) / size;
  return { bare_pct: error_pct(bare), compensated_pct: error_pct(compensated) };
}

const norm = (values: Float64Array) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));
