import assert from "node:assert/strict";
import { convert, remapped, tilesOf } from "@/analog/mod.ts";
import { protocolOf, resolveConfig } from "@/config.ts";
import { configId } from "@/config_id.ts";
import {
  hardwareVariants,
  protocolVariants,
  retrainingSteps,
  untestedSettings,
} from "@/measure/mod.ts";
import { afterEpoch, type Plateau } from "@/train/mod.ts";
import { initialState, networkPlan } from "@/network/mod.ts";

const plan = networkPlan([2, 2, 0, 4, 2, 1], { channels: 4, cellsPerStage: 1 });

/** The logical weight of output `o`, input `i` of a layer, from its tiles. */
function logical(network: ReturnType<typeof convert>, layer: string, o: number, i: number): number {
  const tile = network.layers[layer].tiles.find((t) =>
    o >= t.outStart && o < t.outStart + t.outSize && i >= t.inStart && i < t.inStart + t.inSize
  )!;
  const row = o - tile.outStart;
  return tile.weights[row * tile.inSize + i - tile.inStart] * tile.scales[row];
}

Deno.test("a network put onto smaller tiles keeps its logical weights and learnt input ranges", () => {
  const { hardware } = resolveConfig({ hardware: { maxInputSize: 20 } });
  const original = convert(plan, initialState(plan, 0), hardware);
  const layers = Object.entries(original.layers).map(([name, { shape, tiles }], k) => [
    name,
    { shape, tiles: tiles.map((tile, t) => ({ ...tile, inputRange: 1 + 10 * k + t })) },
  ]);
  const network: typeof original = { ...original, layers: Object.fromEntries(layers) };
  const small = {
    ...hardware,
    maxInputSize: 10,
    maxOutputSize: 3,
    weightScaling: "per_column",
  } as const;
  const again = remapped(network, small);
  assert.ok(tilesOf(again).length > 2 * tilesOf(network).length);
  for (const [name, { shape, tiles }] of Object.entries(again.layers)) {
    assert.ok(tiles.every((tile) => tile.inSize <= 10 && tile.outSize <= 3));
    for (const { inStart, inputRange } of tiles) {
      const from = network.layers[name].tiles.findLast((tile) => tile.inStart <= inStart)!;
      assert.equal(inputRange, from.inputRange, "the range learnt where the piece's inputs begin");
    }
    const inputs = shape.inChannels * shape.kernel ** 2;
    for (let o = 0; o < shape.outChannels; o++) {
      for (let i = 0; i < inputs; i++) {
        const [here, there] = [logical(again, name, o, i), logical(network, name, o, i)];
        assert.ok(Math.abs(here - there) < 1e-6, `${name} ${o} ${i}: ${here} is not ${there}`);
      }
    }
  }
});

Deno.test("every variant changes exactly what it says", () => {
  const base = resolveConfig({ protocol: "as_published" });
  for (const variants of [hardwareVariants(base), protocolVariants(base)]) {
    const ids = variants.map(({ config }) => configId(config));
    assert.equal(new Set(ids).size, ids.length, "no variant twice, none equal to the default");
    assert.equal(variants[0].setting, "default");
  }
  const [reference, ...changed] = hardwareVariants(base);
  for (const { setting, value, config } of changed) {
    const differing = Object.entries(config.hardware).filter(([name, setting]) =>
      JSON.stringify(setting) !== JSON.stringify(reference.config.hardware[name as "dac"])
    ).map(([name]) => name);
    // A tile has rows and columns; a device comes with the conductance of its data.
    const expected = setting === "tile_size" || setting === "device" ? 2 : 1;
    assert.equal(differing.length, expected, `${setting} ${value} changes ${differing}`);
    assert.deepEqual({ ...config, hardware: base.hardware }, {
      ...reference.config,
      hardware: base.hardware,
    });
  }
  const values = (name: string) =>
    changed.filter(({ setting }) => setting === name).map(({ value }) => value);
  assert.deepEqual(values("pairs"), [2, 4]);
  assert.deepEqual(values("device"), ["reram_wan2022"]);
  const { config } = changed.find(({ setting }) => setting === "device")!;
  assert.equal(config.hardware.gMax_uS, 40);
  assert.deepEqual(config.measurement.inferenceTimes_s, [86_400]);
});

Deno.test("oddities come one at a time, and train again what they touch", () => {
  const base = resolveConfig({ protocol: "as_published", qat: { epochs: 1 }, hwt: { epochs: 1 } });
  const [, ...oddities] = protocolVariants(base);
  const described = oddities.map(({ setting, config, trains }) => [
    setting,
    Object.keys(config.departures),
    trains ?? "nothing",
  ]);
  assert.deepEqual(described, [
    ["calibrationSplit", ["validationImages", "calibrationSplit"], "nothing"],
    ["augmentTest", ["augmentTest"], "nothing"],
    ["inputRange", ["inputRange"], "nothing"],
    ["repeatVaries", ["repeatVaries"], "nothing"],
    ["hwtGradient", ["hwtGradient"], "hwt"],
    ["hwtEpochs", [], "hwt"],
    ["hwtSchedule", ["hwtSchedule"], "hwt"],
    ["validationImages", ["validationImages"], "baseline_and_hwt"],
  ]);
  const [constant, cosine] = oddities.filter(({ setting }) => /^hwt[ES]/.test(setting));
  assert.equal(cosine.against, constant.config, "schedules are compared at equal epochs");
  assert.deepEqual([constant.config.hwt.epochs, cosine.config.hwt.epochs], [3, 3]);
  assert.equal(protocolOf(cosine.config).hwtSchedule, "cosine");
  // 45,000 images and 200 epochs of the baseline, one of HWT: 176 batches of 256 each.
  assert.equal(retrainingSteps(oddities.at(-1)!), 201 * 176);
  assert.equal(retrainingSteps(cosine), 3 * 98); // 25,000 images
  assert.deepEqual(protocolVariants(resolveConfig()).map(({ setting }) => setting), ["default"]);
});

Deno.test("what QAT's schedule watches is without effect exactly while the schedule cannot act", () => {
  // The rate in an epoch under a watched accuracy that never rises after the first: the worst case.
  const changesBy = (patience: number) => {
    let plateau: Plateau = { learningRate: 1, best: null, waited: 0 };
    for (let epoch = 1;; epoch++) {
      if (plateau.learningRate < 1) return epoch;
      plateau = afterEpoch(plateau, 50, { factor: 0.1, patience });
    }
  };
  for (const plateauPatience of [0, 1, 3, 5]) {
    const first = changesBy(plateauPatience);
    const reason = (epochs: number) =>
      untestedSettings(
        resolveConfig({ protocol: "as_published", qat: { epochs, plateauPatience } }),
      )[0].reason;
    assert.match(reason(first), /^not measured/, `epoch ${first} trains with another rate`);
    assert.match(reason(first - 1), new RegExp(`^no effect: .* not before epoch ${first}$`));
  }
  assert.deepEqual(untestedSettings(resolveConfig()), []);
});
