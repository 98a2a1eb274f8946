/**
 * Behind `backend.ts`: setting TensorFlow up, and raw kernels where TensorFlow.js has only slow
 * compositions. Nothing here imports TensorFlow; other rooms import `backend.ts` only.
 */
import type { Tensor, TensorFlow } from "../backend.ts";
import { arrange } from "./arrange.ts";
import { batchNorm } from "./batch_norm.ts";
import { convolution } from "./convolution.ts";
import { depthwise } from "./depthwise.ts";
import { type Differentiable, differentiable } from "./differentiable.ts";
import { fakeQuantize } from "./fake_quantize.ts";
import { layer } from "./layer.ts";
import { randomNormal } from "./random_normal.ts";
import type { RunOp } from "./raw.ts";

export type { Differentiable } from "./differentiable.ts";
export { BINDING, install, isInstalled } from "./install.ts";
export { BATCH_NORM_EPSILON, type BatchNormOutput } from "./batch_norm.ts";
export { loadOperations } from "./operations.ts";
export type { Quantizer } from "./fake_quantize.ts";
export type { OpAttribute, RunOp } from "./raw.ts";

/** All raw kernels, bound to a loaded TensorFlow. `run` calls any other op. */
export function kernels(tf: TensorFlow, run: RunOp) {
  return {
    run,
    /** An op with a gradient of its own; see `backend/differentiable.ts`. */
    differentiable: <T extends Tensor>(
      inputs: readonly Tensor[],
      op: (...inputs: Tensor[]) => Differentiable,
    ): T => differentiable(tf, inputs, op),
    ...batchNorm(tf, run),
    ...convolution(tf, run),
    ...depthwise(tf, run),
    ...arrange(tf, run),
    ...layer(tf, run),
    ...fakeQuantize(tf, run),
    ...randomNormal(tf, run),
  };
}

export type Kernels = Readonly<ReturnType<typeof kernels>>;
