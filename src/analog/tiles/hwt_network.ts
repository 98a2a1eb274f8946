/**
 * A network in hardware-aware training: its tensors, and what one step does to them.
 *
 * Source: AIHWKit 1.1.0, `optim/analog_optimizer.py`, `tiles/inference.py` (`post_update_step`): after the
 * optimizer each tile is clipped and remapped and gets new weight noise, which holds for the whole next
 * batch, forward and backward. The very first batch runs without.
 */
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from "../../backend.ts";
import { type Config, protocolOf } from "../../config.ts";
import type { Batch } from "../../dataset/mod.ts";
import {
  lossAndGradients,
  type NamedTensors,
  toState,
  toTensors,
  type TrainingOps,
  trainingOps,
  updatedStatistics,
} from "../../network/mod.ts";
import { deriveSeed, prng } from "../../random.ts";
import { countCorrect, imageTensor, type Optimizer } from "../../train/mod.ts";
import { sampleSd } from "./calibrate.ts";
import { inputPart, type LayerShape, weightMatrix, weightTensor } from "../layer_shape.ts";
import { type AnalogNetwork, tilesOf } from "./convert.ts";
import { gaussian } from "../gaussian.ts";
import {
  clipWeights,
  type InputRange,
  modifyWeights,
  remapWeights,
  updateInputRange,
} from "./hardware_aware.ts";
import type { Crossbars } from "./layer.ts";
import { trainTile } from "./train_tile.ts";

/** What is known of a tile beside its trained tensors. */
interface TileState {
  readonly scales: Float32Array;
  /** Batches that the estimate of the input range has seen. */
  readonly batches: number;
}

/** All that a network in training consists of; plain values and tensors that it owns. */
export interface HwtNetwork {
  /** One step over `batch`: its loss and hits before the update. */
  step(batch: Batch, learningRate: number): { readonly loss: number; readonly correct: number };
  /** The network as it is now. */
  analog(): AnalogNetwork;
  /** Steps done. */
  steps(): number;
  /** Batches that each tile's estimate of the input range has seen. */
  batches(): Readonly<Record<string, number>>;
  /** Continues from a network, a number of steps and the batches that its tiles have seen. */
  restore(network: AnalogNetwork, steps: number, batches: Readonly<Record<string, number>>): void;
}

const weightOf = (tile: string) => `${tile}.weight`;
const rangeOf = (tile: string) => `${tile}.input_range`;

