/** What one batch tells: its loss, the gradient of every parameter, and the statistics of its batch norms. */
import type { Backend, Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from "../backend.ts";
import { type OnBatchStatistics, trainingOps } from "./digital.ts";
import { forward, type LayerOps } from "./forward.ts";
import type { NetworkPlan } from "./plan.ts";
import type { NamedTensors } from "./state.ts";

/** Result of one forward and backward pass; the caller disposes all of it. */
export interface TrainingPass {
  /** Mean cross entropy before the step. */
  readonly loss: Scalar;
  /** `[batch, classes]`. */
  readonly logits: Tensor2D;
  /** Gradient of the loss by parameter; zeros where the parameter cannot reach the output. */
  readonly gradients: NamedTensors;
  /** Mean and unbiased variance of the batch under `<norm>.running_mean`, `<norm>.running_var`. */
  readonly batchStatistics: NamedTensors;
}

/** Builds the layers around the parameters that gradients are taken of. */
export type TrainingOps = (
  backend: Backend,
  parameters: NamedTensors,
  onBatchStatistics: OnBatchStatistics,
) => LayerOps;

/**
 * Forward and backward pass in training mode.
 *
 * @param x `[batch, height, width, 3]`
 * @param labels `[batch]`, int32
 * @param opsFor the layers; quantization-aware and hardware-aware training give their own
 */
export function lossAndGradients(
  backend: Backend,
  plan: NetworkPlan,
  parameters: NamedTensors,
  x: Tensor4D,
  labels: Tensor1D,
  opsFor: TrainingOps = trainingOps,
): TrainingPass {
  const { tf } = backend;
  const names = Object.keys(parameters);
  const values = names.map((name) => parameters[name]);
  const batchStatistics: Record<string, Tensor> = {};
  let logits: Tensor2D | undefined;
  const loss = () => {
    const ops = opsFor(backend, parameters, (norm, mean, variance) => {
      batchStatistics[`${norm}.running_mean`] = mean;
      batchStatistics[`${norm}.running_var`] = variance;
    });
    logits = tf.keep(forward(backend, plan, ops, x));
    return backend.crossEntropy(logits, labels) as Scalar;
  };
  const { value, grads } = tf.engine().gradients(loss, values, undefined, true);
  const gradients = names.map((name, i) => [name, grads[i] ?? tf.zerosLike(values[i])]);
  return {
    loss: value as Scalar,
    logits: logits!,
    gradients: Object.fromEntries(gradients),
    batchStatistics,
  };
}

/**
 * Running statistics after a batch: 0.9 of the old, 0.1 of the batch's (PyTorch's momentum 0.1).
 * Disposes neither argument.
 */
export function updatedStatistics(
  { tf }: Backend,
  statistics: NamedTensors,
  batchStatistics: NamedTensors,
): NamedTensors {
  return Object.fromEntries(
    Object.entries(statistics).map(([name, old]) => [
      name,
      tf.tidy(() => tf.add(tf.mul(old, 0.9), tf.mul(batchStatistics[name], 0.1))),
    ]),
  );
}
