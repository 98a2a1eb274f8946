/** Weights trained on crossbars come back to the crossbars they were trained on, or not at all. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type AnalogNetwork, convert, tilesOf } from "@/analog/mod.ts";
import { resolveConfig } from "@/config.ts";
import { InputError } from "@/input_error.ts";
import { loadAnalog, saveAnalog } from "@/measure/mod.ts";
import { initialState, networkPlan } from "@/network/mod.ts";
import { type Cell, cellAt } from "@/space/mod.ts";
import { decodeSafetensors, encodeSafetensors, loadWeights } from "@/train/mod.ts";

type Settings = NonNullable<Parameters<typeof resolveConfig>[0]>["hardware"];
const folder = await Deno.makeTempDir({ prefix: "analog_weights_" }), path = join(folder, "hwt");
const CELL: Cell = [2, 3, 4, 0, 2, 1];

function network(settings: Settings = {}, cell = CELL, channels = 4): AnalogNetwork {
  const plan = networkPlan(cell, { channels, cellsPerStage: 1 });
  return convert(plan, initialState(plan, 1), resolveConfig({ hardware: settings }).hardware);
}

/** As training leaves it: other weights, other scales, other ranges. */
function trained(start: AnalogNetwork): AnalogNetwork {
  const layers = Object.entries(start.layers).map(([name, { shape, tiles }]) => [name, {
    shape,
    tiles: tiles.map((tile, i) => ({
      ...tile,
      weights: tile.weights.map((w) => w / 2),
      scales: tile.scales.map((s) => 2 * s),
      inputRange: 1.5 + i,
    })),
  }]);
  return { ...start, layers: Object.fromEntries(layers) };
}

const refused = (message: RegExp) => (error: unknown) => {
  assert(error instanceof InputError, String(error));
  assert.match(error.message, message);
  return true;
};

/** The file at `path` with some of its metadata and tensors replaced; undefined takes an entry out. */
async function altered(
  metadata: Record<string, string | undefined>,
  tensors: Record<string, Float32Array | undefined> = {},
): Promise<string> {
  const file = decodeSafetensors(await Deno.readFile(path), path);
  const stored = { ...file.tensors }, said = { ...file.metadata };
  for (const [name, data] of Object.entries(tensors)) {
    if (data === undefined) delete stored[name];
    else stored[name] = { shape: stored[name]?.shape ?? [data.length], data };
  }
  for (const [name, text] of Object.entries(metadata)) {
    if (text === undefined) delete said[name];
    else said[name] = text;
  }
  const other = join(folder, "altered");
  await Deno.writeFile(other, encodeSafetensors(stored, said));
  return other;
}

Deno.test("what was trained comes back", async () => {
  const split = { maxInputSize: 17, maxOutputSize: 5 };
  const before = trained(network(split));
  await saveAnalog(path, before, { seed: "0" });
  const after = await loadAnalog(path, network(split));
  assert.deepEqual(tilesOf(after), tilesOf(before));
});

Deno.test("another layout, other hardware, another cell or size is refused by what differs", async () => {
  await saveAnalog(path, trained(network()), {});
  const cases: [AnalogNetwork, RegExp][] = [
    [network({ maxInputSize: 17 }), /hardware\.maxInputSize is 512 there and 17 here/],
    [network({ weightScaling: "per_column" }), /hardware\.weightScaling is "per_tensor" there/],
    [network({ device: "reram_wan2022" }), /device is "pcm" there .*; hardware\.gMax_uS is 25/],
    [
      network({ adc: { kind: "bits", bits: 6, bound: 10 } }),
      /hardware\.adc\.bits is 8 there and 6/,
    ],
    [network({}, [2, 2, 4, 0, 2, 1]), /cell is "\(2,3,4,0,2,1\)" there and "\(2,2,4,0,2,1\)" here/],
    [network({}, CELL, 8), /another layout .*: stem\.1\.weight is \[4\] there and \[8\] here/],
  ];
  for (const [like, message] of cases) {
    await assert.rejects(loadAnalog(path, like), refused(message));
  }
});

