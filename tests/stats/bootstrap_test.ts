import assert from "node:assert/strict";
import {
  bootstrapMeans,
  bootstrapMedians,
  clusterBootstrap,
  denseLabels,
  percentileInterval,
  standardError,
} from "@/stats/bootstrap.ts";
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

Deno.test("the standard error of a normal median is sqrt(pi / 2) that of the mean", () => {
  const draws = prng(8, "normal");
  const wide = Float64Array.from({ length: 4000 }, () => draws.normal());
  const [medians] = bootstrapMedians([wide], wide.map((_, i) => i), prng(1, "test"), 1000);
  // known to about 10 % from one sample of this size
  assert.ok(Math.abs(standardError(medians) / Math.sqrt(Math.PI / 2 / 4000) - 1) < 0.2);
});

Deno.test("replicates of a median are values of the sample", () => {
  const [medians] = bootstrapMedians([[1, 5, 9]], [0, 0, 1], prng(1, "test"), 200);
  // class {1, 5} twice: 1, 1, 5, 5; both: 1, 5, 9; class {9} twice: 9, 9
  assert.deepEqual([...new Set(medians)].sort(), [1, 5, 9]);
});
