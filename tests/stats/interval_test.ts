import assert from "node:assert/strict";
import { percentileInterval, position } from "@/stats/mod.ts";

Deno.test("percentiles of 1..1000: 25.975 to 975.025, as numpy has them, with the spacing's binomial SD as Monte Carlo error", () => {
  const { low, high, mc_error } = percentileInterval(
    0,
    Array.from({ length: 1000 }, (_, i) => i + 1),
  );
  assert.deepEqual([low, high], [25.975, 975.025]);
  // sqrt(1000 * 0.025 * 0.975) = 4.94 places of 1 each
  assert.ok(Math.abs(mc_error! - 5) <= 0.5, `${mc_error}`);
});

Deno.test("replicates without a value are refused, or dropped by name; none left is refused", () => {
  assert.throws(() => percentileInterval(0, [1, NaN, 2]), /is NaN/);
  assert.equal(percentileInterval(1, [1, NaN, 1], { missing: "drop" }).low, 1);
  assert.throws(() => percentileInterval(0, []), /no replicate/);
});

Deno.test("an interval lies above, below or across; undecided where a bound is within its own error", () => {
  const at = (low: number, high: number, mc_error?: number) =>
    position({ estimate: 0, low, high, ...mc_error === undefined ? {} : { mc_error } }, 5);
  assert.deepEqual([at(6, 9), at(1, 4), at(4, 6)], ["above", "below", "across"]);
  assert.deepEqual([at(6, 9, 0.3), at(6, 9, 0.4)], ["above", "undecided"]);
  assert.deepEqual([at(1, 4, 0.3), at(1, 4, 0.4), at(4, 6, 0.4)], [
    "below",
    "undecided",
    "undecided",
  ]);
  assert.equal(at(5, 9), "across"); // a bound on the threshold is not beyond it
});

Deno.test("the Monte Carlo error is that of the worse bound", () => {
  // Quantiles of an exponential distribution: the upper bound lies where it is thin. Closed form of a
  // quantile's standard error: sqrt(p (1 - p) / n) / density, the density at the upper one 0.025.
  const n = 10_000, replicates = Array.from({ length: n }, (_, i) => -Math.log(1 - (i + 0.5) / n));
  for (const values of [replicates, replicates.map((v) => -v)]) {
    const { mc_error } = percentileInterval(0, values);
    const wanted = Math.sqrt(0.025 * 0.975 / n) / 0.025;
    assert.ok(Math.abs(mc_error! / wanted - 1) < 0.05, `${mc_error}, wanted ${wanted}`);
  }
});
