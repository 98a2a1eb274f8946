import type { Tensor, Tensor1D, Tensor2D, Tensor4D, TensorFlow } from "../backend.ts";
import { differentiable } from "./differentiable.ts";
import { FLOAT, INT, type OpAttribute, type RunOp } from "./raw.ts";

/** Pooling, activation, sums, the classifier and the loss. */
export function layer(tf: TensorFlow, run: RunOp) {
  return {
    /**
     * Average over windows of `size` x `size`; zeros that pad the border are not counted
     * (PyTorch's `count_include_pad=False`).
     *
     * @param padding "same" keeps height and width at stride 1; "valid" pads nothing
     */
    averagePool(x: Tensor4D, size: number, stride: number, padding: "same" | "valid"): Tensor4D {
      const attrs: Record<string, OpAttribute> = {
        T: FLOAT,
        ksize: ["int", [1, size, size, 1]],
        strides: ["int", [1, stride, stride, 1]],
        padding: ["string", padding.toUpperCase()],
        data_format: ["string", "NHWC"],
      };
      const { shape } = x;
      return differentiable(tf, [x], (x) => ({
        value: run("AvgPool", attrs, [x], 1)[0],
        saved: [],
        gradient: (dy) => [run("AvgPoolGrad", attrs, [tf.tensor1d(shape, "int32"), dy], 1)[0]],
      }));
    },

    /**
     * Largest of each window of `size` x `size` pixels; the gradient goes to the first of equals. It is
     * `max_pool.cc`'s, bit for bit TensorFlow's `MaxPoolGrad`, which takes several times as long.
     *
     * @param padding pixels on each of the four sides, which never win
     */
    maxPool(x: Tensor4D, size: number, stride: number, padding: number): Tensor4D {
      const sides = [0, 0, padding, padding, padding, padding, 0, 0];
      const attrs: Record<string, OpAttribute> = {
        T: FLOAT,
        ksize: ["int", [1, size, size, 1]],
        strides: ["int", [1, stride, stride, 1]],
        padding: ["string", padding === 0 ? "VALID" : "EXPLICIT"],
        explicit_paddings: ["int", padding === 0 ? [] : sides],
        data_format: ["string", "NHWC"],
      };
      const window: Record<string, OpAttribute> = {
        size: ["int", size],
        stride: ["int", stride],
        padding: ["int", padding],
      };
      return differentiable(tf, [x], (x) => ({
        value: run("MaxPool", attrs, [x], 1)[0],
        saved: [x],
        gradient: (dy, [x]) => run("OwnMaxPoolGrad", window, [x, dy], 1),
      }));
    },

    /** max(x, 0). Its gradient needs the output alone, so the input can be given back. */
    relu<T extends Tensor>(x: T): T {
      return differentiable(tf, [x], (x) => {
        const value = run("Relu", { T: FLOAT }, [x], 1)[0];
        return {
          value,
          saved: [value],
          gradient: (dy, [y]) => [run("ReluGrad", { T: FLOAT }, [dy, y], 1)[0]],
        };
      });
    },

    /** Adds `bias`, `[channels]`, to every pixel. No gradient: for evaluation. */
    biasAdd(x: Tensor4D, bias: Tensor): Tensor4D {
      return run(
        "BiasAdd",
        { T: FLOAT, data_format: ["string", "NHWC"] },
        [x, bias],
        1,
      )[0] as Tensor4D;
    },

    /** Sum of one or more tensors of one shape. */
    sum<T extends Tensor>(terms: readonly T[]): T {
      return differentiable(tf, terms, (...terms) => ({
        value: terms.length === 1
          ? tf.clone(terms[0])
          : run("AddN", { T: FLOAT, N: ["int", terms.length] }, terms, 1)[0],
        saved: [],
        gradient: (dy) => terms.map(() => tf.clone(dy)),
      }));
    },

    /** Mean over height and width: `[batch, channels]` of `[batch, height, width, channels]`. */
    globalAverage(x: Tensor4D): Tensor2D {
      const [, height, width] = x.shape, { shape } = x;
      return differentiable(tf, [x], (x) => ({
        value: tf.mean(x, [1, 2]),
        saved: [],
        gradient: (dy) => {
          const share = tf.div(tf.reshape(dy, [shape[0], 1, 1, shape[3]]), height * width);
          return [tf.broadcastTo(share, shape)];
        },
      }));
    },

    /** Fully connected layer `x w + b`; `x` is `[batch, in]`, `w` `[in, out]`. */
    linear(x: Tensor2D, w: Tensor2D, b: Tensor1D): Tensor2D {
      return differentiable(tf, [x, w, b], (x, w, b) => ({
        value: tf.add(tf.matMul(x, w), b),
        saved: [x, w],
        gradient: (dy, [x, w]) => [
          tf.matMul(dy, w, false, true),
          tf.matMul(x, dy, true, false),
          tf.sum(dy, 0),
        ],
      }));
    },

    /**
     * Mean cross entropy of softmax(logits) against class numbers, a scalar.
     *
     * @param logits `[batch, classes]`
     * @param labels `[batch]`, int32
     */
    crossEntropy(logits: Tensor, labels: Tensor): Tensor {
      return differentiable(tf, [logits], (logits) => {
        const attrs = { T: FLOAT, Tlabels: INT };
        const [losses, gradient] = run(
          "SparseSoftmaxCrossEntropyWithLogits",
          attrs,
          [logits, labels],
          2,
        );
        return {
          value: tf.mean(losses),
          saved: [gradient],
          gradient: (dy, [gradient]) => [tf.mul(gradient, tf.div(dy, logits.shape[0]))],
        };
      });
    },
  };
}
