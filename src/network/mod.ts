/**
 * The network room: an architecture becomes a network, as plain data, and is computed.
 *
 * - A `NetworkPlan` is a graph of named steps, in an order in which they can be computed. It holds no
 *   numbers. `buildNetwork(architecture, scale)` makes one for a network of any space, by its builder
 *   (`networkPlan(cell, { channels, cellsPerStage })`, `resNetPlan`, ...), which puts steps together with
 *   `stepList()`. `planComplexity` and `planChipCounts` count any of them.
 * - A `State` holds the numbers by their PyTorch names and in PyTorch's layout (`initialState`); `toTensors`
 *   and `toState` carry it into TensorFlow's layout (HWIO, `[in, out]`) and back.
 * - `forward(backend, plan, ops, x)` is the one walk over the graph. `ops: LayerOps` says what each layer
 *   does: `trainingOps` and `evaluationOps` are the digital ones; whoever computes a layer another way
 *   spreads these and replaces `convolution`, `linear`, `batchNorm`, `relu`, or the folded
 *   `convolutionUnit` (ops without it compute the convolution, then the batch norm).
 * - `lossAndGradients(backend, plan, parameters, x, labels, opsFor)` is a training step's pass, and
 *   `updatedStatistics` what it does to the running statistics.
 *
 * Memory is explicit: tensors handed out belong to the caller. A gradient function of one's own
 * (`tf.customGrad`) must not return one tensor for two inputs, nor keep its `dy`: the network's layers give
 * gradients back as soon as they are used up.
 */
export type { BatchNorm, Bias, Convolution, ConvolutionUnit, Linear } from "./layers.ts";
export { convolution, isDepthwise } from "./layers.ts";
export type { ImageShape, Layer, NetworkPlan, Sides, Step, StepOperation } from "./plan.ts";
export { IMAGES, imagesOf, layersOf } from "./plan.ts";
export { type StepList, stepList } from "./steps.ts";
export { networkPlan, type NetworkSize } from "./nas_bench_201.ts";
export { resNetPlan } from "./resnet.ts";
export { analogNasPlan } from "./analognas.ts";
export { dartsPlan, type DartsSize } from "./darts.ts";
export { buildNetwork, networkFor } from "./build.ts";
export {
  analogShare_pct,
  outputShapes,
  type PlanComplexity,
  planComplexity,
} from "./complexity.ts";
export { planChipCounts } from "./chip_counts.ts";
export type { NamedTensors, NetworkTensors, State, StateEntry } from "./state.ts";
export { initialState, stateEntries, toState, toTensors } from "./state.ts";
export { stateHash } from "./state_hash.ts";
export { forward, type LayerOps } from "./forward.ts";
export type { Affine, EvaluationOps, OnBatchStatistics } from "./digital.ts";
export { affineNorms, convolve, evaluationOps, linear, trainingOps } from "./digital.ts";
export type { TrainingOps, TrainingPass } from "./training_step.ts";
export { lossAndGradients, updatedStatistics } from "./training_step.ts";
export {
  type GivenImages,
  type ImageScaling,
  type OnnxNetwork,
  type OutputForm,
  readOnnx,
} from "./onnx/mod.ts";
export { parseSteps, stepsText } from "./plan_json.ts";
