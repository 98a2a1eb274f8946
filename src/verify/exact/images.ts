/**
 * Layers in double precision, one loop for one sum: what a network computes but for rounding. Slow, and meant
 * to be read; images are `[batch, height, width, channels]`.
 */
import type { Convolution } from "../../network/mod.ts";

/** Values of a batch; behind a global average or a flattening height and width are 1. */
export interface Images {
  readonly data: Float64Array;
  readonly shape: readonly [batch: number, height: number, width: number, channels: number];
}

/** A step's result, and the way back through it. */
export interface Computed {
  readonly value: Images;
  /** Gradients towards the step's inputs, in their order, of the one towards its value. */
  readonly back: (dy: Float64Array) => readonly Float64Array[];
}

/** Images of zeros. */
export function zeros(shape: Images["shape"]): Images {
  return { data: new Float64Array(shape.reduce((a, b) => a * b)), shape };
}

/** Where a window's pixels lie: calls `look` for each output pixel and each pixel of its window within the image. */
function windows(
  [batch, height, width]: Images["shape"],
  [, rows, columns]: Images["shape"],
  { size, stride, padding, dilation = 1 }: {
    readonly size: number;
    readonly stride: number;
    readonly padding: number;
    readonly dilation?: number;
  },
  look: (input: number, output: number, tap: number) => void,
): void {
  for (let output = 0; output < batch * rows * columns; output++) {
    const n = Math.floor(output / rows / columns);
    const top = Math.floor(output / columns) % rows * stride - padding;
    const left = output % columns * stride - padding;
    for (let tap = 0; tap < size * size; tap++) {
      const r = top + Math.floor(tap / size) * dilation, c = left + tap % size * dilation;
      if (r < 0 || r >= height || c < 0 || c >= width) continue;
      look((n * height + r) * width + c, output, tap);
    }
  }
}

/** Pixels that windows of `reach` leave of `pixels`. */
const count = (pixels: number, reach: number, stride: number, padding: number) =>
  Math.floor((pixels + 2 * padding - reach) / stride) + 1;

/** A convolution with PyTorch's weights `[out, in / groups, kernel, kernel]`; `onWeights` gets their gradient. */
export function convolve(
  layer: Convolution,
  weights: Float64Array,
  x: Images,
  onWeights: (gradient: Float64Array) => void,
): Computed {
  const { inChannels, outChannels, kernel, stride, padding, groups, dilation } = layer;
  const [batch, height, width] = x.shape, area = kernel ** 2, inputs = inChannels / groups;
  const sides = [height, width].map((n) => count(n, (kernel - 1) * dilation + 1, stride, padding));
  const value = zeros([batch, sides[0], sides[1], outChannels]);
  const geometry = { size: kernel, stride, padding, dilation };
  /** The first input that an output reads, and its first weight. */
  const firstInput = (o: number) => Math.floor(o * groups / outChannels) * inputs;
  windows(x.shape, value.shape, geometry, (input, output, tap) => {
    for (let o = 0; o < outChannels; o++) {
      const from = input * inChannels + firstInput(o), at = o * inputs * area + tap;
      let sum = 0;
      for (let c = 0; c < inputs; c++) sum += x.data[from + c] * weights[at + c * area];
      value.data[output * outChannels + o] += sum;
    }
  });
  const back = (dy: Float64Array) => {
    const dx = new Float64Array(x.data.length), dw = new Float64Array(weights.length);
    windows(x.shape, value.shape, geometry, (input, output, tap) => {
      for (let o = 0; o < outChannels; o++) {
        const from = input * inChannels + firstInput(o), at = o * inputs * area + tap;
        const g = dy[output * outChannels + o];
        for (let c = 0; c < inputs; c++) {
          dx[from + c] += g * weights[at + c * area];
          dw[at + c * area] += g * x.data[from + c];
        }
      }
    });
    onWeights(dw);
    return [dx];
  };
  return { value, back };
}

