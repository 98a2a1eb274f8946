/** The raw kernels' values against independent formulas, their gradients against finite differences. */
import assert from "node:assert/strict";
import {
  loadBackend,
  type OpAttribute,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from "../../src/backend.ts";
import { assertGradient, normalTensor } from "./finite_differences.ts";

const backend = await loadBackend();
const { tf } = backend;
const normal = (label: string, ...shape: number[]) => normalTensor(backend, label, shape);

/** As `Deno.test`, and no tensor may be left over. */
function kernelTest(name: string, body: () => void): void {
  Deno.test(name, () => {
    const before = tf.memory().numTensors;
    tf.tidy(body);
    assert.equal(tf.memory().numTensors, before, "tensors left over");
  });
}

const close = (actual: Tensor, expected: number[] | Tensor, tolerance = 1e-5) => {
  const values = Array.isArray(expected) ? expected : [...expected.dataSync()];
  const found = actual.dataSync();
  assert.equal(found.length, values.length);
  found.forEach((value, i) =>
    assert.ok(Math.abs(value - values[i]) <= tolerance, `[${i}] ${value} is not ${values[i]}`)
  );
};

kernelTest("batch norm in training: value, statistics and gradient", () => {
  const x = tf.add(tf.mul(normal("x", 4, 3, 3, 2), 2), 1) as Tensor4D;
  const gamma = tf.tensor1d([1.5, -0.5]), beta = tf.tensor1d([0.25, 2]);
  const { y, mean, variance } = backend.batchNormTrain(x, gamma, beta);
  const values = x.dataSync();
  [0, 1].forEach((channel) => {
    const column = [...values].filter((_, i) => i % 2 === channel);
    const m = column.reduce((a, b) => a + b) / 36;
    const squares = column.reduce((sum, v) => sum + (v - m) ** 2, 0);
    close(tf.slice(mean, channel, 1), [m]);
    close(tf.slice(variance, channel, 1), [squares / 35]);
    const expected = column.map((v) =>
      (v - m) / Math.sqrt(squares / 36 + 1e-5) * gamma.dataSync()[channel] +
      beta.dataSync()[channel]
    );
    close(tf.slice(y, [0, 0, 0, channel], [4, 3, 3, 1]), expected);
  });
  tf.dispose([mean, variance]);
  const value = (x: Tensor, gamma: Tensor, beta: Tensor) => {
    const { y, mean, variance } = backend.batchNormTrain(
      x as Tensor4D,
      gamma as Tensor1D,
      beta as Tensor1D,
    );
    tf.dispose([mean, variance]);
    return y;
  };
  assertGradient(backend, value, [x, gamma, beta]);
});

for (const [kernel, stride, padding] of [[1, 1, 0], [3, 1, 1], [3, 2, 1]]) {
  kernelTest(`convolution ${kernel}x${kernel}, stride ${stride}: value and gradient`, () => {
    const x = normal("x", 2, 6, 6, 3) as Tensor4D;
    const w = normal("w", kernel, kernel, 3, 4) as Tensor4D;
    const y = backend.conv2d(x, w, stride, padding);
    const xs = x.arraySync(), ws = w.arraySync();
    const expected: number[] = [];
    for (let n = 0; n < 2; n++) {
      for (let r = 0; r < 6; r += stride) {
        for (let c = 0; c < 6; c += stride) {
          for (let o = 0; o < 4; o++) {
            let sum = 0;
            for (let i = 0; i < kernel; i++) {
              for (let j = 0; j < kernel; j++) {
                const pixel = xs[n][r + i - padding]?.[c + j - padding] ?? [0, 0, 0];
                pixel.forEach((value, ch) => sum += value * ws[i][j][ch][o]);
              }
            }
            expected.push(sum);
          }
        }
      }
    }
    close(y, expected);
    assertGradient(
      backend,
      (x, w) => backend.conv2d(x as Tensor4D, w as Tensor4D, stride, padding),
      [x, w],
    );
    const withoutInput = tf.grad((w) =>
      tf.sum(backend.conv2d(x, w as Tensor4D, stride, padding, false)) as never
    )(w);
    const full = tf.grad((w) => tf.sum(backend.conv2d(x, w as Tensor4D, stride, padding)) as never)(
      w,
    );
    close(withoutInput, full, 1e-4);
  });
}

kernelTest("average pooling leaves padding out of the count", () => {
  const x = tf.ones([1, 4, 4, 1]) as Tensor4D;
  close(backend.averagePool(x, 3, 1, "same"), tf.ones([1, 4, 4, 1]));
  const ramp = tf.reshape(tf.range(0, 16), [1, 4, 4, 1]) as Tensor4D;
  close(backend.averagePool(ramp, 2, 2, "valid"), [2.5, 4.5, 10.5, 12.5]);
  const input = normal("x", 2, 4, 4, 3);
  assertGradient(backend, (x) => backend.averagePool(x as Tensor4D, 3, 1, "same"), [input]);
  assertGradient(backend, (x) => backend.averagePool(x as Tensor4D, 2, 2, "valid"), [input]);
});

for (const [kernel, stride, dilation] of [[3, 1, 1], [5, 2, 1], [3, 1, 2], [5, 2, 2], [3, 2, 2]]) {
  const name = `depthwise ${kernel}x${kernel}, stride ${stride}, dilation ${dilation}`;
  kernelTest(`${name}: value and gradient`, () => {
    const x = normal("x", 2, 8, 8, 3) as Tensor4D;
    const w = normal("w", kernel, kernel, 1, 3) as Tensor4D;
    const padding = dilation * (kernel - 1) / 2;
    const convolve = (x: Tensor, w: Tensor) =>
      backend.depthwiseConv2d(
        x as Tensor4D,
        backend.spreadTaps(w as Tensor4D, dilation),
        stride,
        padding,
      );
    const xs = x.arraySync(), ws = w.arraySync(), expected: number[] = [];
    for (let n = 0; n < 2; n++) {
      for (let r = 0; r < 8; r += stride) {
        for (let c = 0; c < 8; c += stride) {
          for (let k = 0; k < 3; k++) {
            let sum = 0;
            for (let i = 0; i < kernel; i++) {
              for (let j = 0; j < kernel; j++) {
                const pixel = xs[n][r + i * dilation - padding]?.[c + j * dilation - padding];
                sum += (pixel?.[k] ?? 0) * ws[i][j][0][k];
              }
            }
            expected.push(sum);
          }
        }
      }
    }
    close(convolve(x, w), expected);
    assertGradient(backend, convolve, [x, w]);
  });
}

kernelTest("a dense convolution with spread taps is the dilated one", () => {
  const x = normal("x", 2, 7, 7, 2) as Tensor4D, w = normal("w", 3, 3, 2, 4) as Tensor4D;
  const dilated = (x: Tensor, w: Tensor) =>
    backend.conv2d(x as Tensor4D, backend.spreadTaps(w as Tensor4D, 2), 1, 2);
  close(dilated(x, w), tf.conv2d(x, w, 1, "same", "NHWC", 2));
  assertGradient(backend, dilated, [x, w]);
});

for (const [size, stride, padding] of [[3, 1, 1], [3, 2, 1], [2, 2, 0]]) {
  kernelTest(`max pooling ${size}x${size}, stride ${stride}: value and gradient`, () => {
    const x = tf.sub(normal("x", 2, 6, 6, 3), 3) as Tensor4D; // below 0: padding must not win
    const xs = x.arraySync(), expected: number[] = [];
    for (let n = 0; n < 2; n++) {
      for (let r = -padding; r + size <= 6 + padding; r += stride) {
        for (let c = -padding; c + size <= 6 + padding; c += stride) {
          for (let k = 0; k < 3; k++) {
            const rows = xs[n].slice(Math.max(r, 0), r + size);
            const seen = rows.flatMap((row) => row.slice(Math.max(c, 0), c + size));
            expected.push(Math.max(...seen.map((pixel) => pixel[k])));
          }
        }
      }
    }
    const pool = (x: Tensor) => backend.maxPool(x as Tensor4D, size, stride, padding);
    close(pool(x), expected);
    assertGradient(backend, pool, [x], { step: 1e-4, tolerance: 5e-2 });
  });
}

kernelTest("the gradient of max pooling is TensorFlow's, bit for bit", () => {
  const bits = (t: Tensor) => new Int32Array(t.dataSync<"float32">().slice().buffer);
  for (const [size, stride, padding] of [[3, 1, 1], [3, 2, 1], [2, 2, 0], [5, 3, 2], [2, 3, 0]]) {
    for (const shape of [[2, 17, 14, 5], [3, 5, 8, 20]]) {
      const x = normal("x", ...shape), sides = Array(4).fill(padding);
      const attributes: Record<string, OpAttribute> = {
        T: ["type", "float32"],
        ksize: ["int", [1, size, size, 1]],
        strides: ["int", [1, stride, stride, 1]],
        padding: ["string", "EXPLICIT"],
        explicit_paddings: ["int", [0, 0, ...sides, 0, 0]],
        data_format: ["string", "NHWC"],
      };
      // Whole numbers and ReLUs have windows full of equals.
      for (const image of [x, tf.round(x), tf.relu(x)] as Tensor4D[]) {
        const [y] = backend.run("MaxPool", attributes, [image], 1);
        const dy = normal("dy", ...y.shape);
        const pool = (x: Tensor) => backend.maxPool(x as Tensor4D, size, stride, padding);
        const [want] = backend.run("MaxPoolGrad", attributes, [image, y, dy], 1);
        assert.deepEqual(bits(tf.grad(pool)(image, dy)), bits(want), `${size} ${stride} ${shape}`);
      }
    }
  }
});

kernelTest("max pooling hands the gradient of equals to the first, as PyTorch does", () => {
  const flat = tf.ones([1, 2, 2, 1]) as Tensor4D;
  const slope = tf.grad((x) => tf.sum(backend.maxPool(x as Tensor4D, 2, 2, 0)) as never)(flat);
  close(slope, [1, 0, 0, 0], 0);
});

kernelTest("channels padded and joined, pixels left out, images flattened", () => {
  const x = tf.reshape(tf.range(0, 18), [1, 3, 3, 2]) as Tensor4D;
  close(backend.subsample(x, 2, 0), [0, 1, 4, 5, 12, 13, 16, 17]);
  close(backend.subsample(x, 2, 1), [8, 9, 0, 0, 0, 0, 0, 0]);
  const moved = [8, 9, 10, 11, 0, 0, 14, 15, 16, 17, 0, 0, 0, 0, 0, 0, 0, 0];
  close(backend.subsample(x, 1, 1), moved);
  const pixel = tf.tensor4d([1, 2], [1, 1, 1, 2]);
  close(backend.padChannels(pixel, 1, 2), [0, 1, 2, 0, 0]);
  close(backend.concatenate([pixel, tf.ones([1, 1, 1, 1]), pixel]), [1, 2, 1, 1, 2]);
  close(backend.flatten(tf.reshape(tf.range(0, 8), [1, 2, 2, 2])), [0, 2, 4, 6, 1, 3, 5, 7]);
  const [a, b] = [normal("a", 2, 5, 4, 3), normal("b", 2, 5, 4, 2)];
  for (const [stride, start] of [[2, 0], [2, 1], [1, 1]]) {
    assertGradient(backend, (x) => backend.subsample(x as Tensor4D, stride, start), [a]);
  }
  assertGradient(backend, (x) => backend.padChannels(x as Tensor4D, 2, 1), [a]);
  const join = (...terms: Tensor[]) => backend.concatenate(terms as Tensor4D[]);
  assertGradient(backend, (a, b) => join(a, b, a), [a, b]);
  assertGradient(backend, (x) => backend.flatten(x as Tensor4D), [a]);
});

kernelTest("ReLU, sums and bias", () => {
  close(backend.relu(tf.tensor1d([-1, 0, 2])), [0, 0, 2]);
  const away = tf.tensor1d([-2, -1, 1, 2]);
  assertGradient(backend, (x) => backend.relu(x), [away]);
  const [a, b, c] = ["a", "b", "c"].map((label) => normal(label, 5));
  close(backend.sum([a, b, c]), tf.add(tf.add(a, b), c));
  assertGradient(backend, (a, b, c) => backend.sum([a, b, c, a]), [a, b, c]);
  assertGradient(backend, (a) => backend.sum([a]), [a]);
  close(backend.biasAdd(tf.zeros([1, 1, 2, 2]), tf.tensor1d([3, 4])), [3, 4, 3, 4]);
});

kernelTest("global average and the linear layer", () => {
  const x = normal("x", 2, 4, 4, 3) as Tensor4D;
  close(backend.globalAverage(x), tf.mean(x, [1, 2]));
  assertGradient(backend, (x) => backend.globalAverage(x as Tensor4D), [x]);
  const rows = tf.tensor2d([[1, 2], [3, 4]]), w = tf.tensor2d([[1, 0, 2], [0, 1, 3]]);
  const b = tf.tensor1d([10, 20, 30]);
  close(backend.linear(rows, w, b), [11, 22, 38, 13, 24, 48]);
  assertGradient(
    backend,
    (x, w, b) => backend.linear(x as Tensor2D, w as Tensor2D, b as Tensor1D),
    [rows, w, b],
  );
});

kernelTest("cross entropy", () => {
  const logits = tf.tensor2d([[1, 2, 3], [0, 0, 0]]), labels = tf.tensor1d([2, 1], "int32");
  const first = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)) - 3;
  close(backend.crossEntropy(logits, labels), [(first + Math.log(3)) / 2]);
  assertGradient(backend, (x) => backend.crossEntropy(x, labels), [logits], { tolerance: 1e-2 });
});

