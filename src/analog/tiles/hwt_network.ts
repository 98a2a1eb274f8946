/** A network in hardware-aware training: who holds its state from step to step. */
import type { Config } from "../../config.ts";
import type { Batch } from "../../dataset/mod.ts";
import { imageTensor, type Optimizer } from "../../train/mod.ts";
import type { AnalogNetwork } from "./convert.ts";
import type { WeightError } from "./hardware_aware.ts";
import { disposeState, hwtSetting, loadState, networkOf } from "./hwt_state.ts";
import { hwtStep } from "./hwt_step.ts";
import type { Crossbars } from "./layer.ts";

/** A network in training, for a stage or a benchmark to drive. */
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

/**
 * Starts training `network`; all chance follows from `seed`.
 *
 * @param memoryError the weights' error where `hwt.weightNoise` names a memory
 */
export function hwtNetwork(
  crossbars: Crossbars,
  network: AnalogNetwork,
  config: Config,
  optimizer: Optimizer,
  seed: number,
  memoryError?: WeightError,
): HwtNetwork {
  const setting = hwtSetting(crossbars, network, config, seed, memoryError);
  let state = loadState(setting, network, 0, {});
  return {
    step(batch, learningRate) {
      const x = imageTensor(crossbars.backend, batch);
      const result = hwtStep(setting, state, optimizer, x, batch.labels, learningRate);
      x.dispose();
      state = result.state;
      return { loss: result.loss, correct: result.correct };
    },
    analog: () => networkOf(setting, state),
    steps: () => state.steps,
    batches: () =>
      Object.fromEntries(Object.entries(state.tiles).map(([name, { batches }]) => [name, batches])),
    restore(from, steps, batches) {
      disposeState(setting, state);
      state = loadState(setting, from, steps, batches);
    },
  };
}
