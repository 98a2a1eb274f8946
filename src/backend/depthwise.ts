import type { Tensor, Tensor4D, TensorFlow } from "../backend.ts";
import { differentiable } from "./differentiable.ts";
import { FLOAT, type OpAttribute, type RunOp } from "./raw.ts";

/** Convolution of each channel by itself. */
export function depthwise(tf: TensorFlow, run: RunOp) {
  const attributes = (kernel: number, stride: number, padding: number) => {
    const isSame = stride === 1 && kernel === 2 * padding + 1;
    const sides = [0, 0, padding, padding, padding, padding, 0, 0];
    return {
      T: FLOAT,
      strides: ["int", [1, stride, stride, 1]],
      padding: ["string", isSame ? "SAME" : "EXPLICIT"],
      explicit_paddings: ["int", isSame ? [] : sides],
      data_format: ["string", "NHWC"],
      dilations: ["int", [1, 1, 1, 1]],
    } satisfies Record<string, OpAttribute>;
  };
  return {
    /**
     * Two-dimensional cross-correlation within each channel, gradient towards both. TensorFlow's own dilation
     * is left alone: with it the gradient is wrong without a word; `spreadTaps` stands in.
     *
     * @param x `[batch, height, width, channels]`
     * @param w `[height, width, 1, channels]`, as PyTorch's weight with its axes turned
     * @param padding zeros on each of the four sides
     */
    depthwiseConv2d(x: Tensor4D, w: Tensor4D, stride = 1, padding = 0): Tensor4D {
      const [height, width, , channels] = w.shape;
      const filter = (w: Tensor) => tf.reshape(w, [height, width, channels, 1]);
      const attrs = attributes(height, stride, padding);
      const sizes = (shape: readonly number[]) => tf.tensor1d([...shape], "int32");
      return differentiable(tf, [x, w], (x, w) => ({
        value: run("DepthwiseConv2dNative", attrs, [x, filter(w)], 1)[0],
        saved: [x, w],
        gradient: (dy, [x, w]) => {
          const toInput = [sizes(x.shape), filter(w), dy];
          const toWeights = [x, sizes([height, width, channels, 1]), dy];
          const [dx] = run("DepthwiseConv2dNativeBackpropInput", attrs, toInput, 1);
          const [dw] = run("DepthwiseConv2dNativeBackpropFilter", attrs, toWeights, 1);
          return [dx, tf.reshape(dw, w.shape)];
        },
      }));
    },
  };
}
