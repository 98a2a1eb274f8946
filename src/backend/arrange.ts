import type { Tensor, Tensor2D, Tensor4D, TensorFlow } from "../backend.ts";
import { differentiable } from "./differentiable.ts";
import { FLOAT, INT, type OpAttribute, type RunOp } from "./raw.ts";

/** A regular choice of places in two neighbouring dimensions. */
interface Grid {
  /** The first of the two dimensions. */
  readonly axis: number;
  readonly start: number;
  readonly stride: number;
}

/** Moving numbers about: no arithmetic, exact in both directions. */
export function arrange(tf: TensorFlow, run: RunOp) {
  const attributes: Record<string, OpAttribute> = {
    T: FLOAT,
    Index: INT,
    begin_mask: ["int", 0],
    end_mask: ["int", 0],
    ellipsis_mask: ["int", 0],
    new_axis_mask: ["int", 0],
    shrink_axis_mask: ["int", 0],
  };
  const ints = (values: readonly number[]) => tf.tensor1d([...values], "int32");
  const bounds = (shape: readonly number[], { axis, start, stride }: Grid) => {
    const isInGrid = (dimension: number) => dimension === axis || dimension === axis + 1;
    const begin = shape.map((_, d) => isInGrid(d) ? start : 0);
    return [ints(begin), ints(shape), ints(shape.map((_, d) => isInGrid(d) ? stride : 1))];
  };
  /** The numbers on the grid. */
  const gather = (x: Tensor, grid: Grid) =>
    run("StridedSlice", attributes, [x, ...bounds(x.shape, grid)], 1)[0];
  /** Zeros of `shape` with `y` on the grid. */
  const scatter = (y: Tensor, shape: readonly number[], grid: Grid) =>
    run("StridedSliceGrad", attributes, [ints(shape), ...bounds(shape, grid), y], 1)[0];

  return {
    /**
     * Weights `[height, width, in, out]` with `dilation` - 1 zeros between the taps: convolving with them is
     * the dilated convolution. The gradient is taken at the taps.
     */
    spreadTaps(w: Tensor4D, dilation: number): Tensor4D {
      const grid = { axis: 0, start: 0, stride: dilation };
      const shape = w.shape.map((n, d) => d < 2 ? (n - 1) * dilation + 1 : n);
      return differentiable(tf, [w], (w) => ({
        value: scatter(w, shape, grid),
        saved: [],
        gradient: (dy) => [gather(dy, grid)],
      }));
    },

    /**
     * Every `stride`-th pixel in both directions, from pixel `start` on: [batch, ceil(height / stride),
     * ceil(width / stride), channels]. Beyond the border are zeros.
     */
    subsample(x: Tensor4D, stride: number, start: number): Tensor4D {
      const { shape } = x, grid = { axis: 1, start, stride };
      const missing = [1, 2].map((d) =>
        Math.ceil(shape[d] / stride) - Math.ceil((shape[d] - start) / stride)
      );
      return differentiable(tf, [x], (x) => {
        const found = gather(x, grid);
        return {
          value: tf.pad(found, [[0, 0], [0, missing[0]], [0, missing[1]], [0, 0]]),
          saved: [],
          gradient: (
            dy,
          ) => [scatter(tf.slice(dy, [0, 0, 0, 0], found.shape as never), shape, grid)],
        };
      });
    },

    /** Channels of zeros ahead of and behind those of `x`. */
    padChannels(x: Tensor4D, before: number, after: number): Tensor4D {
      const { shape } = x;
      return differentiable(tf, [x], (x) => ({
        value: tf.pad(x, [[0, 0], [0, 0], [0, 0], [before, after]]),
        saved: [],
        gradient: (dy) => [tf.slice(dy, [0, 0, 0, before], shape)],
      }));
    },

    /** The channels of several images of one size, one behind the other. */
    concatenate(terms: readonly Tensor4D[]): Tensor4D {
      const channels = terms.map(({ shape }) => shape[3]);
      return differentiable(tf, terms, (...terms) => ({
        value: tf.concat(terms, 3),
        saved: [],
        gradient: (dy) => tf.split(dy, channels, 3),
      }));
    },

    /** `[batch, channels x height x width]` in PyTorch's order, the channel slowest. */
    flatten(x: Tensor4D): Tensor2D {
      const [batch, height, width, channels] = x.shape;
      return differentiable(tf, [x], (x) => ({
        value: tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [batch, channels * height * width]),
        saved: [],
        gradient: (
          dy,
        ) => [tf.transpose(tf.reshape(dy, [batch, channels, height, width]), [0, 2, 3, 1])],
      }));
    },
  };
}
