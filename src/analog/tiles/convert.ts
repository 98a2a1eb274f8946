/**
 * From a trained network to crossbar tiles: which weights lie where. Plain data, no TensorFlow.
 *
 * Source: AIHWKit 1.1.0, `convert_to_analog` and `tiles/array.py`. Converting neither clips nor programs;
 * biases and batch norms stay digital.
 */
import type { Hardware } from "../../config.ts";
import { hasLength, hasMembers } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import type { NetworkPlan, State } from "../../network/mod.ts";
import { analogShapes } from "../digital_layers.ts";
import { type LayerShape, rowStart, weightCount } from "../layer_shape.ts";
import { type Mapping, mapWeights, splitSizes } from "./tile.ts";

/** A piece of a layer on one crossbar. */
export interface AnalogTile extends Mapping {
  /** `<layer>.tile.<number>`; names its random streams. */
  readonly name: string;
  /** First row of the layer's matrix on this tile, and how many. Rows are channel-major, then y, then x. */
  readonly inStart: number;
  readonly inSize: number;
  readonly outStart: number;
  readonly outSize: number;
  /** Input magnitude that fills the DAC's range. */
  readonly inputRange: number;
}

/** A layer and its tiles, output piece by output piece within each input piece. */
export interface AnalogLayer {
  readonly shape: LayerShape;
  readonly tiles: readonly AnalogTile[];
}

/** A network, part of which is on crossbars. */
export interface AnalogNetwork {
  readonly plan: NetworkPlan;
  /** The digital numbers, those of the converted layers included. */
  readonly state: State;
  readonly hardware: Hardware;
  /** By the layer's name. */
  readonly layers: Readonly<Record<string, AnalogLayer>>;
}

const SHAPES = "analog.layerShapes(plan) gives those of a network.";
const HARDWARE = "config.resolveConfig({ hardware: { ... } }).hardware is complete.";

/** Cuts a layer's matrix [out x in] into tiles and maps each. Throws InputError for another size and unusable weights. */
export function convertLayer(
  shape: LayerShape,
  matrix: Float32Array,
  hardware: Hardware,
): AnalogLayer {
  hasMembers("A layer's shape", shape, ["name", "inChannels", "outChannels", "kernel"], SHAPES);
  hasMembers("Hardware", hardware, ["maxInputSize", "weightScaling"], HARDWARE);
  hasLength(`The matrix of ${shape.name}`, matrix, weightCount(shape));
  const tiles = cut(shape, hardware).map((place, number): AnalogTile => {
    const { inStart, inSize, outStart, outSize } = place;
    const piece = new Float32Array(outSize * inSize);
    for (let o = 0; o < outSize; o++) {
      const at = rowStart(shape, inStart, outStart + o);
      piece.set(matrix.subarray(at, at + inSize), o * inSize);
    }
    const name = `${shape.name}.tile.${number}`;
    const mapping = named(name, () => mapWeights(piece, outSize, hardware));
    return { name, ...place, inputRange: hardware.inputRange, ...mapping };
  });
  return { shape, tiles };
}

/** Where the tiles of a layer lie: pieces of its matrix, or of each channel's row where these stand alone. */
function cut({ inChannels, outChannels, kernel, groups }: LayerShape, hardware: Hardware) {
  const { maxInputSize, maxOutputSize } = hardware, area = kernel ** 2;
  if (groups === 1) {
    return inPieces(splitSizes(inChannels * area, maxInputSize)).flatMap(([inStart, inSize]) =>
      inPieces(splitSizes(outChannels, maxOutputSize)).map(([outStart, outSize]) => ({
        inStart,
        inSize,
        outStart,
        outSize,
      }))
    );
  }
  return Array.from(
    { length: outChannels },
    (_, channel) =>
      inPieces(splitSizes(area, maxInputSize)).map(([start, inSize]) => ({
        inStart: channel * area + start,
        inSize,
        outStart: channel,
        outSize: 1,
      })),
  ).flat();
}

/** Start and size of pieces that lie one behind another. */
function inPieces(sizes: readonly number[]): [start: number, size: number][] {
  let start = 0;
  return sizes.map((size) => [(start += size) - size, size]);
}

/**
 * Puts the layers of a trained network onto crossbars.
 *
 * @param isAnalog which layers, by name, of those that `hardware` does not keep digital; all by default
 */
export function convert(
  plan: NetworkPlan,
  state: State,
  hardware: Hardware,
  isAnalog: (layer: string) => boolean = () => true,
): AnalogNetwork {
  hasMembers("Hardware", hardware, ["maxInputSize", "weightScaling"], HARDWARE);
  const shapes = analogShapes(plan, hardware.digital, hardware.depthwise).filter(({ name }) =>
    isAnalog(name)
  );
  if (shapes.length === 0) {
    throw new InputError("No layer of the network was chosen for the crossbars.");
  }
  const layers = shapes.map((shape) => {
    const matrix = state[`${shape.name}.weight`];
    const size = weightCount(shape);
    if (matrix?.length !== size) {
      throw new InputError(
        `The weights are of another network: ${shape.name} needs ${size} numbers, ` +
          `they have ${matrix?.length ?? 0}.`,
      );
    }
    return [shape.name, convertLayer(shape, matrix, hardware)] as const;
  });
  return { plan, state, hardware, layers: Object.fromEntries(layers) };
}

/** All tiles of a network. */
export function tilesOf(network: AnalogNetwork): AnalogTile[] {
  hasMembers(
    "A network on crossbars",
    network,
    ["layers"],
    "analog.convert(plan, state, hardware) makes one.",
  );
  return Object.values(network.layers).flatMap(({ tiles }) => tiles);
}

function named<T>(name: string, f: () => T): T {
  try {
    return f();
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${name}: ${error.message}`);
    throw error;
  }
}
