/** All that hardware-aware training changes, as values and tensors: loaded, read out, given back. */
import type { Tensor, Tensor1D } from "../../backend.ts";
import { type Config, protocolOf } from "../../config.ts";
import { type NamedTensors, type State, toState, toTensors } from "../../network/mod.ts";
import { prng } from "../../random.ts";
import { gaussian, type NormalSource } from "../gaussian.ts";
import { type LayerShape, weightMatrix, weightTensor } from "../layer_shape.ts";
import { type AnalogNetwork, type AnalogTile, tilesOf } from "./convert.ts";
import { type InputRange, modifyWeights, type WeightError } from "./hardware_aware.ts";
import type { Crossbars } from "./layer.ts";
import type { GradientRule } from "./train_tile.ts";

/** What stays as it is while a network is trained. */
export interface HwtSetting {
  readonly crossbars: Crossbars;
  /** The network that training starts from; of later ones it has the plan and the layout. */
  readonly network: AnalogNetwork;
  /** The tiles in their order; a tile's place in it names its output noise. */
  readonly tiles: readonly PlacedTile[];
  readonly hwt: Config["hwt"];
  /** The noise on weights in the forward and backward pass of a step. */
  readonly weightError: WeightError;
  readonly gradientRule: GradientRule;
  /** All noise follows from it. */
  readonly seed: number;
}

/** A tile and the layer that it belongs to. */
export interface PlacedTile {
  readonly shape: LayerShape;
  readonly tile: AnalogTile;
}

/**
 * What training `network` under `config` means.
 *
 * @param memoryError the weights' error where the config names a memory; not asked for where it has a number
 * @throws RangeError where the config names a memory whose error is not given
 */
export function hwtSetting(
  crossbars: Crossbars,
  network: AnalogNetwork,
  config: Config,
  seed: number,
  memoryError?: WeightError,
): HwtSetting {
  const { weightNoise } = config.hwt;
  const weightError = typeof weightNoise === "number"
    ? (weights: Float32Array, normal: NormalSource) => modifyWeights(weights, weightNoise, normal)
    : memoryError;
  if (weightError === undefined) throw new RangeError(`No error of ${weightNoise} was given.`);
  const tiles = Object.values(network.layers).flatMap(({ shape, tiles }) =>
    tiles.map((tile) => ({ shape, tile }))
  );
  const gradientRule = protocolOf(config).hwtGradient;
  return { crossbars, network, tiles, hwt: config.hwt, weightError, gradientRule, seed };
}

/** A network in training. Its tensors belong to it, and are gone with the next step. */
export interface HwtState {
  /** What the optimizer trains: digital parameters, and of each tile `<tile>.weight`, `<tile>.input_range`. */
  readonly parameters: NamedTensors;
  /** Running statistics of the batch norms. */
  readonly statistics: NamedTensors;
  /** By name. */
  readonly tiles: Readonly<Record<string, TileState>>;
  /** Steps done. */
  readonly steps: number;
}

/** What is known of a tile beside its trained tensors. */
export interface TileState {
  readonly scales: Float32Array;
  readonly scaleTensor: Tensor1D;
  /** The weights with the noise of the coming batch, for its forward and its backward pass. */
  readonly noisyWeights: Tensor;
  /** Batches that the estimate of the input range has seen. */
  readonly batches: number;
}

/** Name of a tile's trained weights among the parameters. */
export const weightOf = (tile: string) => `${tile}.weight`;
/** Name of a tile's trained input range among the parameters. */
export const rangeOf = (tile: string) => `${tile}.input_range`;

