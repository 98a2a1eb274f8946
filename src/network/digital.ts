/** The layers of a digital network: in training, and folded for evaluation. */
import {
  type Backend,
  BATCH_NORM_EPSILON,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from "../backend.ts";
import type { LayerOps } from "./forward.ts";
import type { Convolution, Linear } from "./layers.ts";
import { layersOf, type NetworkPlan } from "./plan.ts";
import type { NamedTensors, NetworkTensors } from "./state.ts";

/** Mean and unbiased variance of one batch, `[channels]` each. The receiver disposes them. */
export type OnBatchStatistics = (norm: string, mean: Tensor1D, variance: Tensor1D) => void;

/** Layers in training mode: batch norm uses, and reports, the statistics of the batch. */
export function trainingOps(
  backend: Backend,
  parameters: NamedTensors,
  onBatchStatistics: OnBatchStatistics,
): LayerOps {
  return {
    computesDeadEdges: true,
    convolution: (layer, x) =>
      convolve(backend, layer, x, parameters[`${layer.name}.weight`] as Tensor4D),
    batchNorm: ({ name }, x) => {
      const gamma = parameters[`${name}.weight`] as Tensor1D;
      const beta = parameters[`${name}.bias`] as Tensor1D;
      const { y, mean, variance } = backend.batchNormTrain(x, gamma, beta);
      onBatchStatistics(name, mean, variance);
      return y;
    },
    bias: ({ name }, x) => backend.tf.add(x, parameters[`${name}.bias`]),
    linear: (layer, x) => linear(backend, parameters, layer, x),
    relu: (_name, x) => backend.relu(x),
  };
}

/**
 * The convolution `layer` of `x` with the weights `w`, `[kernel, kernel, in / groups, out]`. Towards data no
 * gradient is taken.
 */
export function convolve(
  backend: Backend,
  { stride, padding, groups, dilation, readsData }: Convolution,
  x: Tensor4D,
  w: Tensor4D,
): Tensor4D {
  const taps = dilation === 1 ? w : backend.spreadTaps(w, dilation);
  return groups === 1
    ? backend.conv2d(x, taps, stride, padding, !readsData)
    : backend.depthwiseConv2d(x, taps, stride, padding);
}

/** The fully connected layer `x W + b`. */
export function linear(
  backend: Backend,
  parameters: NamedTensors,
  { name }: Linear,
  x: Tensor2D,
): Tensor2D {
  const w = parameters[`${name}.weight`] as Tensor2D; // [in, out]
  return backend.linear(x, w, parameters[`${name}.bias`] as Tensor1D);
}

/** Batch norm by running statistics, as a factor and an offset per channel. */
export interface Affine {
  readonly scale: Tensor1D;
  readonly offset: Tensor1D;
}

/**
 * gamma / sqrt(variance + epsilon), and beta - mean times that, of every batch norm, by its name.
 * The caller disposes them.
 */
export function affineNorms(
  { tf }: Backend,
  plan: NetworkPlan,
  { parameters, statistics }: NetworkTensors,
): Record<string, Affine> {
  const norms = layersOf(plan).filter(({ kind }) => kind === "batch_norm");
  return Object.fromEntries(norms.map(({ layer: { name } }) => [
    name,
    tf.tidy(() => {
      const deviation = tf.sqrt(tf.add(statistics[`${name}.running_var`], BATCH_NORM_EPSILON));
      const scale = tf.div(parameters[`${name}.weight`], deviation) as Tensor1D;
      const shift = tf.mul(statistics[`${name}.running_mean`], scale);
      return { scale, offset: tf.sub(parameters[`${name}.bias`], shift) as Tensor1D };
    }),
  ]));
}

/** Layers of a finished network, to be given back with `dispose`. */
export interface EvaluationOps extends LayerOps {
  readonly dispose: () => void;
}

/**
 * Layers in evaluation mode. Each batch norm behind a convolution is folded into its weights and a bias,
 * so the network computes what PyTorch's `eval()` computes, rounding apart.
 */
export function evaluationOps(
  backend: Backend,
  plan: NetworkPlan,
  tensors: NetworkTensors,
): EvaluationOps {
  const { tf } = backend;
  const { parameters } = tensors;
  const norms = affineNorms(backend, plan, tensors);
  const folded: Record<string, Tensor4D> = {};
  const foldedWeight = (name: string, { scale }: Affine) =>
    folded[name] ??= tf.keep(tf.mul(parameters[`${name}.weight`], scale) as Tensor4D);
  return {
    computesDeadEdges: false,
    convolution: (layer, x) =>
      convolve(backend, layer, x, parameters[`${layer.name}.weight`] as Tensor4D),
    batchNorm: ({ name }, x) =>
      tf.tidy(() => tf.add(tf.mul(x, norms[name].scale), norms[name].offset) as Tensor4D),
    convolutionUnit: ({ convolution, norm }, x) =>
      tf.tidy(() => {
        const affine = norms[norm.name];
        const y = convolve(backend, convolution, x, foldedWeight(convolution.name, affine));
        return backend.biasAdd(y, affine.offset);
      }),
    bias: ({ name }, x) => backend.biasAdd(x, parameters[`${name}.bias`] as Tensor1D),
    linear: (layer, x) => linear(backend, parameters, layer, x),
    relu: (_name, x) => backend.relu(x),
    dispose: () => tf.dispose([norms as never, folded]),
  };
}
