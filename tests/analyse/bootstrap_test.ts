import assert from "node:assert/strict";
import {
  bootstrapMeans,
  clusterBootstrap,
  denseLabels,
  percentileInterval,
  standardError,
} from "@/analyse/bootstrap.ts";
import { prng } from "@/random.ts";

/** 400 standard normal numbers with their mean's textbook standard error. */
const random = prng(3, "sample");
const sample = Float64Array.from({ length: 400 }, () => random.normal());
const mean = sample.reduce((a, b) => a + b) / 400;
const textbook = Math.sqrt(sample.reduce((s, v) => s + (v - mean) ** 2, 0) / 399 / 400);

Deno.test("singletons: the standard error of a mean is s / sqrt(n)", () => {
  const [means] = bootstrapMeans([sample], sample.map((_, i) => i), prng(1, "test"), 4000);
  assert.ok(Math.abs(standardError(means) / textbook - 1) < 0.05);
  const { low, high } = percentileInterval(mean, means);
  assert.ok(Math.abs(low - (mean - 1.96 * textbook)) < 0.1 * textbook);
  assert.ok(Math.abs(high - (mean + 1.96 * textbook)) < 0.1 * textbook);
});

Deno.test("copies within a cluster add no evidence: the interval stays as wide", () => {
  const copied = Float64Array.from({ length: 2000 }, (_, i) => sample[i % 400]);
  const [means] = bootstrapMeans([copied], copied.map((_, i) => i % 400), prng(1, "test"), 4000);
  assert.ok(Math.abs(standardError(means) / textbook - 1) < 0.05);
});

Deno.test("the interval covers the truth about 95 times in 100", () => {
  const draws = prng(5, "coverage");
  let covered = 0;
  for (let study = 0; study < 400; study++) {
    const data = Float64Array.from({ length: 60 }, () => draws.normal());
    const [means] = bootstrapMeans([data], data.map((_, i) => i), draws, 300);
    const { low, high } = percentileInterval(0, means);
    if (low <= 0 && 0 <= high) covered++;
  }
  // binomial(400, 0.95) has SD 4.4; percentile intervals are a little short at n = 60
  assert.ok(covered > 360 && covered < 395, `${covered} of 400`);
});

Deno.test("every resample draws as many clusters as there are; one seed gives one result", () => {
  const totals = clusterBootstrap(7, prng(1, "a"), (m) => [m.reduce((x, y) => x + y)], 20);
  assert.ok(totals.every((total) => total[0] === 7));
  const run = () => [...bootstrapMeans([sample], denseLabels(sample).labels, prng(9, "b"), 50)[0]];
  assert.deepEqual(run(), run());
});
