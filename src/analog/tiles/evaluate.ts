/** A network on crossbars in evaluation mode, as the layers of `network`'s walk over the graph. */
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from "../../backend.ts";
import { type Affine, affineNorms, evaluationOps, toTensors } from "../../network/mod.ts";
import type { AnalogEvaluation } from "../logits.ts";
import type { AnalogNetwork } from "./convert.ts";
import { analogForward, type Crossbars, layerTensors, type TileTensors } from "./layer.ts";
import type { Readings } from "./program.ts";

/** A layer ready for evaluation. */
interface Loaded {
  readonly tiles: readonly TileTensors[];
  readonly offset: Tensor1D | null;
}

/**
 * The network's layers on crossbars as mapped or, with `readings`, as programmed and drifted. A batch norm
 * behind a convolution is merged into the factor and the offset that follow the ADC: the same function,
 * rounding apart, and a pass over memory less.
 */
export function analogEvaluation(
  crossbars: Crossbars,
  network: AnalogNetwork,
  readings?: Readings,
): AnalogEvaluation {
  const { backend } = crossbars, { tf } = backend, { plan, layers } = network;
  const tensors = toTensors(backend, plan, network.state);
  const digital = evaluationOps(backend, plan, tensors);
  const norms = affineNorms(backend, plan, tensors);
  const loaded: Record<string, Loaded> = {};
  const numbers: Record<string, number> = {}; // of each layer's first tile
  let count = 0;
  for (const [name, layer] of Object.entries(layers)) {
    const bias = layer.shape.kind === "linear" ? tensors.parameters[`${name}.bias`] : null;
    loaded[name] = {
      tiles: layerTensors(backend, layer, readings),
      offset: bias && tf.clone(bias) as Tensor1D,
    };
    numbers[name] = count;
    count += layer.tiles.length;
  }
  const merged: Record<string, Loaded> = {};
  const withNorm = (name: string, { scale, offset }: Affine): Loaded =>
    merged[name] ??= {
      tiles: loaded[name].tiles.map((tensors) => {
        const { outStart, outSize } = tensors.tile;
        const factor = tf.tidy(() => tf.mul(tensors.scale, tf.slice(scale, outStart, outSize)));
        return { ...tensors, scale: tf.keep(factor as Tensor1D) };
      }),
      offset,
    };

  return {
    ops(noiseSeed) {
      const run = <T extends Tensor>(name: string, { tiles, offset }: Loaded, x: T): T => {
        const seed = (tile: number) =>
          tf.tensor1d([noiseSeed | 0, numbers[name] + tile], "int32") as Tensor1D;
        return analogForward(crossbars, layers[name].shape, tiles, offset, x, seed) as T;
      };
      return {
        ...digital,
        convolution: (layer, x) =>
          layer.name in layers
            ? run<Tensor4D>(layer.name, loaded[layer.name], x)
            : digital.convolution(layer, x),
        convolutionUnit: (unit, x) =>
          unit.convolution.name in layers
            ? run<Tensor4D>(
              unit.convolution.name,
              withNorm(unit.convolution.name, norms[unit.norm.name]),
              x,
            )
            : digital.convolutionUnit!(unit, x),
        linear: (layer, x) =>
          layer.name in layers
            ? run<Tensor2D>(layer.name, loaded[layer.name], x)
            : digital.linear(layer, x),
      };
    },
    dispose() {
      digital.dispose();
      const own = Object.values(loaded).flatMap(({ tiles, offset }) => [
        ...tiles.flatMap(({ weights, scale, range }) => [weights, scale, range]),
        ...(offset ? [offset] : []),
      ]);
      const factors = Object.values(merged).flatMap(({ tiles }) => tiles.map((t) => t.scale));
      tf.dispose([...own, ...factors]);
      for (const { scale, offset } of Object.values(norms)) tf.dispose([scale, offset]);
      tf.dispose([{ ...tensors.parameters }, { ...tensors.statistics }]);
    },
  };
}
