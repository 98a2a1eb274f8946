/** The one-pass operations against the plain functions of `periphery.ts`, bit for bit. */
import assert from "node:assert/strict";
import {
  applyInputRange,
  type Converter,
  converter,
  gaussian,
  loadAnalogKernel,
  multiply,
  noNoise,
  quantize,
  rangeSums,
} from "../../../src/analog/mod.ts";
import { loadBackend, type Tensor, type Tensor1D, type Tensor4D } from "../../../src/backend.ts";
import { prng } from "../../../src/random.ts";

const backend = await loadBackend(), { tf } = backend, kernel = await loadAnalogKernel(backend);
const data = (tensor: Tensor) => {
  const values = tensor.dataSync() as Float32Array;
  tensor.dispose();
  return values;
};
const deviates = (n: number, label: string) => gaussian(prng(1, label))(n);
const seed = () => tf.tensor1d([1, 2], "int32") as Tensor1D;

const converters: Record<string, Converter> = {
  "8 bits": converter({ kind: "bits", bits: 8, bound: 1 }),
  "4 bits": converter({ kind: "bits", bits: 4, bound: 1 }),
  "not dividing": converter({ kind: "resolution", resolution: 0.03, bound: 1 }),
  "clip only": converter({ kind: "ideal", bound: 1 }),
  ideal: converter({ kind: "ideal", bound: null }),
};

Deno.test("converters: steps as AIHWKit counts them", () => {
  assert.equal(converters["8 bits"].step, Math.fround(Math.fround(1 / 254) * 2));
  assert.equal(converters["4 bits"].step, Math.fround(Math.fround(1 / 14) * 2));
  assert.deepEqual(converters.ideal, { step: 0, bound: Infinity });
  // Halves go to even, and quantization comes before the clip: 1.02 is a code, cut to the bound.
  const quarter = { step: 0.25, bound: 2 };
  const halves = [0.125, 0.375, 0.625, -0.125, -0.375].map((v) => quantize(v, quarter) + 0);
  assert.deepEqual(halves, [0, 0.5, 0.5, 0, -0.5]);
  assert.equal(quantize(1, converters["not dividing"]), 1);
});

for (const [name, one] of Object.entries(converters)) {
  Deno.test(`DAC and ADC equal the plain functions bit for bit: ${name}`, () => {
    const width = 12, x = deviates(width * 5000, name);
    // Ties of every code, and the bound itself.
    for (let i = 0; i < 400; i++) x[i] = Math.fround((i - 200) / 127 / 2);
    const range = 0.8, scaled = applyInputRange(x, range);
    const v = data(tf.tidy(() => kernel.dac(tf.tensor1d(x), tf.tensor1d([range]), one)));
    assert.deepEqual(v, scaled.map((s) => quantize(s, one)).map((q) => q + 0));
    const scale = deviates(width, "scale"), offset = deviates(width, "offset");
    const out = data(tf.tidy(() => {
      const [s, o] = [tf.tensor1d(scale), tf.tensor1d(offset)] as [Tensor1D, Tensor1D];
      const y = tf.tensor2d(x, [5000, width]), sum = tf.tensor2d(v, [5000, width]);
      return kernel.adc(y, s, o, sum, seed(), 0, one);
    }));
    const expected = x.map((y, i) => {
      const q = Math.fround(quantize(y, one) * scale[i % width]);
      return Math.fround(q + offset[i % width]) + v[i];
    });
    assert.deepEqual(out, expected);
  });
}

Deno.test("a row wider than a block, one row, and no row at all", () => {
  for (const [rows, width] of [[3, 5000], [1, 1], [0, 7]]) {
    const y = deviates(rows * width, "wide");
    const out = data(tf.tidy(() =>
      kernel.adc(
        tf.tensor2d(y, [rows, width]),
        tf.ones([width]) as Tensor1D,
        null,
        null,
        seed(),
        0,
        converters["8 bits"],
      )
    ));
    assert.deepEqual(out, y.map((v) => quantize(v, converters["8 bits"]) + 0));
  }
});

