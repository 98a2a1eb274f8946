import assert from "node:assert/strict";
import { prng } from "@/random.ts";
import { expectedTau, familyInterval, kendallTauB } from "@/stats/mod.ts";

Deno.test("two observations: each side keeps their order by its own chance, by hand", () => {
  // Distance 1 against a spread of sqrt(0.6^2 + 0.8^2) = 1: 2 Phi(1) - 1 = 0.6826895 (tables); no error: 1.
  const x = { mean: [0, 1], error: [0.6, 0.8] }, sure = { mean: [5, 9], error: [0, 0] };
  assert.ok(Math.abs(expectedTau(x, sure) - 0.6826894921) < 1e-9);
  assert.ok(Math.abs(expectedTau(x, x) - 0.6826894921 ** 2) < 1e-9);
  assert.equal(expectedTau(sure, sure), 1);
  // A pair that is equal without error is a tie, as tau-b has it.
  const tied = { mean: [1, 1, 2], error: [0, 0, 0] }, plain = { mean: [1, 2, 3], error: [0, 0, 0] };
  assert.ok(Math.abs(expectedTau(tied, plain) - kendallTauB([1, 1, 2], [1, 2, 3])) < 1e-12);
  assert.throws(() => expectedTau(x, plain), /expectedTau/);
});

Deno.test("the mean of tau-b over drawn noise", () => {
  const random = prng(0, "noisy tau"), n = 20;
  const side = (scale: number) => ({
    mean: Array.from({ length: n }, (_, i) => scale * i * i),
    error: Array.from({ length: n }, (_, i) => 3 + i % 4),
  });
  const x = side(0.3), y = side(0.1);
  const drawn = ({ mean, error }: typeof x) => mean.map((m, i) => m + error[i] * random.normal());
  const taus = Array.from({ length: 4_000 }, () => kendallTauB(drawn(x), drawn(y)));
  const average = taus.reduce((a, b) => a + b) / taus.length;
  // SD of one tau about 0.1: four standard errors of the average.
  assert.ok(Math.abs(average - expectedTau(x, y)) < 0.007, `${average} ${expectedTau(x, y)}`);
});

Deno.test("a family of intervals is wider by the ratio of Student's quantiles", () => {
  // scipy: t.ppf(1 - 0.025/5, 7) / t.ppf(0.975, 7) = 3.4994833 / 2.3646243
  const wide = familyInterval({ estimate: 2, low: 1, high: 4 }, 8, 5),
    ratio = 3.4994833 / 2.3646243;
  assert.ok(Math.abs(wide.low - (2 - ratio)) < 1e-6);
  assert.ok(Math.abs(wide.high - (2 + 2 * ratio)) < 1e-6);
  const same = familyInterval({ estimate: 2, low: 1, high: 4 }, 8, 1);
  assert.ok(Math.abs(same.low - 1) + Math.abs(same.high - 4) < 1e-12);
});
