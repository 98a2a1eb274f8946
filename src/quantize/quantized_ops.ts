/** Where a network is quantized, and its layers with integer weights and activations. */
import type { Backend, Tensor, Tensor1D } from "../backend.ts";
import {
  type EvaluationOps,
  evaluationOps,
  forward,
  type LayerOps,
  type NamedTensors,
  type NetworkPlan,
  type NetworkTensors,
  type Step,
} from "../network/mod.ts";
import type { Batch } from "../dataset/mod.ts";
import { accuracy_pct } from "../train/mod.ts";
import type { Range } from "./observer.ts";

/** Called with every activation that is quantized; what it returns goes on through the network. */
export type AtActivation = <T extends Tensor>(name: string, x: T) => T;

/**
 * The layers `ops` with `at` put behind every tensor that an integer accelerator would hold in 8 bits: each
 * ReLU's output, each convolution's output (behind its batch norm where it has one), and whatever else a
 * convolution or a linear layer reads, the images among it. Sums and averages stay in the accumulator's
 * precision until a ReLU or a layer reads them.
 */
export function withActivations<T extends LayerOps>(
  { tf }: Backend,
  plan: NetworkPlan,
  ops: T,
  at: AtActivation,
): T {
  const { unquantizedInputs, bareConvolutions, unitNorms } = quantizationPoints(plan);
  const input = <T extends Tensor>(name: string, x: T) =>
    unquantizedInputs.has(name) ? at(`${name}.input`, x) : x;
  const { convolutionUnit } = ops;
  const unit: Pick<LayerOps, "convolutionUnit"> = convolutionUnit === undefined ? {} : {
    convolutionUnit: (unit, x) =>
      tf.tidy(() => at(unit.norm.name, convolutionUnit(unit, input(unit.convolution.name, x)))),
  };
  return {
    ...ops,
    ...unit,
    convolution: (layer, x) =>
      tf.tidy(() => {
        const y = ops.convolution(layer, input(layer.name, x));
        return bareConvolutions.has(layer.name) ? at(layer.name, y) : y;
      }),
    batchNorm: (layer, x) =>
      tf.tidy(() => {
        const y = ops.batchNorm(layer, x);
        return unitNorms.has(layer.name) ? at(layer.name, y) : y;
      }),
    linear: (layer, x) => tf.tidy(() => ops.linear(layer, input(layer.name, x))),
    relu: (name, x) => tf.tidy(() => at(name, ops.relu(name, x))),
  };
}

/** Steps whose output holds nothing but numbers of their inputs, and zeros. */
const KEEPS_GRID: readonly Step["kind"][] = [
  "max_pool",
  "subsample",
  "pad_channels",
  "concatenate",
  "flatten",
];

/** Where a plan's tensors are quantized besides behind its ReLUs, each a set of layers' names. */
function quantizationPoints({ steps }: NetworkPlan) {
  const byName = new Map(steps.map((step) => [step.name, step]));
  /** Whether a step's values lie on grids already: moving values about keeps them there, sums and means do not. */
  const isQuantized = (name: string): boolean => {
    const step = byName.get(name);
    if (step === undefined) return false;
    if (KEEPS_GRID.includes(step.kind)) return step.inputs.every(isQuantized);
    return step.kind === "relu" || step.kind === "convolution";
  };
  const unquantizedInputs = new Set<string>(), unitNorms = new Set<string>();
  const bareConvolutions = new Set<string>();
  for (const step of steps) {
    if (step.kind !== "convolution" && step.kind !== "linear") continue;
    if (!isQuantized(step.inputs[0])) unquantizedInputs.add(step.layer.name);
    if (step.kind === "linear") continue;
    if (step.norm === null) bareConvolutions.add(step.layer.name);
    else unitNorms.add(step.norm.name);
  }
  return { unquantizedInputs, bareConvolutions, unitNorms };
}

/**
 * The parameters with every convolution's and linear layer's weight on its integer grid: -127..127 at 8
 * bits, one scale an output channel. Folding a batch norm multiplies an output channel by one factor, and
 * so its scale: the integers are the same before and after, so they are made before.
 */
export function quantizedWeights(
  backend: Backend,
  parameters: NamedTensors,
  bits: number,
): NamedTensors {
  const { tf } = backend;
  return Object.fromEntries(
    Object.entries(parameters).map(([name, w]) => {
      if (w.rank < 2) return [name, w];
      const bound = tf.tidy(() => {
        const axes = Array.from({ length: w.rank - 1 }, (_, i) => i);
        const largest = tf.max(tf.abs(w), axes);
        // A channel of zeros needs a range all the same; a hair of room keeps the largest weight inside.
        return tf.mul(tf.maximum(largest, 1e-12), 1 + 1e-6) as Tensor1D;
      });
      const quantizer = { bits, narrowRange: true };
      const minusBound = tf.neg(bound);
      const quantized = backend.fakeQuantizePerChannel(w, minusBound, bound, quantizer);
      return [name, quantized];
    }),
  );
}

/** `x` on the grid of `bits` over `range`, with its straight-through gradient. */
export function quantizedActivation<T extends Tensor>(
  backend: Backend,
  x: T,
  { min, max }: Range,
  bits: number,
): T {
  // An activation that is always 0 needs a range all the same.
  return backend.fakeQuantize(x, min, Math.max(max, min + 1e-12), { bits, narrowRange: false });
}

/** Integer grids of a network: widths, and a range for each activation by its name. */
export interface Quantization {
  readonly weightBits: number;
  readonly activationBits: number;
  readonly ranges: Readonly<Record<string, Range>>;
}

/**
 * Evaluation with integers: batch norms folded, weights and activations on their grids. The arithmetic is
 * float32 on grid values, which equals integer arithmetic with a 32-bit accumulator up to float rounding;
 * biases, 32-bit integers in an accelerator, stay float. To be given back with `dispose`.
 */
export function quantizedOps(
  backend: Backend,
  plan: NetworkPlan,
  { parameters, statistics }: NetworkTensors,
  { weightBits, activationBits, ranges }: Quantization,
): EvaluationOps {
  const { tf } = backend;
  const quantized = tf.tidy(() => {
    const weights = quantizedWeights(backend, parameters, weightBits);
    Object.values(weights).forEach((tensor) => tf.keep(tensor));
    return weights;
  });
  const ops = evaluationOps(backend, plan, { parameters: quantized, statistics });
  const at: AtActivation = (name, x) => {
    const range = ranges[name];
    if (range === undefined) throw new RangeError(`No range for the activation ${name}.`);
    return quantizedActivation(backend, x, range, activationBits);
  };
  return {
    ...withActivations(backend, plan, ops, at),
    dispose() {
      ops.dispose();
      tf.dispose(Object.values(quantized).filter((tensor) => tensor.rank >= 2));
    },
  };
}

/** Top-1 accuracy in per cent of the integer network over `batches`. */
export function quantizedAccuracy_pct(
  backend: Backend,
  plan: NetworkPlan,
  tensors: NetworkTensors,
  quantization: Quantization,
  batches: Iterable<Batch>,
): number {
  const ops = quantizedOps(backend, plan, tensors, quantization);
  const accuracy = accuracy_pct(backend, (x) => forward(backend, plan, ops, x), batches);
  ops.dispose();
  return accuracy;
}
