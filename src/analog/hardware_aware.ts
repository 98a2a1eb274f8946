/** Hardware-aware training with the error that the config names: normal noise, or that of a memory of the arrays. */
import type { Config } from "../config.ts";
import { programmedWeights } from "./arrays/mod.ts";
import * as tiles from "./tiles/mod.ts";

/** The error of the memory that `hwt.weightNoise` names; undefined where it is a number, which the tiles know. */
function memoryError({ hwt: { weightNoise } }: Config): tiles.WeightError | undefined {
  if (typeof weightNoise === "number") return undefined;
  return (weights, normal) => programmedWeights(weights, weightNoise, normal);
}

/** Starts training `network` on the tiles; all chance follows from `seed`. */
export const hwtNetwork = (
  ...[crossbars, network, config, optimizer, seed]: Parameters<typeof tiles.hwtNetwork>
): tiles.HwtNetwork =>
  tiles.hwtNetwork(crossbars, network, config, optimizer, seed, memoryError(config));

/**
 * Trains a converted network on the tiles. After each epoch the watched split is evaluated with output noise and
 * without programming, for the record only.
 */
export const hwtStage = (options: tiles.HwtOptions): tiles.HwtStage =>
  tiles.hwtStage({ ...options, memoryError: memoryError(options.config) });