/** Starts training `network`; all chance follows from `seed`. */
export function hwtNetwork(
  crossbars: Crossbars,
  network: AnalogNetwork,
  config: Config,
  optimizer: Optimizer,
  seed: number,
): HwtNetwork {
  const { backend } = crossbars, { tf } = backend;
  const { plan, layers } = network, { hwt } = config;
  const { hwtGradient } = protocolOf(config);
  const shapes = Object.values(layers).flatMap(({ shape, tiles }) =>
    tiles.map((tile) => ({ shape, tile }))
  );
  const numbers = Object.fromEntries(shapes.map(({ tile }, number) => [tile.name, number]));
  let parameters: Record<string, Tensor> = {}, statistics: NamedTensors = {};
  // Needed by the backward pass, so they must outlive the forward pass.
  const noisy: Record<string, Tensor> = {}, scaleTensors: Record<string, Tensor1D> = {};
  let states: Record<string, TileState> = {};
  let steps = 0;

  /** New noise for the coming batch; a function of the seed and the number of steps. */
  const addNoise = (shape: LayerShape, name: string, weights: Float32Array) => {
    const { tile } = shapes[numbers[name]];
    const normal = gaussian(prng(seed, `hwt/weight noise ${steps}/${name}`));
    const sd = steps === 0 ? 0 : hwt.weightNoise;
    noisy[name]?.dispose();
    noisy[name] = weightTensor(backend, shape, tile, modifyWeights(weights, sd, normal));
  };

  const setScales = (name: string, scales: Float32Array) => {
    scaleTensors[name]?.dispose();
    scaleTensors[name] = tf.tensor1d(scales);
  };

  const load = (from: AnalogNetwork, batches: Readonly<Record<string, number>>) => {
    tf.dispose([{ ...parameters }, { ...statistics }]);
    const tensors = toTensors(backend, plan, from.state);
    parameters = { ...tensors.parameters }, statistics = tensors.statistics;
    for (const name of Object.keys(layers)) {
      parameters[`${name}.weight`].dispose();
      delete parameters[`${name}.weight`];
    }
    states = {};
    tilesOf(from).forEach((tile, number) => {
      const { shape } = shapes[number], { name, weights, scales, inputRange } = tile;
      parameters[weightOf(name)] = weightTensor(backend, shape, tile, weights);
      parameters[rangeOf(name)] = tf.tensor1d([inputRange]);
      states[name] = { scales, batches: batches[name] ?? 0 };
      setScales(name, scales);
      addNoise(shape, name, weights);
    });
  };
  load(network, {});

  /** Layers for one pass. Updated input ranges are put into `ranges`. */
  const opsFor = (ranges: Record<string, Tensor1D>): TrainingOps => (backend, parameters, on) => {
    const digital = trainingOps(backend, parameters, on);
    const noiseSeed = deriveSeed(seed, `hwt/output noise ${steps}`) | 0;
    const run = (name: string, x: Tensor): Tensor => {
      const { shape, tiles } = layers[name], outputs = new Map<number, Tensor[]>();
      for (const tile of tiles) {
        const input = inputPart(backend, shape, tile, x);
        const range = parameters[rangeOf(tile.name)] as Tensor1D;
        const currentRange = ranges[tile.name] = currentRangeOf(tile.name, range, input);
        const tensors = {
          tile,
          weights: parameters[weightOf(tile.name)],
          noisyWeights: noisy[tile.name],
          scales: scaleTensors[tile.name],
          range,
          currentRange,
        };
        const noise = tf.tensor1d([noiseSeed, numbers[tile.name]], "int32") as Tensor1D;
        const y = trainTile(crossbars, shape, tensors, input, noise, hwtGradient, hwt);
        outputs.set(tile.outStart, [...outputs.get(tile.outStart) ?? [], y]);
      }
      const pieces = [...outputs.values()].map((terms) =>
        terms.length === 1 ? terms[0] : backend.sum(terms)
      );
      return pieces.length === 1 ? pieces[0] : tf.concat(pieces, pieces[0].rank - 1);
    };
    return {
      ...digital,
      convolution: (layer, x) =>
        layer.name in layers ? run(layer.name, x) as Tensor4D : digital.convolution(layer, x),
      linear: (layer, x) =>
        layer.name in layers
          ? tf.add(run(layer.name, x), parameters[`${layer.name}.bias`]) as Tensor2D
          : digital.linear(layer, x),
    };
  };

  /** The range for this batch, kept until it replaces the trained one; counts the batch. */
  const currentRangeOf = (name: string, range: Tensor1D, input: Tensor): Tensor1D => {
    const { batches } = states[name];
    if (batches >= hwt.inputRangeBatches) return tf.keep(tf.clone(range));
    const [value] = range.dataSync();
    const next: InputRange = updateInputRange({ value, batches }, sampleSd(backend, input), hwt);
    states[name] = { ...states[name], batches: next.batches };
    return tf.keep(tf.tensor1d([next.value]));
  };
  /** Clips, remaps and draws new noise, tile by tile. */
  const finishStep = () => {
    steps++;
    for (const { shape, tile } of shapes) {
      const { name } = tile, key = weightOf(name);
      const trained = weightMatrix(shape, tile, parameters[key].dataSync() as Float32Array);
      const clipped = hwt.clipSigmas > 0 ? clipWeights(trained, hwt.clipSigmas) : trained;
      const { scales } = states[name];
      const rowOf = (i: number) => Math.floor(i / tile.inSize);
      const after = hwt.remap === "none"
        ? { weights: clipped, scales }
        : remapWeights(clipped, scales, hwt.remap, rowOf);
      parameters[key].dispose();
      parameters[key] = weightTensor(backend, shape, tile, after.weights);
      states[name] = { ...states[name], scales: after.scales };
      setScales(name, after.scales);
      addNoise(shape, name, after.weights);
    }
  };

  return {
    step(batch, learningRate) {
      const x = imageTensor(backend, batch);
      const labels = tf.tensor1d(batch.labels, "int32") as Tensor1D;
      const ranges: Record<string, Tensor1D> = {};
      const pass = lossAndGradients(backend, plan, parameters, x, labels, opsFor(ranges));
      const [loss] = pass.loss.dataSync();
      const correct = countCorrect(pass.logits, batch.labels);
      for (const [name, range] of Object.entries(ranges)) {
        parameters[rangeOf(name)].dispose();
        parameters[rangeOf(name)] = range;
      }
      parameters = { ...optimizer.step(parameters, pass.gradients, learningRate) };
      const old = statistics;
      statistics = updatedStatistics(backend, old, pass.batchStatistics);
      tf.dispose([x, labels, pass.loss, pass.logits, { ...pass.batchStatistics }, { ...old }]);
      finishStep();
      return { loss, correct };
    },
    analog() {
      const values = (name: string) => parameters[name].dataSync() as Float32Array;
      const trained = Object.entries(layers).map(([name, { shape, tiles }]) => {
        const now = tiles.map((tile) => ({
          ...tile,
          weights: weightMatrix(shape, tile, values(weightOf(tile.name))),
          scales: states[tile.name].scales,
          inputRange: values(rangeOf(tile.name))[0],
        }));
        return [name, { shape, tiles: now }] as const;
      });
      return {
        ...network,
        state: { ...network.state, ...digitalState() },
        layers: Object.fromEntries(trained),
      };
    },
    steps: () => steps,
    batches: () =>
      Object.fromEntries(Object.entries(states).map(([name, { batches }]) => [name, batches])),
    restore(from, stepsDone, batches) {
      steps = stepsDone;
      load(from, batches);
    },
  };

  /** What is not on crossbars, in PyTorch's layout. */
  function digitalState() {
    const present = Object.keys(layers).map((name) => {
      const { inChannels, outChannels, kernel, kind } = layers[name].shape;
      const shape = kind === "linear"
        ? [inChannels, outChannels]
        : [kernel, kernel, inChannels, outChannels];
      return [`${name}.weight`, tf.zeros(shape)] as const;
    });
    const standIns = Object.fromEntries(present);
    const all = toState(backend, plan, {
      parameters: { ...parameters, ...standIns },
      statistics,
    });
    tf.dispose(standIns);
    return Object.fromEntries(
      Object.entries(all).filter(([name]) => !(name in standIns)),
    );
  }
}
