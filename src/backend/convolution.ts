import type { Tensor, Tensor4D, TensorFlow } from "../backend.ts";
import { differentiable } from "./differentiable.ts";
import { FLOAT, INT, type OpAttribute, type RunOp } from "./raw.ts";

/** Convolution with PyTorch's symmetric padding, and pooling. */
export function convolution(tf: TensorFlow, run: RunOp) {
  const attributes = (stride: number, padding: number): Record<string, OpAttribute> => ({
    T: FLOAT,
    strides: ["int", [1, stride, stride, 1]],
    padding: ["string", "EXPLICIT"],
    explicit_paddings: ["int", [0, 0, padding, padding, padding, padding, 0, 0]],
    data_format: ["string", "NHWC"],
    dilations: ["int", [1, 1, 1, 1]],
    use_cudnn_on_gpu: ["bool", false],
  });
  const shapeOf = (tensor: Tensor) => tf.tensor1d(tensor.shape, "int32");
  return {
    /**
     * Two-dimensional cross-correlation, gradient towards both.
     *
     * @param x `[batch, height, width, in]`
     * @param w `[height, width, in, out]`
     * @param padding zeros on each of the four sides
     * @param wantsInputGradient false saves the gradient towards x, where x is data
     */
    conv2d(x: Tensor4D, w: Tensor4D, stride = 1, padding = 0, wantsInputGradient = true): Tensor4D {
      const attrs = attributes(stride, padding);
      const weightGradient = (dy: Tensor, x: Tensor, w: Tensor) =>
        run("Conv2DBackpropFilter", attrs, [x, shapeOf(w), dy], 1)[0];
      if (!wantsInputGradient) {
        return differentiable(tf, [w], (w) => ({
          value: run("Conv2D", attrs, [x, w], 1)[0],
          saved: [x, w],
          gradient: (dy, [x, w]) => [weightGradient(dy, x, w)],
        }));
      }
      return differentiable(tf, [x, w], (x, w) => ({
        value: run("Conv2D", attrs, [x, w], 1)[0],
        saved: [x, w],
        gradient: (dy, [x, w]) => [
          run("Conv2DBackpropInput", attrs, [shapeOf(x), w, dy], 1)[0],
          weightGradient(dy, x, w),
        ],
      }));
    },

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
