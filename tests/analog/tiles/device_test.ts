/** PCM devices against their closed forms, and what the simulator refuses. */
import assert from "node:assert/strict";
import {
  convert,
  drawDriftExponents,
  drift,
  driftConductances,
  driftTile,
  gaussian,
  isExtrapolated,
  mapWeights,
  noNoise,
  program,
  programConductances,
  programmingSigma,
  programTile,
  readSigma,
  splitSizes,
  T_0_S,
  tilesOf,
  toConductances,
} from "../../../src/analog/mod.ts";
import { resolveConfig } from "../../../src/config.ts";
import { InputError } from "../../../src/input_error.ts";
import { initialState, networkPlan } from "../../../src/network/mod.ts";
import { prng } from "../../../src/random.ts";

const { hardware } = resolveConfig();
const mean = (v: Float32Array) => v.reduce((a, b) => a + b, 0) / v.length;
const sd = (v: Float32Array) => {
  const centre = mean(v);
  return Math.sqrt(v.reduce((sum, x) => sum + (x - centre) ** 2, 0) / v.length);
};
const inputError = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof InputError);
  assert.match(error.message, message);
  return true;
};

Deno.test("a device's error, drift and read noise follow the closed forms", () => {
  const n = 200_000, g = 12.5, normal = gaussian(prng(2, "device"));
  const target = new Float32Array(n).fill(g);
  const programmed = programConductances(target, hardware, normal);
  // Joshi et al. 2020: 0.26348 + 1.9650 u - 1.1731 u^2 at u = 1/2.
  const sigma = 0.26348 + 1.9650 / 2 - 1.1731 / 4;
  assert.ok(Math.abs(programmingSigma(g, 25) / sigma - 1) < 1e-12);
  assert.ok(Math.abs(mean(programmed) - g) < 5 * sigma / Math.sqrt(n));
  assert.ok(Math.abs(sd(programmed) / sigma - 1) < 5 / Math.sqrt(2 * n));
  const nu = new Float32Array(n).fill(0.05), t = 86_400;
  const still = { ...hardware, readNoise: 0 };
  const drifted = driftConductances(target, nu, t, still, normal);
  const expected = g * ((t + T_0_S) / T_0_S) ** -0.05;
  assert.ok(Math.abs(drifted[0] / expected - 1) < 1e-6);
  const read = driftConductances(target, nu, t, hardware, normal);
  assert.ok(Math.abs(sd(read) / (expected * readSigma(g, 25, t)) - 1) < 5 / Math.sqrt(2 * n));
});

Deno.test("drift exponents: the closed form with its bounds; a negative one is turned, not cut off", () => {
  // By share u of g_max: mean clamp(-0.0155 ln u + 0.0244, 0.049, 0.1), SD clamp(-0.0125 ln u - 0.0059,
  // 0.008, 0.045); the bounds hold below 0.0076 and above 0.33, and only there both at once.
  const shares = [1e-4, 0.05, 0.2, 1],
    means = [0.1, 0.0155 * Math.log(20) + 0.0244, 0.049347, 0.049];
  const sds = [0.045, 0.0125 * Math.log(20) - 0.0059, 0.0125 * Math.log(5) - 0.0059, 0.008];
  const target = Float32Array.from(shares, (u) => 25 * u);
  for (const deviate of [0, 1.5, -4, -10]) {
    const nu = drawDriftExponents(target, hardware, (n) => new Float32Array(n).fill(deviate));
    nu.forEach((v, i) => {
      const wanted = Math.abs(means[i] + deviate * sds[i]);
      assert.ok(Math.abs(v - wanted) < 1e-5, `u = ${shares[i]}, N = ${deviate}: ${v}, ${wanted}`);
    });
  }
});

Deno.test("no time, no drift, but read noise; a device at zero stays there", () => {
  const target = Float32Array.of(0, 10), nu = Float32Array.of(0.1, 0.1);
  assert.deepEqual(
    [...driftConductances(target, nu, 0, { ...hardware, readNoise: 0 }, noNoise)],
    [0, 10],
  );
  const read = driftConductances(target, nu, 0, hardware, gaussian(prng(1, "read")));
  assert.equal(read[0], 0);
  assert.notEqual(read[1], 10);
});

Deno.test("another g_max scales the programming error and is marked as extrapolated", () => {
  assert.equal(programmingSigma(25, 50), 2 * programmingSigma(12.5, 25));
  assert.equal(isExtrapolated({ device: "pcm", gMax_uS: 25 }), false);
  assert.equal(isExtrapolated({ device: "pcm", gMax_uS: 50 }), true);
  for (const gMax_uS of [0, -25, NaN]) {
    assert.throws(
      () => resolveConfig({ hardware: { gMax_uS } }),
      inputError(/gMax_uS = (0|-25|NaN)/),
    );
  }
});

Deno.test("every drift starts from what was programmed; the largest programmed weight sits at g_max", () => {
  const weights = gaussian(prng(1, "w"))(400).map((w) => w / 4);
  const programmed = programTile(weights, hardware, gaussian(prng(1, "p")));
  const at = (t: number) => driftTile(programmed, t, hardware, gaussian(prng(1, `t ${t}`)));
  at(3_600);
  assert.deepEqual(at(60), at(60));
  const { devices: [plus, minus] } = toConductances(programmed.weights, hardware);
  assert.equal(Math.max(...plus, ...minus), 25);
  assert.ok(plus.every((g, i) => g === 0 || minus[i] === 0));
});

