/** Several pairs of devices a weight. */
import assert from "node:assert/strict";
import {
  driftTile,
  gaussian,
  noNoise,
  programTile,
  toConductances,
  toWeights,
} from "../../../src/analog/mod.ts";
import { resolveConfig } from "../../../src/config.ts";
import { prng } from "../../../src/random.ts";

const hardware = (pairs: number) => resolveConfig({ hardware: { pairs } }).hardware;

Deno.test("a pair is used where those before it are full", () => {
  const weights = Float32Array.of(1, 0.75, 0.25, 0, -0.5, -1);
  const { devices, scale_ratio } = toConductances(weights, hardware(2));
  assert.equal(scale_ratio, 50);
  assert.deepEqual(devices.map((g) => [...g]), [
    [25, 25, 12.5, 0, 0, 0],
    [0, 0, 0, 0, 25, 25],
    [25, 12.5, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 25],
  ]);
  assert.deepEqual(toWeights({ devices, scale_ratio }), weights);
});

Deno.test("more pairs, smaller errors: the sums of noise grow slower than the range", () => {
  const weights = gaussian(prng(1, "w"))(20_000).map((w) => Math.min(Math.max(w / 4, -1), 1));
  const errorOf = (pairs: number) => {
    const device = hardware(pairs), normal = gaussian(prng(2, "p"));
    const programmed = programTile(weights, device, normal);
    assert.equal(programmed.traits.length, 2 * pairs);
    const still = driftTile({ ...programmed, weights }, 0, { ...device, readNoise: 0 }, noNoise);
    still.forEach((w, i) => assert.ok(Math.abs(w - weights[i]) < 1e-6));
    const squares = programmed.weights.reduce((sum, w, i) => sum + (w - weights[i]) ** 2, 0);
    return Math.sqrt(squares / weights.length);
  };
  const [one, two, four] = [1, 2, 4].map(errorOf);
  assert.ok(two < one && four < two, `${one} ${two} ${four}`);
});
