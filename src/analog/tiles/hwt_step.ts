/**
 * One step of hardware-aware training, from a state to the next.
 *
 * Source: AIHWKit 1.1.0, `optim/analog_optimizer.py`, `tiles/inference.py` (`post_update_step`): after the
 * optimizer each tile is clipped and remapped and gets new weight noise, which holds for the whole next
 * batch, forward and backward. The very first batch runs without.
 */
import type { Tensor, Tensor1D, Tensor4D } from "../../backend.ts";
import { lossAndGradients, type NamedTensors, updatedStatistics } from "../../network/mod.ts";
import { countCorrect, type Optimizer } from "../../train/mod.ts";
import { weightMatrix, weightTensor } from "../layer_shape.ts";
import { clipWeights, remapWeights } from "./hardware_aware.ts";
import { hwtLayers, type SeenRange } from "./hwt_layers.ts";
import {
  disposeTiles,
  type HwtSetting,
  type HwtState,
  rangeOf,
  type TileState,
  tileState,
  weightOf,
} from "./hwt_state.ts";

/** What a step leaves; the state that it started from is used up. */
export interface HwtStepResult {
  readonly state: HwtState;
  /** Mean cross entropy before the update. */
  readonly loss: number;
  /** Right predictions before the update. */
  readonly correct: number;
}

/**
 * Takes one step. Gradients are those at the noisy weights, and move the weights without noise.
 *
 * @param x images, `[batch, height, width, channels]`; the caller disposes it
 * @param classes the label of each image
 */
export function hwtStep(
  setting: HwtSetting,
  state: HwtState,
  optimizer: Optimizer,
  x: Tensor4D,
  classes: Uint8Array,
  learningRate: number,
): HwtStepResult {
  const { crossbars: { backend }, network: { plan } } = setting, { tf } = backend;
  const labels = tf.tensor1d(classes, "int32") as Tensor1D;
  const seen: Record<string, SeenRange> = {};
  const layers = hwtLayers(setting, state, seen);
  const pass = lossAndGradients(backend, plan, state.parameters, x, labels, layers);
  const [loss] = pass.loss.dataSync(), correct = countCorrect(pass.logits, classes);
  const estimated = withRanges(state.parameters, seen);
  const updated = optimizer.step(estimated, pass.gradients, learningRate);
  const statistics = updatedStatistics(backend, state.statistics, pass.batchStatistics);
  tf.dispose([labels, pass.loss, pass.logits, { ...pass.batchStatistics }]);
  tf.dispose({ ...state.statistics });
  const finished = finishTiles(setting, state, updated, seen);
  disposeTiles(tf, state.tiles);
  return { state: { ...finished, statistics, steps: state.steps + 1 }, loss, correct };
}

/** The parameters with the ranges of this batch in place of those before. */
function withRanges(parameters: NamedTensors, seen: Readonly<Record<string, SeenRange>>) {
  const ranges = Object.entries(seen).map(([tile, { range }]) => {
    parameters[rangeOf(tile)].dispose();
    return [rangeOf(tile), range];
  });
  return { ...parameters, ...Object.fromEntries(ranges) };
}

/** Clips and remaps each tile, and draws the noise of the next batch. */
function finishTiles(
  setting: HwtSetting,
  { tiles, steps }: HwtState,
  updated: NamedTensors,
  seen: Readonly<Record<string, SeenRange>>,
): Pick<HwtState, "parameters" | "tiles"> {
  const { crossbars: { backend }, hwt } = setting;
  const parameters: Record<string, Tensor> = { ...updated }, next: Record<string, TileState> = {};
  for (const placed of setting.tiles) {
    const { shape, tile } = placed, { name } = tile, key = weightOf(name);
    const trained = weightMatrix(shape, tile, parameters[key].dataSync() as Float32Array);
    const clipped = hwt.clipSigmas > 0 ? clipWeights(trained, hwt.clipSigmas) : trained;
    const { scales } = tiles[name], rowOf = (i: number) => Math.floor(i / tile.inSize);
    const after = hwt.remap === "none"
      ? { weights: clipped, scales }
      : remapWeights(clipped, scales, hwt.remap, rowOf);
    parameters[key].dispose();
    parameters[key] = weightTensor(backend, shape, tile, after.weights);
    const batches = seen[name]?.batches ?? tiles[name].batches;
    next[name] = tileState(setting, placed, after, steps + 1, batches);
  }
  return { parameters, tiles: next };
}
