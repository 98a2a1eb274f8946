/** ReRAM of Wan et al. 2022 against its polynomials, and what it refuses. */
import assert from "node:assert/strict";
import {
  convert,
  drift,
  driftTile,
  gaussian,
  isExtrapolated,
  noNoise,
  program,
  programTile,
  reramSigma,
  reramWan2022,
  tilesOf,
} from "../../../src/analog/mod.ts";
import { resolveConfig } from "../../../src/config.ts";
import { InputError } from "../../../src/input_error.ts";
import { initialState, networkPlan } from "../../../src/network/mod.ts";
import { prng } from "../../../src/random.ts";

const { hardware } = resolveConfig({ hardware: { device: "reram_wan2022" } });
const DAY_S = 86_400, N = 100_000;
const mean = (v: Float32Array) => v.reduce((a, b) => a + b, 0) / v.length;
const sd = (v: Float32Array) => {
  const centre = mean(v);
  return Math.sqrt(v.reduce((sum, x) => sum + (x - centre) ** 2, 0) / v.length);
};

Deno.test("conductances deviate from their targets by the measured polynomials", () => {
  // At u = 1/2: c0 + c1/2 + c2/4 + c3/8 + c4/16 of AIHWKit's coefficients.
  const after1s = 0.348 + 16.030 / 2 - 43.853 / 4 + 45.393 / 8 - 16.815 / 16;
  const after2d = 0.782 + 20.274 / 2 - 43.507 / 4 + 37.062 / 8 - 11.934 / 16;
  assert.ok(Math.abs(reramSigma(20, 40, 1) - after1s) < 1e-12);
  assert.ok(Math.abs(reramSigma(20, 40, 2 * DAY_S) - after2d) < 1e-12);
  const normal = gaussian(prng(1, "reram")), target = new Float32Array(N).fill(20);
  const programmed = reramWan2022.program(target, hardware, normal);
  const read = reramWan2022.read(programmed, target, 2 * DAY_S, hardware, normal);
  for (const [found, sigma] of [[programmed, after1s], [read, after2d]] as const) {
    assert.ok(Math.abs(mean(found) - 20) < 5 * sigma / Math.sqrt(N));
    assert.ok(Math.abs(sd(found) / sigma - 1) < 5 / Math.sqrt(2 * N));
  }
  // A read knows the target alone: it does not correlate with what programming left.
  const products = programmed.map((g, i) => (g - 20) * (read[i] - 20) / (after1s * after2d));
  assert.ok(Math.abs(mean(products)) < 5 / Math.sqrt(N));
  const half = reramWan2022.read(programmed, target, DAY_S, {
    ...hardware,
    programmingNoise: 0,
  }, normal);
  assert.deepEqual([...half.subarray(0, 3)], [20, 20, 20]);
});

Deno.test("devices aimed at zero stay on one side of it; another g_max is extrapolated", () => {
  const normal = gaussian(prng(2, "zero"));
  const found = reramWan2022.program(new Float32Array(N), hardware, normal);
  assert.ok(found.every((g) => g >= 0));
  const zeros = found.reduce((count, g) => count + (g === 0 ? 1 : 0), 0);
  assert.ok(Math.abs(zeros / N - 0.5) < 5 * 0.5 / Math.sqrt(N));
  assert.equal(isExtrapolated(hardware), false);
  assert.equal(isExtrapolated({ ...hardware, gMax_uS: 25 }), true);
  assert.equal(reramSigma(12.5, 25, 1), reramSigma(20, 40, 1)); // in uS, as AIHWKit
});

Deno.test("times that were not measured are refused with those that were", () => {
  const programmed = programTile(Float32Array.of(1, -0.5), hardware, noNoise);
  for (const t of [0, 60, 2_592_000]) {
    assert.throws(
      () => driftTile(programmed, t, hardware, noNoise),
      (error: Error) =>
        error instanceof InputError &&
        error.message.includes(`no data at ${t} s; it was measured 1, 86400, 172800 s after`),
    );
  }
});

Deno.test("a network on ReRAM: without error has its weights", () => {
  const plan = networkPlan([2, 3, 4, 0, 2, 1], { channels: 4, cellsPerStage: 1 });
  const state = initialState(plan, 1);
  const still = convert(plan, state, { ...hardware, programmingNoise: 0 });
  const unchanged = drift(still, program(still, 1), DAY_S, 1);
  for (const { name, weights } of tilesOf(still)) {
    weights.forEach((w, i) => assert.ok(Math.abs(unchanged[name].weights[i] - w) < 1e-5));
  }
});

Deno.test("a read is scaled by the largest programmed weight; compensation takes that back", () => {
  const still = { ...hardware, programmingNoise: 0 };
  const weights = Float32Array.of(1, -0.5, 0.25, 0.75);
  const programmed = programTile(weights, still, noNoise);
  assert.deepEqual(programmed.traits.map((g) => [...g]), [[40, 0, 10, 30], [0, 20, 0, 0]]);
  // As if the largest device had been programmed a tenth too high: converted again, it sits at g_max.
  const enlarged = { ...programmed, weights: Float32Array.of(1.1, -0.5, 0.25, 0.75) };
  const read = driftTile(enlarged, DAY_S, still, noNoise);
  read.forEach((w, i) => assert.ok(Math.abs(w - 1.1 * weights[i]) < 1e-6));
});
