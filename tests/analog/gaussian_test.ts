/** Both sources of normal deviates against the normal law: the host's ziggurat and the kernel's Box-Muller. */
import assert from "node:assert/strict";
import { arrays, gaussian, loadAnalogKernel } from "../../src/analog/mod.ts";
import { loadBackend, type Tensor1D } from "../../src/backend.ts";
import { prng } from "../../src/random.ts";

const N = 1 << 21;

/** Standard normal distribution function (Abramowitz and Stegun 7.1.26, error below 1.5e-7). */
function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2, t = 1 / (1 + 0.3275911 * z);
  const polynomial = t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const upper = polynomial * Math.exp(-z * z) / 2;
  return x > 0 ? 1 - upper : upper;
}

function check(values: Float32Array): void {
  const n = values.length;
  let sum = 0, squares = 0, fourth = 0, lag = 0;
  for (let i = 0; i < n; i++) {
    const v = values[i], square = v * v;
    sum += v, squares += square, fourth += square * square;
    if (i > 0) lag += v * values[i - 1];
  }
  // Each in its own standard error: 5 is one chance in a million.
  assert.ok(Math.abs(sum / n) * Math.sqrt(n) < 5, "mean");
  assert.ok(Math.abs(squares / n - 1) / Math.sqrt(2 / n) < 5, "variance");
  assert.ok(Math.abs(fourth / n - 3) / Math.sqrt(96 / n) < 5, "kurtosis");
  assert.ok(Math.abs(lag / n) * Math.sqrt(n) < 5, "neighbours are correlated");
  const sorted = values.slice().sort();
  let distance = 0;
  for (let i = 0; i < n; i += 16) {
    distance = Math.max(distance, Math.abs(normalCdf(sorted[i]) - (i + 0.5) / n));
  }
  // Kolmogorov: D sqrt(n) exceeds 2.6 once in a million.
  assert.ok(distance * Math.sqrt(n) < 2.6, `Kolmogorov distance ${distance}`);
  for (const limit of [3, 3.442619855899, 4, 4.5]) {
    const expected = 2 * n * normalCdf(-limit);
    const found = values.reduce((count, v) => count + (Math.abs(v) > limit ? 1 : 0), 0);
    assert.ok(
      Math.abs(found - expected) < 5 * Math.sqrt(expected),
      `tail beyond ${limit}: ${found}`,
    );
  }
}

Deno.test("the ziggurat's deviates are standard normal, down to the tail", () => {
  check(gaussian(prng(3, "ziggurat"))(N));
});

Deno.test("the ziggurat's stream does not depend on how it is cut into calls", () => {
  const [a, b] = [gaussian(prng(3, "cut")), gaussian(prng(3, "cut"))];
  const pieces = [1, 999, 4000].flatMap((n) => [...b(n)]);
  assert.deepEqual([...a(5000)], pieces);
  assert.notDeepEqual(gaussian(prng(4, "cut"))(8), gaussian(prng(3, "cut"))(8));
});

Deno.test("the kernel's deviates are standard normal, a function of the seed alone", async () => {
  const backend = await loadBackend(), { tf } = backend, kernel = await loadAnalogKernel(backend);
  const open = { step: 0, bound: Infinity };
  const draw = (shape: [number, number], seed: [number, number]) => {
    const out = tf.tidy(() =>
      kernel.adc(
        tf.zeros(shape),
        tf.ones([shape[1]]) as Tensor1D,
        null,
        null,
        tf.tensor1d(seed, "int32"),
        1,
        open,
      )
    );
    const values = out.dataSync() as Float32Array;
    out.dispose();
    return values;
  };
  check(draw([N / 16, 16], [5, 1]));
  assert.deepEqual(draw([100, 10], [5, 1]), draw([100, 10], [5, 1]));
  assert.notDeepEqual(draw([100, 10], [5, 2]), draw([100, 10], [5, 1]));
  assert.notDeepEqual(draw([100, 10], [6, 1]), draw([100, 10], [5, 1]));
  // Streams of neighbouring seeds and of neighbouring blocks are independent.
  const [a, b] = [draw([N / 16, 16], [5, 1]), draw([N / 16, 16], [5, 2])];
  const product = (shift: number) => {
    let sum = 0;
    for (let i = 0; i + shift < N; i++) sum += a[i] * (shift === 0 ? b[i] : a[i + shift]);
    return Math.abs(sum) / Math.sqrt(N - shift);
  };
  for (const shift of [0, 8, 16, 32, 4096]) assert.ok(product(shift) < 5, `lag ${shift}`);
});

Deno.test("read noise is standard normal times the root of its own variance, new with each draw", async () => {
  const backend = await loadBackend(), { tf } = backend;
  const kernel = await arrays.loadArrayKernel(backend), width = 128, n = N / 4;
  const variances = Float32Array.from({ length: n }, (_, i) => 0.25 * (1 + i % 7) ** 2);
  const draw = (seed: readonly [number, number], rows = n / width) =>
    tf.tidy(() =>
      kernel.adc(
        tf.fill([rows, width], 3),
        tf.ones([width]) as Tensor1D,
        null,
        null,
        { variance: tf.tensor2d(variances.slice(0, rows * width), [rows, width]), seed },
        { lo: 0, hi: 0, steps: 0 },
      ).dataSync() as Float32Array
    );
  const noise = draw([5, 1]).map((v, i) => (v - 3) / Math.sqrt(variances[i]));
  check(noise);
  assert.deepEqual(
    draw([5, 1], 9),
    draw([5, 1]).slice(0, 9 * width),
    "rows ahead stay as they are",
  );
  const other = draw([5, 2]).map((v, i) => (v - 3) / Math.sqrt(variances[i]));
  const shared = noise.reduce((sum, v, i) => sum + v * other[i], 0);
  assert.ok(Math.abs(shared) < 5 * Math.sqrt(n), "draws of one seed are independent");
});
