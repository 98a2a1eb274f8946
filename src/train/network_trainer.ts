import type { Backend, Tensor, Tensor1D } from "../backend.ts";
import type { Batch } from "../dataset/mod.ts";
import {
  lossAndGradients,
  type NetworkPlan,
  type NetworkTensors,
  type State,
  stateEntries,
  toState,
  toTensors,
  type TrainingOps,
  updatedStatistics,
} from "../network/mod.ts";
import { countCorrect, imageTensor } from "./accuracy.ts";
import type { StepResult } from "./loop.ts";
import { clipGlobalNorm, type Optimizer } from "./optimizer.ts";
import type { StoredTensor, StoredTensors } from "./safetensors.ts";

/** A network in training: its tensors, what one step does to them, and how they are stored. */
export interface NetworkTrainer {
  /** One optimizer step over `batch`. `opsFor` says what the layers do; without it they are digital. */
  step(batch: Batch, learningRate: number, opsFor?: TrainingOps): StepResult;
  /** The tensors as they are now; they belong to the trainer and last until the next step. */
  network(): NetworkTensors;
  /** Network by PyTorch's names and in its layout; the optimizer's tensors under `optimizer/`. */
  stored(): StoredTensors;
  /** Puts back what `stored` gave. */
  restore(stored: StoredTensors): void;
}

/**
 * Trains the network of `plan` from `state` with `optimizer`.
 *
 * @param clipNorm upper bound of the gradient's global norm, where there is one
 */
export function networkTrainer(
  backend: Backend,
  plan: NetworkPlan,
  state: State,
  optimizer: Optimizer,
  clipNorm?: number,
): NetworkTrainer {
  const { tf } = backend;
  const entries = stateEntries(plan);
  let { parameters, statistics } = toTensors(backend, plan, state);
  return {
    step(batch, learningRate, opsFor) {
      const x = imageTensor(backend, batch);
      const labels = tf.tensor1d(batch.labels, "int32") as Tensor1D;
      const pass = lossAndGradients(backend, plan, parameters, x, labels, opsFor);
      const [loss] = pass.loss.dataSync();
      const correct = countCorrect(pass.logits, batch.labels);
      const { gradients } = pass;
      const clipped = clipNorm === undefined
        ? gradients
        : clipGlobalNorm(backend, gradients, clipNorm);
      parameters = optimizer.step(parameters, clipped, learningRate);
      const old = statistics;
      statistics = updatedStatistics(backend, old, pass.batchStatistics);
      tf.dispose([x, labels, pass.loss, pass.logits, { ...pass.batchStatistics }, { ...old }]);
      return { loss, correct };
    },
    network: () => ({ parameters, statistics }),
    stored() {
      const values = toState(backend, plan, { parameters, statistics });
      const stored: Record<string, StoredTensor> = {};
      for (const { name, shape } of entries) stored[name] = { shape, data: values[name] };
      for (const [name, tensor] of Object.entries(optimizer.tensors())) {
        stored[`optimizer/${name}`] = {
          shape: tensor.shape,
          data: tensor.dataSync() as Float32Array,
        };
      }
      return stored;
    },
    restore(stored) {
      tf.dispose([{ ...parameters }, { ...statistics }]);
      const values = entries.map(({ name }) => [name, stored[name].data as Float32Array]);
      ({ parameters, statistics } = toTensors(backend, plan, Object.fromEntries(values)));
      const slots: Record<string, Tensor> = {};
      for (const [name, { shape, data }] of Object.entries(stored)) {
        if (!name.startsWith("optimizer/")) continue;
        slots[name.slice("optimizer/".length)] = tf.tensor(
          data as Float32Array,
          [...shape],
          "float32",
        );
      }
      optimizer.restore(slots);
    },
  };
}
