/** Windows of convolutions and pools: kernel, stride, dilation and padding as the file gives them. */
import type { Sides } from "../plan.ts";
import { NodeProblem } from "./node.ts";
import type { Call, Computed } from "./value.ts";

/** A square window that moves over an image. */
export interface Window {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding that the file asks for. */
  readonly sides: Sides;
  /** Pixels beyond that padding that the last windows reach (`ceil_mode`). */
  readonly overhang: readonly [bottom: number, right: number];
}

/** The one number of an attribute with a number each for height and width. */
function square({ attributes }: Call, name: string, otherwise: readonly number[]): number {
  const values = attributes.ints(name, otherwise);
  if (values.length !== 2 || values[0] !== values[1]) {
    throw new NodeProblem(`${name} = [${values}] is not the same for height and width`);
  }
  return values[0];
}

/** The window of a node over the image `x`; `kernel` counts where the node does not give its size. */
export function windowOf(call: Call, { shape }: Computed, kernel: readonly number[]): Window {
  const { attributes } = call;
  const size = square(call, "kernel_shape", kernel), stride = square(call, "strides", [1, 1]);
  const dilation = square(call, "dilations", [1, 1]), reach = (size - 1) * dilation + 1;
  const scheme = attributes.text("auto_pad", "NOTSET"), [height, width] = shape.slice(2);
  if (!["NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"].includes(scheme)) {
    throw new NodeProblem(`auto_pad = ${scheme} is not read`);
  }
  const same = (n: number): [number, number] => {
    const missing = Math.max(0, (Math.ceil(n / stride) - 1) * stride + reach - n);
    const less = Math.floor(missing / 2), more = missing - less;
    return scheme === "SAME_UPPER" ? [less, more] : [more, less];
  };
  const [top, left, bottom, right] = scheme === "NOTSET"
    ? attributes.ints("pads", [0, 0, 0, 0])
    : scheme === "VALID"
    ? [0, 0, 0, 0]
    : [same(height)[0], same(width)[0], same(height)[1], same(width)[1]];
  if ([top, left, bottom, right].some((n) => n < 0)) {
    throw new NodeProblem(`pads = [${[top, left, bottom, right]}] holds a negative number`);
  }
  const isCeil = attributes.int("ceil_mode", 0) === 1;
  const beyond = (n: number, before: number, after: number) => {
    if (!isCeil) return 0;
    const last = Math.ceil((n + before + after - reach) / stride);
    // A window that would begin in the padding at the end is left out.
    const count = last * stride >= n + before ? last : last + 1;
    return Math.max(0, (count - 1) * stride + reach - (n + before + after));
  };
  const sides = { top, left, bottom, right };
  return {
    size,
    stride,
    dilation,
    sides,
    overhang: [beyond(height, top, bottom), beyond(width, left, right)],
  };
}

/** All padding of a window, the overhang included. */
export function fullSides({ sides, overhang: [bottom, right] }: Window): Sides {
  return { ...sides, bottom: sides.bottom + bottom, right: sides.right + right };
}

/** The number of pixels on every side, or null where the sides differ. */
export function evenSides({ top, left, bottom, right }: Sides): number | null {
  return top === left && top === bottom && top === right ? top : null;
}

/** The shape of an image after the window. */
export function windowed(x: Computed, window: Window, channels = x.shape[1]): number[] {
  const { top, left, bottom, right } = fullSides(window);
  const count = (n: number) =>
    Math.floor((n - (window.size - 1) * window.dilation - 1) / window.stride) + 1;
  const [height, width] = [count(x.shape[2] + top + bottom), count(x.shape[3] + left + right)];
  if (!(height > 0 && width > 0)) {
    throw new NodeProblem(
      `its window of ${window.size}x${window.size} is larger than the image ${x.shape[2]}x${
        x.shape[3]
      }`,
    );
  }
  return [1, channels, height, width];
}
