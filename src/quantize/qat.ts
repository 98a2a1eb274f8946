/**
 * Quantization-aware training (Jacob et al. 2018, section 3): fake quantization in the graph, gradients
 * straight through, from a trained network. Recipe of the published study: Adam, plateau schedule on the
 * watched accuracy, clipped gradients.
 */
import type { Backend } from "../backend.ts";
import { type Config, protocolOf } from "../config.ts";
import { type NetworkPlan, type State, type TrainingOps, trainingOps } from "../network/mod.ts";
import { identityOf } from "../space/mod.ts";
import {
  adam,
  afterEpoch,
  type Json,
  networkTrainer,
  type Plateau,
  type ProtocolData,
  type Stage,
} from "../train/mod.ts";
import type { Range } from "./observer.ts";
import {
  type Quantization,
  quantizedAccuracy_pct,
  quantizedActivation,
  quantizedWeights,
  withActivations,
} from "./quantized_ops.ts";

/** Weight of a new batch in the moving range. Source: torch.ao's MovingAverageMinMaxObserver. */
const AVERAGING = 0.01;

/** What quantization-aware training starts from. */
export interface QatOptions {
  readonly backend: Backend;
  readonly plan: NetworkPlan;
  /** Trained weights to start from. */
  readonly state: State;
  /** What identifies these weights, for checkpoints: e.g. their hash. */
  readonly origin: Json;
  readonly config: Config;
  readonly data: ProtocolData;
}

/** A stage that also tells the integer grids it has learnt. */
export interface QatStage extends Stage {
  quantization(): Quantization;
}

/** The stage of quantization-aware training; its records hold the accuracy of the integer network. */
export function qatStage({ backend, plan, state, origin, config, data }: QatOptions): QatStage {
  const { qat, ptq: { weightBits, activationBits } } = config;
  const { epochs, ...recipe } = qat;
  const { watchedSplit } = data;
  const trainer = networkTrainer(backend, plan, state, adam(backend, qat), qat.clipNorm);
  let ranges: Record<string, Range> = {};
  let plateau: Plateau = { learningRate: qat.learningRate, best: null, waited: 0 };
  const quantization = (): Quantization => ({ weightBits, activationBits, ranges });

  const opsFor: TrainingOps = (backend, parameters, onBatchStatistics) => {
    const quantized = quantizedWeights(backend, parameters, weightBits);
    const ops = trainingOps(backend, quantized, onBatchStatistics);
    return withActivations(backend, plan, ops, (name, x) => {
      const seen = extremes(backend, x);
      // No grid holds such a value. It goes on to the loss, which stops the run and names the step.
      if (!Number.isFinite(seen.max - seen.min)) return x;
      ranges[name] = movedRange(ranges[name], seen);
      return quantizedActivation(backend, x, ranges[name], activationBits);
    });
  };

  return {
    name: "qat",
    epochs,
    identity: {
      ...identityOf(plan.architecture),
      origin,
      protocol: { ...protocolOf(config) },
      qat: recipe,
      weightBits,
      activationBits,
      threads: backend.threads,
    },
    learningRate: () => plateau.learningRate,
    step: (batch, { learningRate }) => trainer.step(batch, learningRate, opsFor),
    endEpoch(epoch) {
      const batches = data.evaluation(watchedSplit, `qat/epoch ${epoch}`);
      const network = trainer.network();
      const accuracy = quantizedAccuracy_pct(backend, plan, network, quantization(), batches);
      const { plateauFactor: factor, plateauPatience: patience } = qat;
      plateau = afterEpoch(plateau, accuracy, { factor, patience });
      return { [`${watchedSplit}_accuracy_pct`]: accuracy };
    },
    tensors: () => trainer.stored(),
    state: () => ({ ranges, plateau }) as unknown as Json,
    restore(tensors, state) {
      trainer.restore(tensors);
      ({ ranges, plateau } = state as unknown as {
        ranges: Record<string, Range>;
        plateau: Plateau;
      });
    },
    quantization,
  };
}

function extremes({ tf }: Backend, x: Parameters<typeof tf.min>[0]): Range {
  const [min, max] = tf.tidy(() => tf.stack([tf.min(x), tf.max(x)]).dataSync());
  return { min: Math.min(0, min), max: Math.max(0, max) };
}

/** The first batch sets the range, later ones move it. */
function movedRange(range: Range | undefined, seen: Range): Range {
  if (range === undefined) return seen;
  const moved = (old: number, now: number) => old + AVERAGING * (now - old);
  return { min: moved(range.min, seen.min), max: moved(range.max, seen.max) };
}