Deno.test("a file that does not say its hardware is held against names and shapes", async () => {
  await saveAnalog(path, trained(network()), {});
  const silent = await altered({ hardware: undefined });
  assert.deepEqual(tilesOf(await loadAnalog(silent, network())), tilesOf(trained(network())));
  const cases: [AnalogNetwork, RegExp][] = [
    [
      network({ maxInputSize: 17 }),
      /another layout .*stem\.0\.tile\.0\.weight is \[4,27\] there and/,
    ],
    [network({ maxOutputSize: 3 }), /another layout .*stem\.0\.tile\.0\.weight/],
    [network({ maxInputSize: 144, maxOutputSize: 9 }), /another layout/],
  ];
  for (const [like, message] of cases) {
    await assert.rejects(loadAnalog(silent, like), refused(message));
  }
  const whole = await altered({ hardware: undefined }, { "stem.0.tile.0.scales": undefined });
  await assert.rejects(loadAnalog(whole, network()), refused(/it lacks stem\.0\.tile\.0\.scales/));
  const more = await altered({}, { "classifier.tile.1.weight": Float32Array.of(1) });
  await assert.rejects(loadAnalog(more, network()), refused(/it has classifier\.tile\.1\.weight/));
  await assert.rejects(loadAnalog(await altered({ hardware: "{" }), network()), refused(/no JSON/));
  await assert.rejects(loadAnalog(join(folder, "none"), network()), refused(/Cannot read .*none/));
});

Deno.test("numbers that training never leaves are refused by tensor", async () => {
  await saveAnalog(path, trained(network()), {});
  const { tensors } = decodeSafetensors(await Deno.readFile(path), path);
  const spoilt = (name: string, value: number) =>
    altered({}, { [name]: (tensors[name].data as Float32Array).with(0, value) });
  for (
    const [name, value, message] of [
      ["stem.0.tile.0.weight", NaN, /stem\.0\.tile\.0\.weight\[0\] is NaN/],
      ["classifier.tile.0.scales", Infinity, /classifier\.tile\.0\.scales\[0\] is Infinity/],
      ["lastact.0.running_var", -0.1, /lastact\.0\.running_var\[0\] is -0\.1.*variance/],
      ["classifier.tile.0.input_range", 0, /input_range is 0; an input range is above 0/],
      ["classifier.bias", -Infinity, /classifier\.bias\[0\] is -Infinity/],
    ] as const
  ) await assert.rejects(loadAnalog(await spoilt(name, value), network()), refused(message));
});

Deno.test("every committed network on crossbars is of its unit's cell and hardware", async () => {
  const study = "data/measured/replication",
    plan = JSON.parse(
      await Deno.readTextFile(join(study, "plan.json")),
    );
  let files = 0;
  for (const { unit_id, cell_index, config } of plan.units) {
    const unit = join(study, "units", unit_id);
    if (!await Deno.stat(unit).catch(() => null)) continue;
    const { plan: own, state } = await loadWeights(join(unit, "baseline.safetensors"));
    const { hardware } = resolveConfig(plan.configs[config]);
    await loadAnalog(join(unit, "hwt.safetensors"), convert(own, state, hardware));
    await assert.rejects(
      loadWeights(join(unit, "hwt.safetensors")),
      refused(/holds a network on crossbars .* Name the unit's baseline\.safetensors/),
    );
    if (files++ > 0) continue;
    const size = { channels: 8, cellsPerStage: 1 };
    const another = networkPlan(cellAt((cell_index! + 1) % 15_625), size);
    const like = convert(another, initialState(another, 0), hardware);
    await assert.rejects(
      loadAnalog(join(unit, "hwt.safetensors"), like),
      refused(/cell is .* there and .* here/),
    );
  }
  assert(files > 50, `${files} files`);
});
