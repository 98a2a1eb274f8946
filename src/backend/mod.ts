/**
 * Behind `backend.ts`: setting TensorFlow up, and raw kernels where TensorFlow.js has only slow
 * compositions. Nothing here imports TensorFlow; other rooms import `backend.ts` only.
 */
import type { TensorFlow } from "../backend.ts";
import { batchNorm } from "./batch_norm.ts";
import { convolution } from "./convolution.ts";
import { fakeQuantize } from "./fake_quantize.ts";
import { randomNormal } from "./random_normal.ts";
import type { RunOp } from "./raw.ts";

export { BINDING, install, isInstalled } from "./install.ts";
export type { BatchNormOutput } from "./batch_norm.ts";
export type { Quantizer } from "./fake_quantize.ts";
export type { OpAttribute, RunOp } from "./raw.ts";

/** All raw kernels, bound to a loaded TensorFlow. `run` calls any other op. */
export function kernels(tf: TensorFlow, run: RunOp) {
  return {
    run,
    ...batchNorm(tf, run),
    ...convolution(tf, run),
    ...fakeQuantize(tf, run),
    ...randomNormal(tf, run),
  };
}

export type Kernels = Readonly<ReturnType<typeof kernels>>;
