import assert from "node:assert/strict";
import {
  convert,
  deviationsOf,
  drift,
  program,
  tilesOf,
  weightDeviation,
  weightDistribution,
} from "../../../src/analog/mod.ts";
import { resolveConfig } from "../../../src/config.ts";
import { initialState, networkPlan } from "../../../src/network/mod.ts";

const plan = networkPlan([2, 2, 2, 2, 2, 2], { channels: 8, cellsPerStage: 1 });
const { hardware } = resolveConfig();
const network = convert(plan, initialState(plan, 1), hardware);

Deno.test("single deviations are below that of all together; perfect hardware has none", () => {
  const tile = tilesOf(network)[1];
  const found = deviationsOf(tile, hardware, 86_400, 50, 0);
  const all = found.at(-1)!.deviation_pct;
  for (const { deviation_pct } of found.slice(0, -1)) {
    assert.ok(deviation_pct > 0 && deviation_pct < all);
  }
  const perfect = resolveConfig({
    hardware: {
      dac: { kind: "ideal", bound: null },
      adc: { kind: "ideal", bound: null },
      outputNoise: 0,
      programmingNoise: 0,
      drift: 0,
      readNoise: 0,
    },
  }).hardware;
  for (const { source, deviation_pct } of deviationsOf(tile, perfect, 86_400, 50, 0)) {
    assert.ok(deviation_pct < 1e-4, source);
  }
});

Deno.test("compensation takes back what is common to a tile; weights are counted once", () => {
  const readings = drift(network, program(network, 1), 2_592_000, 1);
  const { bare_pct, compensated_pct } = weightDeviation(network, readings);
  assert.ok(compensated_pct < bare_pct / 2);
  const { shares, meanMagnitude } = weightDistribution(network, 20);
  assert.ok(Math.abs(shares.reduce((sum, { share_pct }) => sum + share_pct, 0) - 100) < 1e-9);
  // Fresh weights are uniform: mean magnitude half of the largest.
  assert.ok(Math.abs(meanMagnitude - 0.5) < 0.01);
});
