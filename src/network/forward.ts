/** The one walk over a network's graph; what a layer does is given by `LayerOps`. */
import type { Backend, Tensor, Tensor2D, Tensor4D } from "../backend.ts";
import type { BatchNorm, Bias, Convolution, ConvolutionUnit, Linear } from "./layers.ts";
import { pad, paddedAveragePool, pick } from "./windows.ts";
import { IMAGES, type NetworkPlan, type Step } from "./plan.ts";

/**
 * What a layer does. Quantization and the analog simulator take the digital ones (`trainingOps`,
 * `evaluationOps`) and replace members: `{ ...evaluationOps(...), convolution: analogConvolution }`.
 */
export interface LayerOps {
  /** Steps that cannot reach the output are computed too, as PyTorch does, for their statistics. */
  readonly computesDeadEdges: boolean;
  /** `x` is `[batch, height, width, in]`, the result `[batch, height', width', out]`. */
  readonly convolution: (layer: Convolution, x: Tensor4D) => Tensor4D;
  readonly batchNorm: (layer: BatchNorm, x: Tensor4D) => Tensor4D;
  /** Where given, used instead of `convolution` followed by `batchNorm` (folding). */
  readonly convolutionUnit?: (unit: ConvolutionUnit, x: Tensor4D) => Tensor4D;
  /** `x` is `[batch, in]`, the result `[batch, out]`. */
  readonly linear: (layer: Linear, x: Tensor2D) => Tensor2D;
  /** `x` plus its channel's number. */
  readonly bias: (layer: Bias, x: Tensor4D) => Tensor4D;
  /** ReLU of the step `name`: "cells.3.node.1", "cells.5.conv_b", "lastact". */
  readonly relu: (name: string, x: Tensor4D) => Tensor4D;
}

/**
 * Logits `[batch, classes]` of the images `x`, `[batch, height, width, 3]`. Gradients flow to whatever
 * tensors `ops` uses. Each tensor in between is given back after its last reader.
 */
export function forward(backend: Backend, plan: NetworkPlan, ops: LayerOps, x: Tensor4D): Tensor2D {
  const steps = plan.steps.filter(({ live }) => live || ops.computesDeadEdges);
  const readers: Record<string, number> = { [plan.steps.at(-1)!.name]: 1 }; // the caller
  for (const input of steps.flatMap(({ inputs }) => inputs)) {
    readers[input] = (readers[input] ?? 0) + 1;
  }
  const values: Record<string, Tensor> = { [IMAGES]: x };
  // By tensor, not by name: a step may hand its input on.
  const readsToCome = new Map<Tensor, number>([[x, Infinity]]);
  const read = (tensor: Tensor, times: number) => {
    const left = (readsToCome.get(tensor) ?? 0) + times;
    readsToCome.set(tensor, left);
    if (left === 0) tensor.dispose();
  };
  for (const step of steps) {
    const inputs = step.inputs.map((name) => values[name]);
    const value = backend.tf.tidy(() => compute(backend, ops, step, inputs));
    values[step.name] = value;
    read(value, readers[step.name] ?? 0);
    for (const input of inputs) read(input, -1);
  }
  return values[plan.steps.at(-1)!.name] as Tensor2D;
}

function compute(backend: Backend, ops: LayerOps, step: Step, inputs: readonly Tensor[]): Tensor {
  const [x] = inputs as Tensor4D[];
  switch (step.kind) {
    case "convolution":
      return step.norm === null
        ? ops.convolution(step.layer, x)
        : unit(ops, { convolution: step.layer, norm: step.norm }, x);
    case "batch_norm":
      return ops.batchNorm(step.layer, x);
    case "bias":
      return ops.bias(step.layer, x);
    case "affine":
      return backend.tf.add(backend.tf.mul(x, [...step.scale]), [...step.offset]);
    case "clip":
      return backend.tf.clipByValue(x, step.low, step.high);
    case "relu":
      return ops.relu(step.name, x);
    case "average_pool":
      return backend.averagePool(x, step.size, step.stride, step.padding);
    case "padded_average_pool":
      return paddedAveragePool(backend, x, step);
    case "pad":
      return pad(backend, x, step.sides, step.value);
    case "pick":
      return pick(backend, x, step.axis, step.places);
    case "max_pool":
      return backend.maxPool(x, step.size, step.stride, step.padding);
    case "subsample":
      return backend.subsample(x, step.stride, step.start);
    case "pad_channels":
      return backend.padChannels(x, step.before, step.after);
    case "concatenate":
      return backend.concatenate(inputs as Tensor4D[]);
    case "sum":
      return backend.sum(inputs);
    case "zeros":
      return backend.tf.zerosLike(x);
    case "global_average":
      return backend.globalAverage(x);
    case "flatten":
      return step.channelsLast ? backend.tf.reshape(x, [x.shape[0], -1]) : backend.flatten(x);
    case "linear":
      return ops.linear(step.layer, inputs[0] as Tensor2D);
  }
}

function unit(ops: LayerOps, unit: ConvolutionUnit, x: Tensor4D): Tensor4D {
  if (ops.convolutionUnit) return ops.convolutionUnit(unit, x);
  const y = ops.convolution(unit.convolution, x);
  const normalised = ops.batchNorm(unit.norm, y);
  y.dispose();
  return normalised;
}
