import assert from "node:assert/strict";
import { addToHistogram, BINS, chooseRange, extendedRange } from "../../src/quantize/mod.ts";
import { prng } from "../../src/random.ts";

const histogramOf = (values: Float32Array) => {
  const range = extendedRange(undefined, values);
  const histogram = { range, counts: new Float64Array(BINS) };
  addToHistogram(histogram, values);
  return histogram;
};
const normals = (n: number) => {
  const random = prng(4, "normals");
  return Float32Array.from({ length: n }, () => random.normal());
};

Deno.test("min_max takes all that was seen, and always holds 0", () => {
  const range = extendedRange(extendedRange(undefined, Float32Array.of(2, 3)), Float32Array.of(5));
  assert.deepEqual(range, { min: 0, max: 5 });
  assert.deepEqual(extendedRange(undefined, Float32Array.of(-2, -1)), { min: -2, max: 0 });
  const histogram = histogramOf(Float32Array.of(-1, 0.5, 7));
  assert.deepEqual(chooseRange("min_max", histogram, 8), { min: -1, max: 7 });
});

Deno.test("percentile leaves out what the normal distribution puts beyond 3.89 sd", () => {
  const { min, max } = chooseRange("percentile", histogramOf(normals(1_000_000)), 8);
  // Quantiles of the standard normal at 5e-5 and 1 - 5e-5 are -/+ 3.8906. sd of the sample's: 0.036.
  assert(Math.abs(min + 3.8906) < 0.15, `${min}`);
  assert(Math.abs(max - 3.8906) < 0.15, `${max}`);
});

Deno.test("histogram finds the clipping that is best for a normal distribution", () => {
  // Banner, Nahshan & Soudry 2019 ("ACIQ"): optimal clipping 1.71, 2.15, 2.55 sd at 2, 3 and 4 bits.
  const histogram = histogramOf(normals(400_000));
  for (const [bits, best] of [[2, 1.71], [3, 2.15], [4, 2.55]]) {
    const { min, max } = chooseRange("histogram", histogram, bits);
    // Their step is range / 2^bits, ours range / (2^bits - 1): ours is wider by little at few bits.
    const half = (max - min) / 2;
    assert(Math.abs(half - best) < 0.25, `${bits} bits: ${half}`);
  }
  const wide = chooseRange("histogram", histogram, 8);
  const narrow = chooseRange("histogram", histogram, 3);
  assert(narrow.max < wide.max);
});

Deno.test("an outlier is clipped by histogram and percentile, kept by min_max", () => {
  const values = normals(1_000_000);
  values[17] = 100;
  const histogram = histogramOf(values);
  assert.equal(chooseRange("min_max", histogram, 8).max, 100);
  assert(chooseRange("percentile", histogram, 8).max < 6);
  assert(chooseRange("histogram", histogram, 8).max < 60);
});

Deno.test("an activation that is always 0 has a range", () => {
  const histogram = histogramOf(new Float32Array(10));
  for (const observer of ["min_max", "percentile", "histogram"] as const) {
    assert.deepEqual(chooseRange(observer, histogram, 8), { min: 0, max: 0 });
  }
});
