/** Hardware-aware training as a stage of the trainer's loop: checkpoints, resuming and records are its. */
import { type Config, protocolOf } from "../../config.ts";
import { identityOf } from "../../space/mod.ts";
import { cosine, type Json, type ProtocolData, sgd, type Stage } from "../../train/mod.ts";
import { analogAccuracy_pct } from "./accuracy.ts";
import type { AnalogNetwork } from "./convert.ts";
import type { WeightError } from "./hardware_aware.ts";
import { hwtNetwork } from "./hwt_network.ts";
import type { Crossbars } from "./layer.ts";
import { restoredNetwork, storedNetwork } from "./stored_network.ts";

/** What hardware-aware training starts from. */
export interface HwtOptions {
  readonly crossbars: Crossbars;
  /** A trained network, converted. */
  readonly network: AnalogNetwork;
  readonly config: Config;
  readonly data: ProtocolData;
  readonly seed: number;
  /** Identifies the weights that training starts from, e.g. their hash; compared on resuming. */
  readonly source: string;
  /** The weights' error where `hwt.weightNoise` names a memory. */
  readonly memoryError?: WeightError | undefined;
}

/** The stage, and the network that it has trained so far. */
export interface HwtStage extends Stage {
  analog(): AnalogNetwork;
}

/**
 * Trains a converted network on the simulator. After each epoch the watched split is evaluated with
 * output noise and without programming, for the record only.
 */
export function hwtStage(options: HwtOptions): HwtStage {
  const { crossbars, config, data, seed, source } = options;
  const { backend } = crossbars, { tf } = backend, { hwt, training, hardware } = config;
  const { epochs, ...recipe } = hwt;
  const optimizer = sgd(backend, training);
  const { memoryError } = options;
  const network = hwtNetwork(crossbars, options.network, config, optimizer, seed, memoryError);
  const { hwtSchedule, hwtGradient } = protocolOf(config), { watchedSplit } = data;
  return {
    name: "hwt",
    epochs,
    identity: {
      ...identityOf(options.network.plan.architecture),
      source,
      analog: Object.keys(options.network.layers),
      hwtSchedule,
      hwtGradient,
      watchedSplit,
      hwt: recipe,
      hardware: JSON.parse(JSON.stringify(hardware)),
      momentum: training.momentum,
      weightDecay: training.weightDecay,
      threads: backend.threads,
    },
    learningRate: (epoch) =>
      hwtSchedule === "constant" ? hwt.learningRate : cosine(hwt.learningRate, epoch, epochs),
    step: (batch, { learningRate }) => network.step(batch, learningRate),
    endEpoch(epoch) {
      const batches = data.evaluation(watchedSplit, `hwt/epoch ${epoch}`);
      const label = `hwt/epoch ${epoch}`;
      const accuracy = analogAccuracy_pct(crossbars, network.analog(), batches, { seed, label });
      return { [`${watchedSplit}_accuracy_pct`]: accuracy };
    },
    tensors() {
      const slots = Object.entries(optimizer.tensors()).map(([name, tensor]) => [
        `optimizer/${name}`,
        { shape: tensor.shape, data: tensor.dataSync() as Float32Array },
      ]);
      return { ...storedNetwork(network.analog()), ...Object.fromEntries(slots) };
    },
    state: (): Json => ({ steps: network.steps(), batches: network.batches() }),
    restore(stored, state) {
      const { steps, batches } = state as { steps: number; batches: Record<string, number> };
      network.restore(restoredNetwork(options.network, stored), steps, batches);
      const slots = Object.entries(stored).filter(([name]) => name.startsWith("optimizer/"));
      optimizer.restore(Object.fromEntries(slots.map(([name, { shape, data }]) => [
        name.slice("optimizer/".length),
        tf.tensor(data as Float32Array, [...shape], "float32"),
      ])));
    },
    analog: () => network.analog(),
  };
}
