/** How much of what reaches the crossbars lies outside their input range. */
import type { Backend, Tensor } from "../../backend.ts";
import type { Batch } from "../../dataset/mod.ts";
import type { LayerShape } from "../layer_shape.ts";
import type { AnalogNetwork } from "./convert.ts";
import { observeInputs } from "../observe_inputs.ts";

/** The input of one layer on crossbars, over all images. */
export interface LayerInput {
  readonly layer: string;
  /** Share of the non-zero input values whose magnitude exceeds the input range, 0..1. */
  readonly clipped_share: number;
  /** Root mean square of the input, in the unit of the network's activations. */
  readonly rms: number;
  readonly largest: number;
  /** Input range of the layer's first tile, the same unit. */
  readonly input_range: number;
}

/**
 * The inputs of every layer on crossbars, in the order of the network, as the digital network makes them:
 * what the layers meet before any of them has clipped or added noise. Zeros do not count (half of what a
 * ReLU lets through is 0 and cannot be clipped).
 */
export function layerInputs(
  backend: Backend,
  network: AnalogNetwork,
  batches: Iterable<Batch>,
): readonly LayerInput[] {
  const seen = new Map<
    string,
    { outside: number; some: number; all: number; squares: number; largest: number }
  >();
  const range = (name: string) => network.layers[name].tiles[0].inputRange;
  observeInputs(backend, network, batches, ({ name }: LayerShape, x: Tensor) => {
    const values = x.dataSync() as Float32Array, limit = range(name);
    const sums = seen.get(name) ?? { outside: 0, some: 0, all: 0, squares: 0, largest: 0 };
    for (const value of values) {
      const magnitude = Math.abs(value);
      if (magnitude > limit) sums.outside++;
      if (magnitude > 0) sums.some++;
      if (magnitude > sums.largest) sums.largest = magnitude;
      sums.squares += magnitude * magnitude;
    }
    sums.all += values.length;
    seen.set(name, sums);
  });
  return Object.keys(network.layers).filter((name) => seen.has(name)).map((layer) => {
    const { outside, some, all, squares, largest } = seen.get(layer)!;
    return {
      layer,
      clipped_share: some === 0 ? 0 : outside / some,
      rms: Math.sqrt(squares / all),
      largest,
      input_range: range(layer),
    };
  });
}
