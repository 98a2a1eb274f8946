/** Batch norm whose sums are exact, for comparisons over several training steps. */
import type { Backend, BatchNormOutput, Tensor, Tensor1D, Tensor4D } from "../../backend.ts";

/**
 * Training-mode batch norm with sums and gradients in float64, its result rounded as PyTorch's CPU kernel
 * for NCHW rounds it, so that a network's forward pass equals PyTorch's bit for bit.
 *
 * The fused kernel sums in float32, as PyTorch's own channels-last kernel does. That is enough for
 * training, but a small network at a high learning rate amplifies rounding: one ReLU input of 1e-7 that
 * changes sign is a loss 3e-3 away three steps later. PyTorch's channels-last kernel misses the reference
 * values of its NCHW kernel by as much.
 */
export function exactBatchNorm(
  { tf }: Backend,
  x: Tensor4D,
  gamma: Tensor1D,
  beta: Tensor1D,
  epsilon = 1e-5,
): BatchNormOutput {
  const round = Math.fround;
  const values = x.dataSync(), scale = gamma.dataSync(), shift = beta.dataSync();
  const channels = scale.length, n = values.length / channels;
  const mean = perChannel(channels, values, (v) => v).map((sum) => round(sum / n));
  const squares = perChannel(channels, values, (v, c) => round(round(v - mean[c]) ** 2));
  const inverse = squares.map((sum) => round(1 / Math.sqrt(round(round(sum) / n) + epsilon)));
  const factor = inverse.map((v, c) => round(v * scale[c]));
  const offset = factor.map((v, c) => round(shift[c] - mean[c] * v));
  const y = values.map((v, i) => round(v * factor[i % channels] + offset[i % channels]));

  const backward = (dy: Tensor) => {
    const g = dy.dataSync();
    const sum = perChannel(channels, g, (v) => v);
    const dot = perChannel(channels, g, (v, c, i) => v * (values[i] - mean[c]));
    const dx = values.map((v, i) => {
      const c = i % channels;
      const along = (v - mean[c]) * dot[c] * inverse[c] ** 2;
      return (g[i] - (sum[c] + along) / n) * inverse[c] * scale[c];
    });
    return [
      tf.tensor(dx, x.shape),
      tf.tensor1d(dot.map((v, c) => v * inverse[c]), "float32"),
      tf.tensor1d(sum, "float32"),
    ];
  };
  const custom = tf.customGrad((..._inputs) => ({
    value: tf.tensor(y, x.shape),
    gradFunc: (dy: Tensor) => backward(dy),
  }));
  return {
    y: custom(x, gamma, beta) as Tensor4D,
    mean: tf.keep(tf.tensor1d(mean, "float32")),
    variance: tf.keep(tf.tensor1d(squares.map((sum) => sum / (n - 1)), "float32")),
  };
}

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
