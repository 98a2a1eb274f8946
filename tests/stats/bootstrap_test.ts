import assert from "node:assert/strict";
import { prng } from "@/random.ts";
import {
  drawResamples,
  drawsOf,
  percentileInterval,
  resampledSums,
  standardError,
} from "@/stats/mod.ts";

const random = prng(3, "sample");
const sample = Float64Array.from({ length: 400 }, () => random.normal());
const ones = new Uint8Array(400).fill(1);
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b);
const textbook = Math.sqrt(
  sample.reduce((s, v) => s + (v - sum(sample) / 400) ** 2, 0) / 399 / 400,
);

Deno.test("every resample draws as many clusters as there are, each equally often; one seed gives one result", () => {
  const resamples = drawResamples([5, 5, 9, 2, 9, 7, 1], prng(1, "a"), 4000);
  assert.equal(resamples.count, 5);
  const total = new Float64Array(5);
  for (let r = 0; r < resamples.size; r++) {
    assert.equal(sum(drawsOf(resamples, r)), 5);
    drawsOf(resamples, r).forEach((k, c) => total[c] += k);
  }
  // 20,000 draws among five: 4,000 each with a binomial SD of 57
  for (const drawn of total) assert.ok(Math.abs(drawn - 4000) < 230, `${drawn}`);
  assert.deepEqual(drawResamples([5, 5, 9, 2, 9, 7, 1], prng(1, "a"), 4000), resamples);
});

Deno.test("sums of a resample are those of its draws, over all observations or some", () => {
  const resamples = drawResamples([0, 0, 1, 2], prng(2, "a"), 50);
  const [all, other] = resampledSums(resamples, [[1, 2, 4, 8], [0, 0, 0, 1]]);
  const [some] = resampledSums(resamples, [[1, 2, 4, 8]], [1, 3]);
  for (let r = 0; r < 50; r++) {
    const [a, b, c] = drawsOf(resamples, r);
    assert.deepEqual([all[r], some[r], other[r]], [3 * a + 4 * b + 8 * c, 2 * a + 8 * c, c]);
  }
  assert.throws(() => resampledSums(resamples, [[1, NaN, 2, 3]]), /value 1, as a list\[0\] is NaN/);
  assert.throws(() => resampledSums(resamples, [[1, 2]]), /4 observations is needed, not of 2/);
});

Deno.test("singletons: the standard error of a mean is s / sqrt(n)", () => {
  const resamples = drawResamples([...sample.keys()], prng(1, "test"), 4000);
  const means = resampledSums(resamples, [sample])[0].map((s) => s / 400);
  assert.ok(Math.abs(standardError(means) / textbook - 1) < 0.05);
  const { low, high } = percentileInterval(sum(sample) / 400, means);
  assert.ok(Math.abs(low - (sum(sample) / 400 - 1.96 * textbook)) < 0.1 * textbook);
  assert.ok(Math.abs(high - (sum(sample) / 400 + 1.96 * textbook)) < 0.1 * textbook);
});

Deno.test("copies within a cluster add no evidence: the interval stays as wide", () => {
  const copied = Float64Array.from({ length: 2000 }, (_, i) => sample[i % 400]);
  const resamples = drawResamples(Array.from(copied, (_, i) => i % 400), prng(1, "test"), 4000);
  const [sizes, sums] = resampledSums(resamples, [new Uint8Array(2000).fill(1), copied]);
  const means = sums.map((s, r) => s / sizes[r]);
  assert.ok(Math.abs(standardError(means) / textbook - 1) < 0.05);
});

Deno.test("the stated Monte Carlo error is how far bounds move with the seed", () => {
  const own = (seed: number) => {
    const resamples = drawResamples([...sample.keys()], prng(seed, "seeds"), 1000);
    const [sizes, sums] = resampledSums(resamples, [ones, sample]);
    return percentileInterval(0, sums.map((s, r) => s / sizes[r]));
  };
  const intervals = Array.from({ length: 60 }, (_, seed) => own(seed));
  const stated = sum(intervals.map(({ mc_error }) => mc_error!)) / 60;
  const [low, high] = [
    standardError(intervals.map((i) => i.low)),
    standardError(intervals.map((i) => i.high)),
  ];
  // the larger of two estimates is on average somewhat above either
  for (const seen of [low, high]) {
    assert.ok(seen / stated > 0.7 && seen / stated < 1.2, `${seen} ${stated}`);
  }
});
