/**
 * The kernels of a training step in plain TypeScript, adding in the order in which PyTorch's CPU kernels add
 * (2.13, float32, NCHW, one thread, x86-64 with AVX2), so that a step equals PyTorch's bit for bit.
 *
 * Why the order matters: a small network at a high learning rate is chaotic. One ReLU input of 1e-7 that
 * changes sign is a loss 4e-3 away three steps later. PyTorch misses its own reference values by as much when
 * it computes them in channels-last. A comparison over several steps therefore needs the same order of
 * addition; a comparison of one step does not, and the production kernels are compared by that.
 *
 * The orders were found by probing PyTorch (two large terms that cancel show which others were added between
 * them). They hold for the sizes of the reference networks; at others these kernels are merely correct.
 */
import type { Backend } from "../../backend.ts";
import { averagePool, globalAverage } from "./average.ts";
import { batchNormTrain } from "./batch_norm.ts";
import { conv2d } from "./convolution.ts";
import { crossEntropy } from "./cross_entropy.ts";
import { linear } from "./linear.ts";

export { nesterovStep } from "./sgd.ts";

/** `backend` with these kernels in the place of its own. */
export function inPyTorchOrder(backend: Backend): Backend {
  return {
    ...backend,
    averagePool: averagePool(backend),
    batchNormTrain: batchNormTrain(backend),
    conv2d: conv2d(backend),
    crossEntropy: crossEntropy(backend),
    globalAverage: globalAverage(backend),
    linear: linear(backend),
  };
}
