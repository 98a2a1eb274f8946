/** AIHWKit's tiles as a simulator. */
import { type Config, type Hardware, protocolOf } from "../../config.ts";
import type { State } from "../../network/mod.ts";
import { rowStart, weightCount } from "../layer_shape.ts";
import type { Readout, Simulator } from "../simulator.ts";
import { analogLogits } from "./accuracy.ts";
import { calibrateInputRanges } from "./calibrate.ts";
import { type AnalogNetwork, type AnalogTile, convert } from "./convert.ts";
import type { Crossbars } from "./layer.ts";
import { drift, program, type Readings } from "./program.ts";

/** The numbers of a network that was trained on tiles, with the weights that its tiles hold. */
export function logicalState({ state, layers }: AnalogNetwork): State {
  const matrices = Object.values(layers).map(({ shape, tiles }) => {
    const matrix = new Float32Array(weightCount(shape));
    for (const { weights, scales, inStart, inSize, outStart, outSize } of tiles) {
      for (let o = 0; o < outSize; o++) {
        const at = rowStart(shape, inStart, outStart + o);
        for (let i = 0; i < inSize; i++) matrix[at + i] = weights[o * inSize + i] * scales[o];
      }
    }
    return [`${shape.name}.weight`, matrix] as const;
  });
  return { ...state, ...Object.fromEntries(matrices) };
}

/**
 * A network trained on tiles, put onto others: the logical weights are cut and mapped again, each tile with the
 * input range that was learnt for the same inputs.
 */
export function remapped(network: AnalogNetwork, hardware: Hardware): AnalogNetwork {
  const { plan, layers } = network;
  const again = convert(plan, logicalState(network), hardware, (layer) => layer in layers);
  const learnt = (layer: string, { inStart, outStart }: AnalogTile) =>
    layers[layer].tiles.find((t) =>
      t.inStart <= inStart && inStart < t.inStart + t.inSize &&
      t.outStart <= outStart && outStart < t.outStart + t.outSize
    )!.inputRange;
  const withRanges = Object.entries(again.layers).map(([name, { shape, tiles }]) => [
    name,
    { shape, tiles: tiles.map((tile) => ({ ...tile, inputRange: learnt(name, tile) })) },
  ]);
  return { ...again, layers: Object.fromEntries(withRanges) };
}

/**
 * The tiles of a config. A network that was trained on them keeps its learnt input ranges; of another they are
 * fixed, or found from the protocol's images.
 */
export function tileSimulator(crossbars: Crossbars, config: Config): Simulator {
  const { hardware } = config, isFixed = protocolOf(config).inputRange === "fixed";
  return {
    map({ plan, state, tiles }, images) {
      const network = tiles !== null
        ? tiles.hardware === hardware ? tiles : remapped(tiles, hardware)
        : isFixed
        ? convert(plan, state, hardware)
        : calibrateInputRanges(
          crossbars.backend,
          convert(plan, state, hardware),
          images.ofProtocol(),
        );
      const readout = (readings?: Readings): Readout => ({
        logits: (seed, label) => analogLogits(crossbars, network, readings, seed, label),
      });
      return {
        ...readout(),
        program(seed) {
          const programmed = program(network, seed);
          return {
            read: (t_inference_s, seed) => readout(drift(network, programmed, t_inference_s, seed)),
          };
        },
      };
    },
  };
}
