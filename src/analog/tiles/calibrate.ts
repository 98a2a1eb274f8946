/** Input ranges from data, for a network that was never trained on the simulator. */
import type { Backend, Tensor } from "../../backend.ts";
import type { Batch } from "../../dataset/mod.ts";
import { inputPart } from "../layer_shape.ts";
import { maxAbs } from "./conductance.ts";
import type { AnalogNetwork, AnalogTile } from "./convert.ts";
import { observeInputs } from "../observe_inputs.ts";

/** Standard deviation (n - 1) over a whole tensor. */
export function sampleSd({ tf }: Backend, x: Tensor): number {
  return tf.tidy(() => {
    const [variance] = tf.moments(x).variance.dataSync();
    return Math.sqrt((variance * x.size) / (x.size - 1));
  });
}

/**
 * Share of input magnitudes that a calibrated range covers. Three standard deviations, the first guess of
 * hardware-aware training, clip rectified inputs too much where the weights cannot adapt.
 */
const COVERED = 0.9999;

/** Magnitude that the share `covered` of `x` does not exceed, to 1/4096 of the largest. */
function magnitudeQuantile(x: Float32Array, covered: number): number {
  const most = maxAbs(x), bins = new Uint32Array(4097);
  if (most === 0) return 0;
  for (let i = 0; i < x.length; i++) bins[Math.ceil((Math.abs(x[i]) / most) * 4096)]++;
  let below = 0, bin = 0;
  while (below + bins[bin] < covered * x.length) below += bins[bin++];
  return (bin / 4096) * most;
}

/**
 * The network with every tile's input range set to cover what reaches it in the digital network: the mean
 * over `batches` of the magnitude that 99.99 % of the inputs do not exceed. A tile that sees nothing but
 * zeros keeps its range.
 */
export function calibrateInputRanges(
  backend: Backend,
  network: AnalogNetwork,
  batches: Iterable<Batch>,
): AnalogNetwork {
  const { layers } = network;
  const seen: Record<string, number[]> = {};
  observeInputs(backend, network, batches, (shape, x) => {
    for (const tile of layers[shape.name].tiles) {
      const input = inputPart(backend, shape, tile, x);
      const values = input.dataSync();
      if (input !== x) input.dispose();
      (seen[tile.name] ??= []).push(magnitudeQuantile(values as Float32Array, COVERED));
    }
  });
  const rangeOf = ({ name, inputRange }: AnalogTile) => {
    const quantiles = (seen[name] ?? []).filter((q) => q > 0);
    return quantiles.reduce((sum, q) => sum + q, 0) / quantiles.length || inputRange;
  };
  const calibrated = Object.entries(layers).map(([name, { shape, tiles }]) => [
    name,
    { shape, tiles: tiles.map((t) => ({ ...t, inputRange: rangeOf(t) })) },
  ]);
  return { ...network, layers: Object.fromEntries(calibrated) };
}
