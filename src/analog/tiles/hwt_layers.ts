/** The layers of a network in hardware-aware training, for one pass forward and backward. */
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from "../../backend.ts";
import { type NamedTensors, type TrainingOps, trainingOps } from "../../network/mod.ts";
import { deriveSeed } from "../../random.ts";
import { inputPart } from "../layer_shape.ts";
import { sampleSd } from "./calibrate.ts";
import type { AnalogTile } from "./convert.ts";
import { updateInputRange } from "./hardware_aware.ts";
import { type HwtSetting, type HwtState, rangeOf, weightOf } from "./hwt_state.ts";
import { trainTile } from "./train_tile.ts";

/** The input range that a tile computed a batch with, and the batches that its estimate has seen now. */
export interface SeenRange {
  /** `[1]`; the receiver disposes it. */
  readonly range: Tensor1D;
  readonly batches: number;
}

/**
 * Layers on tiles with the step's noise, the others digital. Gradients go to the parameters that the layers
 * are made with; the input range of each tile goes into `seen`.
 */
export function hwtLayers(
  setting: HwtSetting,
  { tiles: states, steps }: HwtState,
  seen: Record<string, SeenRange>,
): TrainingOps {
  const { crossbars, network: { layers }, hwt, gradientRule, seed } = setting;
  const numbers = new Map(setting.tiles.map(({ tile }, number) => [tile.name, number]));
  const noiseSeed = deriveSeed(seed, `hwt/output noise ${steps}`) | 0;
  return (backend, parameters, onBatchStatistics) => {
    const { tf } = backend, digital = trainingOps(backend, parameters, onBatchStatistics);
    const tileOutput = (layer: string, tile: AnalogTile, x: Tensor): Tensor => {
      const { shape } = layers[layer],
        { name } = tile,
        { scaleTensor, noisyWeights } = states[name];
      const input = inputPart(backend, shape, tile, x);
      seen[name] = seenRange(setting, states[name].batches, parameters, name, input);
      const tensors = {
        tile,
        weights: parameters[weightOf(name)],
        noisyWeights,
        scales: scaleTensor,
        range: parameters[rangeOf(name)] as Tensor1D,
        currentRange: seen[name].range,
      };
      const noise = tf.tensor1d([noiseSeed, numbers.get(name)!], "int32") as Tensor1D;
      return trainTile(crossbars, shape, tensors, input, noise, gradientRule, hwt);
    };
    /** Sums over the pieces of the input, side by side the pieces of the output. */
    const onTiles = (layer: string, x: Tensor): Tensor => {
      const products = layers[layer].tiles.map((tile) => ({ tile, y: tileOutput(layer, tile, x) }));
      const pieces = Map.groupBy(products, ({ tile }) => tile.outStart).values();
      const outputs = Array.from(
        pieces,
        (terms) => terms.length === 1 ? terms[0].y : backend.sum(terms.map(({ y }) => y)),
      );
      return outputs.length === 1 ? outputs[0] : tf.concat(outputs, outputs[0].rank - 1);
    };
    return {
      ...digital,
      convolution: (layer, x) =>
        layer.name in layers ? onTiles(layer.name, x) as Tensor4D : digital.convolution(layer, x),
      linear: (layer, x) =>
        layer.name in layers
          ? tf.add(onTiles(layer.name, x), parameters[`${layer.name}.bias`]) as Tensor2D
          : digital.linear(layer, x),
    };
  };
}

/** The range for this batch: its estimate from the input where that is still sought, else the trained one. */
function seenRange(
  { crossbars: { backend }, hwt }: HwtSetting,
  batches: number,
  parameters: NamedTensors,
  tile: string,
  input: Tensor,
): SeenRange {
  const { tf } = backend, trained = parameters[rangeOf(tile)] as Tensor1D;
  if (batches >= hwt.inputRangeBatches) return { range: tf.keep(tf.clone(trained)), batches };
  const [value] = trained.dataSync();
  const next = updateInputRange({ value, batches }, sampleSd(backend, input), hwt);
  return { range: tf.keep(tf.tensor1d([next.value])), batches: next.batches };
}
