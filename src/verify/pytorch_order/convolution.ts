import type { Backend, Tensor4D } from "../../backend.ts";
import { dotByLanes, multiplyAdd, round } from "./rounding.ts";

/** Sizes of one convolution: NHWC images `[batch, size, size, in]`, weights HWIO. */
interface Shape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly rows: number;
  readonly columns: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** `Backend.conv2d`: the value is the kernel's own, whose order is PyTorch's; the gradients are not. */
export const conv2d = (backend: Backend): Backend["conv2d"] => (x, w, stride = 1, padding = 0) =>
  backend.differentiable<Tensor4D>([x, w], (x, w) => {
    const value = backend.conv2d(x as Tensor4D, w as Tensor4D, stride, padding);
    const [batch, height, width, inChannels] = (x as Tensor4D).shape;
    const [, rows, columns, outChannels] = value.shape;
    const kernel = w.shape[0];
    // deno-fmt-ignore
    const shape = { batch, height, width, rows, columns, inChannels, outChannels, kernel, stride, padding };
    return {
      value,
      saved: [x, w],
      gradient: (dy, [x, w]) => {
        const [xs, ws, g] = [x, w, dy].map((tensor) => tensor.dataSync() as Float32Array);
        return [
          backend.tf.tensor(inputGradient(shape, ws, g), x.shape),
          backend.tf.tensor(weightGradient(shape, xs, g), w.shape),
        ];
      },
    };
  });

/**
 * By kernel row, kernel column, output channel, in one accumulator; at stride 2 the columns have one each,
 * which are added at the end.
 */
function inputGradient(s: Shape, w: Float32Array, dy: Float32Array): Float32Array {
  const dx = new Float32Array(s.batch * s.height * s.width * s.inChannels);
  const sums = new Float64Array(s.kernel);
  for (let at = 0; at < dx.length; at++) {
    const c = at % s.inChannels, pixel = Math.floor(at / s.inChannels);
    const column = pixel % s.width, row = Math.floor(pixel / s.width) % s.height;
    const n = Math.floor(pixel / s.width / s.height);
    sums.fill(0);
    for (let i = 0; i < s.kernel; i++) {
      const r = (row + s.padding - i) / s.stride;
      if (!Number.isInteger(r) || r < 0 || r >= s.rows) continue;
      for (let j = 0; j < s.kernel; j++) {
        const q = (column + s.padding - j) / s.stride;
        if (!Number.isInteger(q) || q < 0 || q >= s.columns) continue;
        const from = ((n * s.rows + r) * s.columns + q) * s.outChannels;
        const weight = ((i * s.kernel + j) * s.inChannels + c) * s.outChannels;
        const slot = s.stride === 1 ? 0 : j;
        for (let o = 0; o < s.outChannels; o++) {
          sums[slot] = multiplyAdd(sums[slot], dy[from + o], w[weight + o]);
        }
      }
    }
    dx[at] = sums.reduce((sum, part) => round(sum + part));
  }
  return dx;
}

/**
 * 3x3: image by image, row by row, in one accumulator. 1x1: a matrix product for each image, over four lanes;
 * large ones in one.
 */
function weightGradient(s: Shape, x: Float32Array, dy: Float32Array): Float32Array {
  const dw = new Float32Array(s.kernel ** 2 * s.inChannels * s.outChannels);
  const pixels = s.rows * s.columns;
  for (let at = 0; at < dw.length; at++) {
    const o = at % s.outChannels, c = Math.floor(at / s.outChannels) % s.inChannels;
    const tap = Math.floor(at / s.outChannels / s.inChannels);
    const i = Math.floor(tap / s.kernel) - s.padding, j = tap % s.kernel - s.padding;
    let sum = 0;
    for (let n = 0; n < s.batch; n++) {
      if (s.kernel === 1) {
        const product = (p: number) => {
          const row = Math.floor(p / s.columns) * s.stride, column = p % s.columns * s.stride;
          const input = (n * s.height + row) * s.width + column;
          return x[input * s.inChannels + c] * dy[(n * pixels + p) * s.outChannels + o];
        };
        if (s.inChannels >= 16 && s.outChannels >= 16) {
          let image = 0;
          for (let p = 0; p < pixels; p++) image = round(image + product(p));
          sum = round(sum + image);
        } else sum = round(sum + dotByLanes(4, pixels, product));
        continue;
      }
      for (let r = 0; r < s.rows; r++) {
        const row = r * s.stride + i;
        if (row < 0 || row >= s.height) continue;
        for (let q = 0; q < s.columns; q++) {
          const column = q * s.stride + j;
          if (column < 0 || column >= s.width) continue;
          const input = ((n * s.height + row) * s.width + column) * s.inChannels + c;
          const output = ((n * s.rows + r) * s.columns + q) * s.outChannels + o;
          sum = multiplyAdd(sum, x[input], dy[output]);
        }
      }
    }
    dw[at] = sum;
  }
  return dw;
}
