/** The error of a layer's products, against its mean over inputs in closed form, and against hardware without errors. */
import assert from "node:assert/strict";
import { convert, drift, layerError, program } from "@/analog/mod.ts";
import { type PartialConfig, resolveConfig } from "@/config.ts";
import { initialState, networkPlan } from "@/network/mod.ts";

const plan = networkPlan([3, 3, 3, 3, 3, 3], { channels: 8, cellsPerStage: 1 });
const IDEAL: PartialConfig["hardware"] = {
  dac: { kind: "ideal", bound: null },
  adc: { kind: "ideal", bound: null },
  outputNoise: 0,
  // Several tiles along inputs and outputs.
  ...{ maxInputSize: 100, maxOutputSize: 10 },
};
const networkOn = (hardware: PartialConfig["hardware"]) =>
  convert(plan, initialState(plan, 1), resolveConfig({ hardware }).hardware);
const largestLayer = ({ layers }: ReturnType<typeof networkOn>) =>
  Object.keys(layers).toSorted((a, b) => layers[b].tiles.length - layers[a].tiles.length)[0];

/** Mean and second moment of a standard normal / 3, cut below 0. */
const MEAN = 1 / (3 * Math.sqrt(2 * Math.PI)), SECOND = 1 / 18;

Deno.test("over many inputs the error is that of the weights, pieces added up, with and without compensation", () => {
  const network = networkOn(IDEAL), name = largestLayer(network), { tiles } = network.layers[name];
  assert.ok(tiles.length >= 6, `${tiles.length} tiles`);
  const readings = drift(network, program(network, 1), 2_592_000, 1);
  /** Mean square of all outputs, a matrix of logical weights over its inputs, by hand. */
  const meanSquare = (of: (w: number, found: number, alpha: number) => number) => {
    const rows = new Map<number, { sum: number; squares: number }>();
    for (const tile of tiles) {
      const { weights, alpha } = readings[tile.name];
      tile.weights.forEach((w, i) => {
        const o = Math.floor(i / tile.inSize),
          row = rows.get(tile.outStart + o) ??
            { sum: 0, squares: 0 };
        const a = of(w, weights[i], alpha) * tile.scales[o] * tile.inputRange;
        rows.set(tile.outStart + o, { sum: row.sum + a, squares: row.squares + a * a });
      });
    }
    return rows.values().reduce(
      (total, { sum, squares }) => total + (SECOND - MEAN ** 2) * squares + (MEAN * sum) ** 2,
      0,
    );
  };
  const size = meanSquare((w) => w);
  const wanted = {
    bare_pct: 100 * Math.sqrt(meanSquare((w, found) => found - w) / size),
    compensated_pct: 100 * Math.sqrt(meanSquare((w, found, alpha) => alpha * found - w) / size),
  };
  const found = layerError(network, readings, name, 2_000, 0);
  assert.ok(wanted.compensated_pct < wanted.bare_pct, "after 30 days compensation helps");
  for (const key of ["bare_pct", "compensated_pct"] as const) {
    const ratio = found[key] / wanted[key];
    assert.ok(Math.abs(ratio - 1) < 0.04, `${key}: ${found[key]}, in closed form ${wanted[key]}`);
  }
});

Deno.test("without any error there is none; converters and output noise alone make some, uncompensated", () => {
  const still = { programmingNoise: 0, drift: 0, readNoise: 0 };
  const perfect = networkOn({ ...IDEAL, ...still }), name = largestLayer(perfect);
  const none = layerError(perfect, drift(perfect, program(perfect, 1), 60, 1), name, 20, 0);
  assert.ok(none.bare_pct < 1e-3 && none.compensated_pct < 1e-3, JSON.stringify(none));
  const noisy = networkOn({ ...still, driftCompensation: "none", maxInputSize: 100 });
  const some = layerError(noisy, drift(noisy, program(noisy, 1), 60, 1), name, 20, 0);
  assert.ok(some.bare_pct > 0.1 && some.bare_pct === some.compensated_pct, JSON.stringify(some));
});