Deno.test("exact sums equal the plain product; float32 sums are an ADC step off once in thousands", () => {
  const [samples, inSize, outSize] = [512, 288, 32];
  const w = deviates(outSize * inSize, "weights").map((v) => v / 4);
  const x = deviates(samples * inSize, "inputs").map((v) => quantize(v / 3, converters["8 bits"]));
  const adc = converter({ kind: "bits", bits: 8, bound: 10 });
  const periphery = { dac: converters["8 bits"], adc, outputNoise: 0 };
  const reference = multiply(w, x, inSize, periphery, noNoise).adc;
  const run = (exact: boolean) =>
    data(tf.tidy(() => {
      const matrix = tf.transpose(tf.tensor2d(w, [outSize, inSize]));
      const v = tf.tensor4d(x, [samples, 1, 1, inSize]) as Tensor4D;
      const kernelShape = [1, 1, inSize, outSize] as [number, number, number, number];
      const y = exact
        ? kernel.exactProducts(v, tf.reshape(matrix, kernelShape), 1, 0)
        : tf.reshape(tf.matMul(tf.tensor2d(x, [samples, inSize]), matrix), [
          samples,
          1,
          1,
          outSize,
        ]);
      return kernel.adc<Tensor>(y, tf.ones([outSize]), null, null, seed(), 0, adc);
    }));
  assert.deepEqual(run(true), reference.map((v) => v + 0));
  const fast = run(false);
  const off = fast.map((v, i) => Math.abs(v - reference[i]));
  assert.ok(Math.max(...off) <= adc.step * 1.0001, "never more than one step");
  assert.ok(off.filter((d) => d > 0).length <= off.length * 1e-3, "rarely");
});

Deno.test("quantization that rounds ties up differs from the exact one on ties alone", () => {
  const dac = converters["8 bits"], x = deviates(1 << 20, "ties").map((v) => v / 3);
  const exact = x.map((v) => quantize(v, dac));
  const fused = data(
    backend.fakeQuantize(tf.tensor1d(x), -1, 1, { bits: 8, narrowRange: true }),
  );
  const apart = exact.reduce((n, v, i) => n + (Math.abs(v - fused[i]) > dac.step / 2 ? 1 : 0), 0);
  assert.ok(apart < 1e-5 * x.length, `${apart} of ${x.length} random values`);
  const ties = Float32Array.from({ length: 254 }, (_, i) => Math.fround((i - 126.5) / 127));
  const up = data(backend.fakeQuantize(tf.tensor1d(ties), -1, 1, { bits: 8, narrowRange: true }));
  const moved = ties.filter((v, i) => Math.abs(quantize(v, dac) - up[i]) > dac.step / 2).length;
  assert.ok(moved > 64, `only ${moved} of 254 ties`);
});

Deno.test("saturated outputs lose their gradient, and range sums equal the plain ones", () => {
  const width = 6, n = 3000 * width, g = deviates(n, "g"), out = deviates(n, "out");
  const limit = Float32Array.from({ length: width }, (_, c) => 0.5 + c / 4);
  const masked = data(tf.tidy(() =>
    kernel.maskSaturated(
      tf.tensor2d(g, [3000, width]),
      tf.tensor2d(out, [3000, width]),
      tf.tensor1d(limit),
    )
  ));
  assert.deepEqual(masked, g.map((v, i) => Math.abs(out[i]) >= limit[i % width] ? 0 : v));
  const sums = data(
    tf.tidy(() => kernel.rangeSums(tf.tensor1d(out), tf.tensor1d(g), tf.tensor1d([1.2]))),
  );
  const plain = rangeSums(out, g, Math.fround(1.2));
  assert.ok(Math.abs(sums[0] / plain.outward - 1) < 1e-5);
  assert.ok(Math.abs(sums[1] - plain.inside) < 1e-6);
});
