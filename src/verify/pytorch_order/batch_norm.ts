import { type Backend, BATCH_NORM_EPSILON, type Tensor1D, type Tensor4D } from "../../backend.ts";
import { foldHalves, multiplyAdd, round } from "./rounding.ts";

/**
 * `Backend.batchNormTrain`: statistics summed in float64, gradients in float32 within an image; y = x alpha + shift with alpha = gamma / sqrt(variance + epsilon)
 * and shift = beta - mean alpha in float32.
 */
export const batchNormTrain = (backend: Backend): Backend["batchNormTrain"] => (x, gamma, beta) => {
  const { tf } = backend;
  const channels = gamma.size, n = x.size / channels;
  let mean: number[] = [], squares: number[] = [];
  const y = backend.differentiable<Tensor4D>([x, gamma, beta], (x, gamma, beta) => {
    const values = x.dataSync() as Float32Array;
    const [scale, shift] = [gamma.dataSync(), beta.dataSync()];
    mean = perChannel(channels, values, (v) => v).map((sum) => round(sum / n));
    squares = perChannel(channels, values, (v, c) => round(round(v - mean[c]) ** 2));
    const inverse = squares.map((sum) =>
      round(1 / Math.sqrt(round(round(sum) / n) + BATCH_NORM_EPSILON))
    );
    const alpha = inverse.map((v, c) => round(v * scale[c]));
    const offset = alpha.map((v, c) => multiplyAdd(shift[c], -mean[c], v));
    const gradient = (g: ArrayLike<number>) => {
      const sum = imageByImage(x.shape, (at) => g[at]);
      const dot = imageByImage(x.shape, (at, c) => round(round(values[at] - mean[c]) * g[at]));
      const k = dot.map((v, c) => round(round(round(round(v) * inverse[c]) * inverse[c]) / n));
      const dyMean = sum.map((v) => round(v / n));
      const dx = values.map((v, i) => {
        const c = i % channels;
        const rest = multiplyAdd(round(g[i] - dyMean[c]), -round(v - mean[c]), k[c]);
        return round(rest * inverse[c]) * scale[c];
      });
      return [dx, Float32Array.from(dot, (v, c) => v * inverse[c]), Float32Array.from(sum)];
    };
    return {
      value: tf.tensor(
        values.map((v, i) => v * alpha[i % channels] + offset[i % channels]),
        x.shape,
      ),
      saved: [],
      gradient: (dy) =>
        gradient(dy.dataSync()).map((values, i) => tf.tensor(values, [x, gamma, beta][i].shape)),
    };
  });
  const variance = squares.map((sum) => sum / (n - 1));
  const keep = (values: number[]) => tf.keep(tf.tensor1d(values, "float32")) as Tensor1D;
  return { y, mean: keep(mean), variance: keep(variance) };
};

/** Sum over batch, height and width of `term(value, channel, index)`, in float64. */
function perChannel(
  channels: number,
  values: ArrayLike<number>,
  term: (value: number, channel: number, index: number) => number,
): number[] {
  const sums = new Array<number>(channels).fill(0);
  for (let i = 0; i < values.length; i++) {
    sums[i % channels] += term(values[i], i % channels, i);
  }
  return sums;
}

/** Sum over the batch, in float64, of each image's sum over eight lanes in float32. */
function imageByImage(
  shape: readonly number[],
  term: (index: number, channel: number) => number,
): number[] {
  const [batch, height, width, channels] = shape, pixels = height * width;
  return Array.from({ length: channels }, (_, c) => {
    let sum = 0;
    for (let n = 0; n < batch; n++) {
      const lanes = new Array<number>(8).fill(0);
      for (let p = 0; p < pixels; p++) {
        lanes[p % 8] = round(lanes[p % 8] + term((n * pixels + p) * channels + c, c));
      }
      sum += foldHalves(lanes);
    }
    return sum;
  });
}
