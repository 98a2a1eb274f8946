import type { Tensor, Tensor4D, TensorFlow } from "../backend.ts";
import { differentiable } from "./differentiable.ts";
import { FLOAT, type OpAttribute, type RunOp } from "./raw.ts";

/** Convolution with PyTorch's symmetric padding. */
export function convolution(tf: TensorFlow, run: RunOp) {
  const attributes = (kernel: number, stride: number, padding: number) => {
    // The same numbers by another name where there is one: explicit padding takes up to four times as long.
    const scheme = padding === 0
      ? "VALID"
      : stride === 1 && kernel === 2 * padding + 1
      ? "SAME"
      : "EXPLICIT";
    const sides = [0, 0, padding, padding, padding, padding, 0, 0];
    return {
      T: FLOAT,
      strides: ["int", [1, stride, stride, 1]],
      padding: ["string", scheme],
      explicit_paddings: ["int", scheme === "EXPLICIT" ? sides : []],
      data_format: ["string", "NHWC"],
      dilations: ["int", [1, 1, 1, 1]],
      use_cudnn_on_gpu: ["bool", false],
    } satisfies Record<string, OpAttribute>;
  };
  const conv2dInputGradient = (
    shape: readonly number[],
    w: Tensor,
    dy: Tensor,
    stride: number,
    padding: number,
  ) => {
    const inputs = [tf.tensor1d([...shape], "int32"), w, dy];
    return run(
      "Conv2DBackpropInput",
      attributes(w.shape[0], stride, padding),
      inputs,
      1,
    )[0] as Tensor4D;
  };
  const conv2dWeightGradient = (
    x: Tensor,
    shape: readonly number[],
    dy: Tensor,
    stride: number,
    padding: number,
  ) => {
    const inputs = [x, tf.tensor1d([...shape], "int32"), dy];
    return run(
      "Conv2DBackpropFilter",
      attributes(shape[0], stride, padding),
      inputs,
      1,
    )[0] as Tensor4D;
  };
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
      const value = (x: Tensor, w: Tensor) =>
        run("Conv2D", attributes(w.shape[0], stride, padding), [x, w], 1)[0];
      const weightGradient = (dy: Tensor, x: Tensor, w: Tensor) =>
        conv2dWeightGradient(x, w.shape, dy, stride, padding);
      if (!wantsInputGradient) {
        return differentiable(tf, [w], (w) => ({
          value: value(x, w),
          saved: [x, w],
          gradient: (dy, [x, w]) => [weightGradient(dy, x, w)],
        }));
      }
      return differentiable(tf, [x, w], (x, w) => ({
        value: value(x, w),
        saved: [x, w],
        gradient: (dy, [x, w]) => [
          conv2dInputGradient(x.shape, w, dy, stride, padding),
          weightGradient(dy, x, w),
        ],
      }));
    },

    /** Gradient of `conv2d` towards an input of this shape. Records no gradient itself. */
    conv2dInputGradient,

    /** Gradient of `conv2d` towards weights of this shape. Records no gradient itself. */
    conv2dWeightGradient,
  };
}
