/** Tables made so that the right answer is known. */
import assert from "node:assert/strict";
import {
  contradictions,
  EXPRESSIONS,
  FUNCTIONS,
  matchedSwaps,
  noiseFloor,
  retest,
  studyOf,
  tauCeiling,
} from "@/analyse/mod.ts";
import { hardwareAwareClaim } from "@/analyse/claims/hardware_aware.ts";
import { prng } from "@/random.ts";
import { drawResamples } from "@/stats/mod.ts";
import { allCells, isConnected, OPERATIONS } from "@/space/mod.ts";
import type { Metric } from "@/table/mod.ts";
import { synthetic } from "./synthetic.ts";

const random = prng(11, "function means");
const functionMean = Float64Array.from({ length: 5485 }, () => 80 + 5 * random.normal());
const resamples = drawResamples(EXPRESSIONS, prng(1, "resamples"), 400);

Deno.test("where copies agree exactly the noise floor is 0 and re-test tau 1", () => {
  const exact = synthetic((i) => functionMean[FUNCTIONS[i]]);
  for (const { sd_pct, typical_sd_pct } of noiseFloor(exact, resamples)) {
    assert.deepEqual([sd_pct.estimate, sd_pct.high, typical_sd_pct].map((v) => v < 1e-9), [
      true,
      true,
      true,
    ]);
  }
  const [{ tau, ceiling }] = retest(exact, prng(1, ""), -Infinity, ["hwt"]);
  assert.equal(tau.estimate, 1);
  assert.equal(ceiling.estimate, 1);
});

Deno.test("a noise of SD 2 is found, and the tau and ceiling that it implies", () => {
  const noise = prng(12, "noise"),
    noisy = synthetic((i) => functionMean[FUNCTIONS[i]] + 2 * noise.normal());
  const { sd_pct, typical_sd_pct } = noiseFloor(noisy, resamples).find((f) => f.metric === "hwt")!;
  assert.ok(sd_pct.low < 2 && 2 < sd_pct.high, `${sd_pct.low} to ${sd_pct.high}`);
  assert.ok(Math.abs(typical_sd_pct - 2) < 0.1);
  // normal scores: reliability 25 / (25 + 4); tau = 2 / pi asin(correlation)
  const [{ tau, ceiling }] = retest(noisy, prng(1, ""), -Infinity, ["hwt"]);
  assert.ok(tau.low < 0.662 && 0.662 < tau.high, `${tau.low} to ${tau.high}`); // asin(25/29)
  assert.ok(ceiling.low < 0.758 && 0.758 < ceiling.high); // asin(sqrt(25/29))
});

Deno.test("the ceiling is never below the re-test tau, and meets it at 0 and 1", () => {
  for (const tau of [0, 0.1, 0.5, 0.9, 1]) assert.ok(tauCeiling(tau) >= tau - 1e-12);
  assert.equal(tauCeiling(0), 0);
  assert.equal(tauCeiling(1), 1);
});

Deno.test("in an additive table a swap has one effect, in every context and no error", () => {
  const worth = [3, 0, 5, 2, 1]; // of each operation, times the edge's number plus one
  const additive = synthetic((i) =>
    allCells()[i].reduce((sum, o, e) => sum + (e + 1) * worth[o], 10)
  );
  const swaps = matchedSwaps(additive, ["hwt"]);
  assert.equal(swaps.length, 60);
  for (const { edge, operation, other, mean } of swaps) {
    const difference = worth[OPERATIONS.indexOf(operation)] - worth[OPERATIONS.indexOf(other)];
    for (const value of [mean.estimate, mean.low, mean.high]) {
      assert.ok(Math.abs(value - (edge + 1) * difference) < 1e-9);
    }
  }
});

Deno.test("verdicts turn with the table: hardware-aware training that closes nothing, or all", () => {
  const verdict = (hwt: number) => {
    const level = (metric: Metric) =>
      metric.startsWith("noisy") ? 40 : metric.startsWith("hwt") ? hwt : 90;
    const noise = prng(13, "noise");
    const made = synthetic((_, metric) => level(metric) + noise.normal());
    return hardwareAwareClaim(studyOf({ benchmark: made })).verdict;
  };
  assert.equal(verdict(41), "not supported");
  assert.equal(verdict(88), "supported");
});

Deno.test("a table without contradictions has none listed; a planted one is found", () => {
  const flat = (planted: number) =>
    synthetic((i, metric) =>
      metric === "hwt@1d" && i === 15000
        ? planted
        : metric === "baseline" && isConnected(allCells()[i])
        ? 60
        : 10
    );
  assert.deepEqual(contradictions(flat(10)), []);
  const [found] = contradictions(flat(50));
  assert.deepEqual(
    [found.rule, found.cell_index, found.metric, found.accuracy_pct, found.against],
    [
      "rises_with_time",
      15000,
      "hwt@1d",
      50,
      "hwt@1h",
    ],
  );
});