/** Mean of each window; pixels beyond the border are not counted. */
export function averagePool(x: Images, size: number, stride: number, padding: number): Computed {
  const [batch, height, width, channels] = x.shape;
  const value = zeros([
    batch,
    count(height, size, stride, padding),
    count(width, size, stride, padding),
    channels,
  ]);
  const counted = new Float64Array(value.data.length / channels);
  const geometry = { size, stride, padding };
  windows(x.shape, value.shape, geometry, (_, output) => counted[output]++);
  const spread = (from: Float64Array, to: Float64Array, isBack: boolean) =>
    windows(x.shape, value.shape, geometry, (input, output) => {
      for (let c = 0; c < channels; c++) {
        const [i, o] = [input * channels + c, output * channels + c];
        if (isBack) to[i] += from[o] / counted[output];
        else to[o] += from[i] / counted[output];
      }
    });
  spread(x.data, value.data, false);
  return {
    value,
    back(dy) {
      const dx = new Float64Array(x.data.length);
      spread(dy, dx, true);
      return [dx];
    },
  };
}

/** A step that takes one of several ways: `seen`, another computation of it, may say which on the way back. */
export interface Choosing extends Computed {
  /** How far `seen` is from what is chosen here: the largest difference that its choice makes. */
  readonly turned: (seen: ArrayLike<number>) => number;
}

/** Largest of each window; the gradient goes to the first of equals, of those in `seen()` where that is given. */
export function maxPool(
  x: Images,
  geometry: { readonly size: number; readonly stride: number; readonly padding: number },
  seen: () => ArrayLike<number> | undefined,
): Choosing {
  const [batch, height, width, channels] = x.shape, { size, stride, padding } = geometry;
  const sides = [height, width].map((n) => count(n, size, stride, padding));
  const shape = [batch, sides[0], sides[1], channels] as const;
  const winners = (values: ArrayLike<number>) => {
    const winner = new Int32Array(zeros(shape).data.length).fill(-1);
    windows(x.shape, shape, geometry, (input, output) => {
      for (let c = 0; c < channels; c++) {
        const i = input * channels + c, o = output * channels + c;
        if (winner[o] < 0 || values[i] > values[winner[o]]) winner[o] = i;
      }
    });
    return winner;
  };
  const data = Float64Array.from(winners(x.data), (i) => x.data[i]);
  return {
    value: { data, shape },
    back(dy) {
      const dx = new Float64Array(x.data.length);
      winners(seen() ?? x.data).forEach((i, o) => dx[i] += dy[o]);
      return [dx];
    },
    turned: (seen) => winners(seen).reduce((most, i, o) => Math.max(most, data[o] - x.data[i]), 0),
  };
}

/** A step that only moves numbers: the value at each place of `sources`, zero where that is -1. */
export function moved(
  x: Images,
  shape: Images["shape"],
  source: (place: number) => number,
): Computed {
  const value = zeros(shape);
  const sources = Int32Array.from(value.data, (_, place) => source(place));
  sources.forEach((from, to) => value.data[to] = from < 0 ? 0 : x.data[from]);
  return {
    value,
    back(dy) {
      const dx = new Float64Array(x.data.length);
      sources.forEach((from, to) => {
        if (from >= 0) dx[from] += dy[to];
      });
      return [dx];
    },
  };
}

/** Every `stride`-th pixel from `start` on, zeros beyond the border. */
export function subsample(x: Images, stride: number, start: number): Computed {
  const [batch, height, width, channels] = x.shape;
  const rows = Math.ceil(height / stride), columns = Math.ceil(width / stride);
  return moved(x, [batch, rows, columns, channels], (place) => {
    const pixel = Math.floor(place / channels), n = Math.floor(pixel / rows / columns);
    const r = Math.floor(pixel / columns) % rows * stride + start;
    const c = pixel % columns * stride + start;
    if (r >= height || c >= width) return -1;
    return ((n * height + r) * width + c) * channels + place % channels;
  });
}

/** max(x, 0); the gradient passes where this, or the result in `seen()`, is above 0. */
export function relu(x: Images, seen: () => ArrayLike<number> | undefined): Choosing {
  return {
    value: { data: x.data.map((v) => Math.max(v, 0)), shape: x.shape },
    back(dy) {
      const open = seen() ?? x.data;
      return [dy.map((g, i) => open[i] > 0 ? g : 0)];
    },
    turned: (seen) =>
      x.data.reduce((most, v, i) => v > 0 === seen[i] > 0 ? most : Math.max(most, Math.abs(v)), 0),
  };
}
