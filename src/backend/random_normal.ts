import type { Tensor, TensorFlow } from "../backend.ts";
import { FLOAT, INT, type RunOp } from "./raw.ts";

/** Seeded noise: the counter-based Philox generator, so the seed alone decides every bit. */
export function randomNormal(tf: TensorFlow, run: RunOp) {
  return {
    /**
     * Standard normal deviates of `shape`. The same seed and stream give the same bits, whatever else was
     * drawn before and however many threads there are. No gradient.
     *
     * @param seed 32 bits, e.g. of `deriveSeed`
     * @param stream 32 bits; numbers the draws of one seed
     */
    randomNormal(shape: readonly number[], seed: number, stream: number): Tensor {
      return tf.tidy(() =>
        run(
          "StatelessRandomNormal",
          { dtype: FLOAT, T: INT, Tseed: INT },
          [tf.tensor1d([...shape], "int32"), tf.tensor1d([seed | 0, stream | 0], "int32")],
          1,
        )[0]
      );
    },
  };
}