Deno.test("pieces of a split are near-equal, the larger ones first", () => {
  assert.deepEqual(splitSizes(576, 512), [288, 288]);
  assert.deepEqual(splitSizes(513, 512), [257, 256]);
  assert.deepEqual(splitSizes(512, 512), [512]);
  assert.deepEqual(splitSizes(5, 2), [2, 2, 1]);
  assert.deepEqual(splitSizes(5_000, 0), [5_000]);
});

Deno.test("mapping: per tensor, per column, not at all; rows of zeros", () => {
  const matrix = Float32Array.of(1, -2, 0, 0, 0.5, 0.25);
  const scales = (
    weightScaling: "per_tensor" | "per_column",
    weightScalingOmega: number,
  ) => [...mapWeights(matrix, 3, { weightScaling, weightScalingOmega }).scales];
  assert.deepEqual(scales("per_tensor", 1), [2, 2, 2]);
  assert.deepEqual(scales("per_column", 1), [2, 1, 0.5]);
  assert.deepEqual(scales("per_column", 0.5), [4, 1, 1]);
  assert.deepEqual(scales("per_tensor", 0), [1, 1, 1]);
});

const plan = networkPlan([2, 3, 4, 0, 2, 1], { channels: 4, cellsPerStage: 1 });
const state = initialState(plan, 1);

Deno.test("a programming event and a reading follow from their seeds", () => {
  const network = convert(plan, state, hardware);
  const [a, b, c] = [program(network, 1), program(network, 1), program(network, 2)];
  const { name } = tilesOf(network)[0];
  assert.deepEqual(a, b);
  assert.notDeepEqual(a[name].weights, c[name].weights);
  assert.deepEqual(drift(network, a, 60, 5), drift(network, a, 60, 5));
  assert.notDeepEqual(
    drift(network, a, 60, 5)[name].weights,
    drift(network, a, 60, 6)[name].weights,
  );
  const without = { ...network, hardware: { ...hardware, driftCompensation: "none" as const } };
  assert.equal(drift(without, a, 60, 5)[name].alpha, 1);
});

Deno.test("a part of the layers can be converted; none, or weights of another network, is refused", () => {
  const part = convert(plan, state, hardware, (layer) => layer === "classifier");
  assert.deepEqual(tilesOf(part).map(({ name }) => name), ["classifier.tile.0"]);
  assert.throws(() => convert(plan, state, hardware, () => false), inputError(/No layer/));
  const other = networkPlan([2, 3, 4, 0, 2, 1], { channels: 8, cellsPerStage: 1 });
  assert.throws(
    () => convert(other, state, hardware),
    inputError(/another network: stem\.0 needs/),
  );
});

Deno.test("bad input is refused with one clear message", () => {
  const poisoned = (value: number) => {
    const weight = state["stem.0.weight"].slice();
    weight[7] = value;
    return { ...state, "stem.0.weight": weight };
  };
  for (const value of [NaN, Infinity, -Infinity]) {
    assert.throws(
      () => convert(plan, poisoned(value), hardware),
      inputError(/stem\.0\.tile\.0: Weight 7 is (NaN|-?Infinity)/),
    );
  }
  const rule = { weightScalingOmega: 1, weightScaling: "per_tensor" } as const;
  assert.throws(() => mapWeights(new Float32Array(), 0, rule), inputError(/at least one weight/));
  const network = convert(plan, state, hardware), programmed = program(network, 1);
  for (const t of [-1, NaN, Infinity]) {
    assert.throws(
      () => drift(network, programmed, t, 1),
      inputError(/inference time is (-1|NaN|Infinity)/),
    );
  }
  const refused = (settings: Parameters<typeof resolveConfig>[0], message: RegExp) =>
    assert.throws(() => resolveConfig(settings), inputError(message));
  refused({ hardware: { dac: { kind: "bits", bits: 0, bound: 1 } } }, /hardware\.dac\.bits = 0/);
  refused({ hardware: { adc: { kind: "bits", bits: 8, bound: 0 } } }, /hardware\.adc\.bound = 0/);
  refused({ hardware: { adc: { kind: "ideal", bound: 0 } } }, /hardware\.adc\.bound = 0/);
  refused({ hardware: { outputNoise: -0.1 } }, /hardware\.outputNoise = -0\.1/);
  refused({ hardware: { gMin_uS: 30 } }, /gMin_uS must be below gMax_uS/);
  refused({ measurement: { inferenceTimes_s: [-5] } }, /inferenceTimes_s\.0 = -5/);
});

Deno.test("the record of hardware and its training stays under 40 settings and cannot be changed", () => {
  const { hardware, hwt } = resolveConfig();
  const count = (value: unknown): number =>
    value !== null && typeof value === "object"
      ? Object.values(value).reduce((sum: number, v) => sum + count(v), 0)
      : 1;
  assert.ok(count(hardware) + count(hwt) < 40);
  assert.throws(() => {
    (hardware as { gMax_uS: number }).gMax_uS = 10;
  }, TypeError);
});
