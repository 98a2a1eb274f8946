/** Padding, picking and pooling of images with any sides: what networks from files need beyond the spaces. */
import type { Backend, Tensor4D } from "../backend.ts";
import type { Sides } from "./plan.ts";

/** `x` with pixels of `value` around it. */
export function pad({ tf }: Backend, x: Tensor4D, sides: Sides, value: number): Tensor4D {
  const { top, left, bottom, right } = sides;
  return tf.pad4d(x, [[0, 0], [top, bottom], [left, right], [0, 0]], value);
}

/** The rows or columns of `x` at `places`. */
export function pick(
  { tf }: Backend,
  x: Tensor4D,
  axis: "height" | "width",
  places: readonly number[],
): Tensor4D {
  return tf.gather(x, tf.tensor1d([...places], "int32"), axis === "height" ? 1 : 2);
}

/**
 * Mean of each window over what counts in it: the image's own pixels and, as zeros, the padding within
 * `counted`. It is the mean over all of the window divided by the share that counts.
 */
export function paddedAveragePool(
  backend: Backend,
  x: Tensor4D,
  { size, stride, padding, counted }: {
    readonly size: number;
    readonly stride: number;
    readonly padding: Sides;
    readonly counted: Sides;
  },
): Tensor4D {
  const { tf } = backend, [, height, width] = x.shape;
  const pooled = (image: Tensor4D) => backend.averagePool(image, size, stride, "valid");
  const counting = pad(backend, tf.ones([1, height, width, 1]) as Tensor4D, counted, 1);
  const rest: Sides = {
    top: padding.top - counted.top,
    left: padding.left - counted.left,
    bottom: padding.bottom - counted.bottom,
    right: padding.right - counted.right,
  };
  return tf.div(pooled(pad(backend, x, padding, 0)), pooled(pad(backend, counting, rest, 0)));
}
