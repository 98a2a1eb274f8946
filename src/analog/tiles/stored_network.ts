/** A network on crossbars as named arrays, for checkpoints and weight files. */
import { InputError } from "../../input_error.ts";
import type { State } from "../../network/mod.ts";
import { refuseUnsound, type StoredTensor, type StoredTensors } from "../../train/mod.ts";
import { type AnalogNetwork, tilesOf } from "./convert.ts";

/** A network on crossbars as named arrays: its digital numbers, and each tile's weights, scales and range. */
export function storedNetwork(network: AnalogNetwork): StoredTensors {
  const stored: Record<string, StoredTensor> = {};
  for (const [name, data] of Object.entries(network.state)) {
    stored[name] = { shape: [data.length], data };
  }
  for (const { name, weights, scales, inputRange, inSize, outSize } of tilesOf(network)) {
    stored[`${name}.weight`] = { shape: [outSize, inSize], data: weights };
    stored[`${name}.scales`] = { shape: [outSize], data: scales };
    stored[`${name}.input_range`] = { shape: [1], data: Float32Array.of(inputRange) };
  }
  return stored;
}

/**
 * The network of `storedNetwork`, with the layout of `like`. Tensors beyond it are passed over (an
 * optimizer's).
 *
 * @param path where `stored` was read, for messages
 * Throws InputError where a tensor of the layout is missing, a tile's is there that the layout lacks, a
 * shape differs, a number is not finite, a variance is negative or an input range not above 0.
 */
export function restoredNetwork(
  like: AnalogNetwork,
  stored: StoredTensors,
  path = "the stored network",
): AnalogNetwork {
  refuseOtherLayout(storedNetwork(like), stored, path);
  const values = (name: string) => stored[name].data as Float32Array;
  const state: State = Object.fromEntries(
    Object.keys(like.state).map((name) => [name, values(name)]),
  );
  const layers = Object.entries(like.layers).map(([name, { shape, tiles }]) => [
    name,
    {
      shape,
      tiles: tiles.map((tile) => ({
        ...tile,
        weights: values(`${tile.name}.weight`),
        scales: values(`${tile.name}.scales`),
        inputRange: values(`${tile.name}.input_range`)[0],
      })),
    },
  ]);
  return { ...like, state, layers: Object.fromEntries(layers) };
}

/** Tensors of tiles, which say how layers are cut. */
const OF_A_TILE = /\.tile\.\d+\.(weight|scales|input_range)$/;

function refuseOtherLayout(wanted: StoredTensors, stored: StoredTensors, path: string): void {
  const fault = (what: string) =>
    new InputError(
      `${path} was stored with another layout of the network on tiles: ${what}. Use the cell, the size and ` +
        `the tile settings (hardware.maxInputSize, hardware.maxOutputSize) that it was trained with.`,
    );
  for (const [name, { shape }] of Object.entries(wanted)) {
    const found = stored[name];
    if (found === undefined) throw fault(`it lacks ${name}, here [${shape}]`);
    if (!(found.data instanceof Float32Array)) throw fault(`${name} holds no float32 numbers`);
    if (found.shape.join() !== shape.join()) {
      throw fault(`${name} is [${found.shape}] there and [${shape}] here`);
    }
  }
  const extra = Object.keys(stored).find((name) =>
    OF_A_TILE.test(name) && !name.startsWith("optimizer/") && !(name in wanted)
  );
  if (extra !== undefined) throw fault(`it has ${extra}, which is not here`);
  const values = Object.keys(wanted).map((name) => [name, stored[name].data as Float32Array]);
  refuseUnsound(Object.fromEntries(values), path);
  for (const [name, [range]] of values as [string, Float32Array][]) {
    if (name.endsWith(".input_range") && !(range > 0)) {
      throw new InputError(
        `${path}: ${name} is ${range}; an input range is above 0. The training that wrote it went wrong.`,
      );
    }
  }
}
