/**
 * TensorFlow's pass held against the exact one, step by step and each from the exact state: rounding cannot
 * add up from step to step, so that no order of sums and no number of threads matters.
 */
import type { Backend, Tensor1D, Tensor4D } from "../../backend.ts";
import {
  lossAndGradients,
  type NetworkPlan,
  type NetworkTensors,
  type State,
  toState,
  toTensors,
  type TrainingOps,
  trainingOps,
} from "../../network/mod.ts";
import { disposeAll } from "../reference_network.ts";
import type { ExactStep } from "./training.ts";
import type { ExactState } from "./walk.ts";

/** What rounding may do to gradients and statistics, as a share of the largest of their tensor. */
export const ROUNDING = 1e-3;
/** In a tensor whose gradients are small all over, errors are shares of this part of the network's largest. */
const SHARE_OF_NETWORK = 1e-2;

/** What TensorFlow finds of a step. */
export interface ShadowStep {
  readonly loss: number;
  /** Largest error of a gradient as a share of the largest of its tensor. The exact one goes the same ways through ReLUs and poolings. */
  readonly gradients: number;
  /** What the ways that are other than the exact ones amount to: an input near 0, a difference of near equals. */
  readonly turned: number;
  /** Largest error of a mean or variance of the batch, as a share of its tensor's largest. */
  readonly statistics: number;
}

/** The pass at the exact state of `step`, rounded to single precision. */
export function shadowStep(
  backend: Backend,
  plan: NetworkPlan,
  step: ExactStep,
  [x, labels]: readonly [Tensor4D, Tensor1D],
): ShadowStep {
  const tensors = exactTensors(backend, plan, step.state);
  const seen: Record<string, ArrayLike<number>> = {};
  const pools = plan.steps.filter(({ kind }) => kind === "max_pool").values();
  const watched: Backend = {
    ...backend,
    maxPool(x, ...geometry) {
      seen[pools.next().value!.name] = x.dataSync();
      return backend.maxPool(x, ...geometry);
    },
  };
  const watching: TrainingOps = (backend, parameters, onBatchStatistics) => {
    const ops = trainingOps(backend, parameters, onBatchStatistics);
    return {
      ...ops,
      relu(name, x) {
        const y = ops.relu(name, x);
        seen[name] = y.dataSync();
        return y;
      },
    };
  };
  const pass = lossAndGradients(watched, plan, tensors.parameters, x, labels, watching);
  const [loss] = pass.loss.dataSync(), { gradients: parameters, batchStatistics } = pass;
  const found = toState(backend, plan, { parameters, statistics: batchStatistics });
  disposeAll(backend, tensors.parameters, tensors.statistics, parameters, batchStatistics);
  disposeAll(backend, { loss: pass.loss, logits: pass.logits });
  return {
    loss,
    gradients: gradientError(found, step.gradients(seen)),
    turned: step.turned(seen),
    statistics: Math.max(
      ...Object.entries(step.statistics).map(([name, exact]) =>
        largest(exact, (v, i) => found[name][i] - v) / largest(exact)
      ),
    ),
  };
}

/** The state as tensors in single precision; the receiver disposes them. */
export const exactTensors = (
  backend: Backend,
  plan: NetworkPlan,
  state: ExactState,
): NetworkTensors =>
  toTensors(
    backend,
    plan,
    Object.fromEntries(
      Object.entries(state).map(([name, values]) => [name, Float32Array.from(values)]),
    ),
  );

function gradientError(found: State, gradients: ExactState): number {
  const ofNetwork = Math.max(...Object.values(gradients).map((g) => largest(g)));
  const errors = Object.entries(gradients).map(([name, exact]) =>
    largest(exact, (g, i) => found[name][i] - g) /
    Math.max(largest(exact), SHARE_OF_NETWORK * ofNetwork)
  );
  return Math.max(...errors);
}

/** The largest magnitude; of NaN it is infinite. */
function largest(values: Float64Array, of: (v: number, i: number) => number = (v) => v): number {
  let most = 0;
  values.forEach((v, i) => {
    const size = Math.abs(of(v, i));
    most = Number.isNaN(size) ? Infinity : Math.max(most, size);
  });
  return most;
}