/** `network` as it stands after `steps` steps, its tiles' input ranges estimated from `batches` batches. */
export function loadState(
  setting: HwtSetting,
  network: AnalogNetwork,
  steps: number,
  batches: Readonly<Record<string, number>>,
): HwtState {
  const { backend } = setting.crossbars, { tf } = backend;
  const { parameters: digital, statistics } = toTensors(backend, network.plan, network.state);
  const parameters: Record<string, Tensor> = { ...digital };
  for (const layer of Object.keys(network.layers)) {
    parameters[`${layer}.weight`].dispose();
    delete parameters[`${layer}.weight`];
  }
  const tiles = tilesOf(network).map((tile, number) => {
    const { name, weights, scales, inputRange } = tile, placed = setting.tiles[number];
    parameters[weightOf(name)] = weightTensor(backend, placed.shape, tile, weights);
    parameters[rangeOf(name)] = tf.tensor1d([inputRange]);
    return [name, tileState(setting, placed, { weights, scales }, steps, batches[name] ?? 0)];
  });
  return { parameters, statistics, tiles: Object.fromEntries(tiles), steps };
}

/**
 * A tile ahead of the step that follows `steps` others, with that step's noise on its weights: a function
 * of the seed, the tile and the number of steps, so that a run goes on with it. The first step has none.
 */
export function tileState(
  { crossbars: { backend }, weightError, seed }: HwtSetting,
  { shape, tile }: PlacedTile,
  { weights, scales }: Pick<AnalogTile, "weights" | "scales">,
  steps: number,
  batches: InputRange["batches"],
): TileState {
  const normal = gaussian(prng(seed, `hwt/weight noise ${steps}/${tile.name}`));
  const noisy = steps === 0 ? weights : weightError(weights, normal);
  return {
    scales,
    scaleTensor: backend.tf.tensor1d(scales),
    noisyWeights: weightTensor(backend, shape, tile, noisy),
    batches,
  };
}

/** The network as it is now; weights without noise. */
export function networkOf(setting: HwtSetting, state: HwtState): AnalogNetwork {
  const { network } = setting, { parameters, tiles } = state;
  const values = (name: string) => parameters[name].dataSync() as Float32Array;
  const layers = Object.entries(network.layers).map(([name, layer]) => {
    const trained = layer.tiles.map((tile) => ({
      ...tile,
      weights: weightMatrix(layer.shape, tile, values(weightOf(tile.name))),
      scales: tiles[tile.name].scales,
      inputRange: values(rangeOf(tile.name))[0],
    }));
    return [name, { shape: layer.shape, tiles: trained }] as const;
  });
  return {
    ...network,
    state: { ...network.state, ...digitalState(setting, state) },
    layers: Object.fromEntries(layers),
  };
}

/** The numbers that are not on crossbars, in PyTorch's layout. */
function digitalState({ crossbars, network }: HwtSetting, state: HwtState): State {
  const { backend } = crossbars, { tf } = backend;
  // Weights that are on tiles are asked for all the same: zeros stand in for them.
  const standIns = Object.fromEntries(
    Object.values(network.layers).map(({ shape }) => {
      const { name, inChannels, outChannels, kernel, kind, groups } = shape;
      const ends = [inChannels / groups, outChannels];
      return [`${name}.weight`, tf.zeros(kind === "linear" ? ends : [kernel, kernel, ...ends])];
    }),
  );
  const all = toState(backend, network.plan, {
    parameters: { ...state.parameters, ...standIns },
    statistics: state.statistics,
  });
  tf.dispose(standIns);
  return Object.fromEntries(Object.entries(all).filter(([name]) => !(name in standIns)));
}

/** Gives all tensors of `state` back. */
export function disposeState({ crossbars: { backend } }: HwtSetting, state: HwtState): void {
  const { parameters, statistics, tiles } = state;
  backend.tf.dispose([{ ...parameters }, { ...statistics }]);
  disposeTiles(backend.tf, tiles);
}

/** Gives the tensors of `tiles` back. */
export function disposeTiles(
  tf: Crossbars["backend"]["tf"],
  tiles: HwtState["tiles"],
): void {
  for (const { scaleTensor, noisyWeights } of Object.values(tiles)) {
    tf.dispose([scaleTensor, noisyWeights]);
  }
}
