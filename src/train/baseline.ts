import type { Backend } from "../backend.ts";
import { type Config, protocolOf } from "../config.ts";
import { initialState, type NetworkPlan } from "../network/mod.ts";
import { identityOf } from "../space/mod.ts";
import { digitalAccuracy_pct } from "./accuracy.ts";
import type { Stage } from "./loop.ts";
import { networkTrainer } from "./network_trainer.ts";
import { sgd } from "./optimizer.ts";
import type { ProtocolData } from "./protocol_data.ts";
import { cosine } from "./schedule.ts";

/** What baseline training starts from. */
export interface BaselineOptions {
  readonly backend: Backend;
  readonly plan: NetworkPlan;
  readonly config: Config;
  readonly data: ProtocolData;
  readonly seed: number;
}

/**
 * Training from scratch by the recipe of NAS-Bench-201 (Dong & Yang 2020, section 2.2): SGD with Nesterov
 * momentum under a cosine schedule. After each epoch the watched split is evaluated, for the record only.
 */
export function baselineStage({ backend, plan, config, data, seed }: BaselineOptions): Stage {
  const { training, network } = config;
  const { epochs, learningRate, momentum, weightDecay } = training;
  const trainer = networkTrainer(backend, plan, initialState(plan, seed), sgd(backend, training));
  const { watchedSplit } = data;
  return {
    name: "baseline",
    epochs,
    identity: {
      ...identityOf(plan.architecture),
      protocol: { ...protocolOf(config) },
      network: { ...network },
      training: { learningRate, momentum, weightDecay },
      threads: backend.threads,
    },
    learningRate: (epoch) => cosine(learningRate, epoch, epochs),
    step: (batch, { learningRate }) => trainer.step(batch, learningRate),
    endEpoch(epoch) {
      const batches = data.evaluation(watchedSplit, `baseline/epoch ${epoch}`);
      const accuracy = digitalAccuracy_pct(backend, plan, trainer.network(), batches);
      return { [`${watchedSplit}_accuracy_pct`]: accuracy };
    },
    tensors: () => trainer.stored(),
    state: () => null,
    restore: (tensors) => trainer.restore(tensors),
  };
}