kernelTest("fake quantization: the grid, and a straight-through gradient", () => {
  const quantizer = { bits: 8, narrowRange: true };
  const x = tf.tensor1d([-2, -1, -0.3, 0, 0.004, 0.3, 0.999, 1, 2]);
  const grid = (v: number) => Math.floor(Math.min(1, Math.max(-1, v)) * 127 + 0.5) / 127;
  close(backend.fakeQuantize(x, -1, 1, quantizer), [...x.dataSync()].map(grid), 1e-6);
  const inside = [0, 1, 1, 1, 1, 1, 1, 1, 0];
  close(tf.grad((x) => tf.sum(backend.fakeQuantize(x, -1, 1, quantizer)) as never)(x), inside, 0);

  const w = tf.tensor2d([[0.5, 5], [-3, -5.5], [0.1, 10]]); // channels in the last dimension
  const range = tf.tensor1d([1, 10]);
  const perChannel = (w: Tensor) =>
    backend.fakeQuantizePerChannel(w, tf.neg(range) as Tensor1D, range, quantizer);
  const expected = [grid(0.5), 10 * grid(0.5), -1, 10 * grid(-0.55), grid(0.1), 10];
  close(perChannel(w), expected, 1e-5);
  close(tf.grad((w) => tf.sum(perChannel(w)) as never)(w), [1, 1, 0, 1, 1, 1], 0);
});

kernelTest("normal deviates: bits decided by seed and stream, moments of the normal", () => {
  const n = 200_000;
  const draw = (seed: number, stream: number) =>
    backend.randomNormal([n], seed, stream).dataSync() as Float32Array;
  const a = draw(5, 0);
  backend.randomNormal([3, 7], 99, 1);
  assert.deepEqual(draw(5, 0), a);
  assert.notDeepEqual(draw(5, 1), a);
  assert.notDeepEqual(draw(4_000_000_000, 0), a);
  const moment = (k: number) => a.reduce((sum, v) => sum + v ** k, 0) / n;
  // Five standard errors of each moment: sqrt(1, 2, 15, 96 / n).
  [[1, 0, 1], [2, 1, 2], [3, 0, 15], [4, 3, 96]].forEach(([k, expected, variance]) =>
    assert.ok(Math.abs(moment(k) - expected) < 5 * Math.sqrt(variance / n), `moment ${k}`)
  );
});
