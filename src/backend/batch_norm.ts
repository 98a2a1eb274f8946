import type { Tensor, Tensor1D, Tensor4D, TensorFlow } from "../backend.ts";
import { differentiable } from "./differentiable.ts";
import { FLOAT, type OpAttribute, type RunOp } from "./raw.ts";

/** Added to the variance. Source: default of torch.nn.BatchNorm2d. */
export const BATCH_NORM_EPSILON = 1e-5;

/** A batch's output and statistics. */
export interface BatchNormOutput {
  /** Normalised activations, as `x`. */
  readonly y: Tensor4D;
  /** Mean over batch, height and width, `[channels]`. Carries no gradient. */
  readonly mean: Tensor1D;
  /** Unbiased variance (divided by n - 1, as PyTorch's running variance), `[channels]`. No gradient. */
  readonly variance: Tensor1D;
}

/** Batch normalisation (Ioffe & Szegedy 2015, algorithm 1) in one pass of the fused kernel. */
export function batchNorm(tf: TensorFlow, run: RunOp) {
  const attributes: Record<string, OpAttribute> = {
    T: FLOAT,
    U: FLOAT,
    epsilon: ["float", BATCH_NORM_EPSILON],
    data_format: ["string", "NHWC"],
    is_training: ["bool", true],
  };
  return {
    /**
     * Normalises by the batch's own statistics. Gradient towards x, gamma and beta.
     *
     * @param x `[batch, height, width, channels]`
     */
    batchNormTrain(x: Tensor4D, gamma: Tensor1D, beta: Tensor1D): BatchNormOutput {
      let statistics: Tensor[] = [];
      const y = differentiable<Tensor4D>(tf, [x, gamma, beta], (x, gamma, beta) => {
        const none = tf.tensor1d([]);
        const outputs = run(
          "FusedBatchNormV3",
          { ...attributes, exponential_avg_factor: ["float", 1] },
          [x, gamma, beta, none, none],
          6,
        );
        statistics = outputs.slice(1, 3).map((tensor) => tf.keep(tensor));
        return {
          value: outputs[0],
          saved: [x, gamma, ...outputs.slice(3)],
          gradient: (dy, [x, gamma, ...reserve]) => {
            const inputs = [dy, x, gamma, ...reserve];
            const outputs = run("FusedBatchNormGradV3", attributes, inputs, 5);
            tf.dispose(outputs.slice(3));
            return outputs.slice(0, 3);
          },
        };
      });
      return { y, mean: statistics[0] as Tensor1D, variance: statistics[1] as Tensor1D };
    },
  };
}
