/** A measurement on crossbars, repeat by repeat: interrupted, resumed, refused. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { loadAnalogKernel, periphery } from "../../src/analog/mod.ts";
import { loadBackend } from "../../src/backend.ts";
import { PRESETS, readPartialConfig, resolveConfig } from "../../src/config.ts";
import type { ImageSet } from "../../src/dataset/mod.ts";
import { InputError } from "../../src/input_error.ts";
import { type AnalogMeasurement, measureAnalog } from "../../src/measure/mod.ts";
import { initialState, networkPlan } from "../../src/network/mod.ts";
import { prng } from "../../src/random.ts";
import { dataFor } from "../../src/train/mod.ts";

const random = prng(2, "images");
const set = (count: number): ImageSet => ({
  pixels: Uint8Array.from({ length: count * 3_072 }, () => random.integer(256)),
  labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
  count,
});
const images = { train: set(40), test: set(40) };
const backend = await loadBackend(), kernel = await loadAnalogKernel(backend);
const config = resolveConfig({
  ...await readPartialConfig("analognas_bench"),
  network: { channels: 4, cellsPerStage: 1 },
  training: { batchSize: 20 },
  hwt: { epochs: 2 },
  measurement: { repeats: 2, inferenceTimes_s: [60, 86_400] },
});
const cell = [2, 3, 4, 0, 2, 1] as const;
const plan = networkPlan(cell, { channels: 4, cellsPerStage: 1 });

function work(folder: string, weightSeed = 1, onProgress?: (note: string) => void) {
  return {
    architecture: plan.architecture,
    seed: 3,
    config,
    study: "test",
    crossbars: { backend, kernel, periphery: periphery(config.hardware) },
    weights: { plan, state: initialState(plan, weightSeed), origin: {} },
    conditions: ["noisy", "hwt"],
    data: dataFor(config, images, 3),
    folder,
    clock: () => performance.now(),
    ...(onProgress && { onProgress }),
  } satisfies AnalogMeasurement;
}

Deno.test("interrupted again and again, a measurement ends with the same rows and measures none twice", async () => {
  const [whole, parts] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  const expected = await measureAnalog(work(whole));
  assert.equal(expected.length, 2 * (1 + 2 * 2));
  assert.deepEqual(
    new Set(expected.map((r) => r.repeat_varies)),
    new Set(["read_and_output_noise+test_augmentation"]),
  );
  let interruptions = 0;
  const finished = new Map<string, Date | null>();
  while (true) {
    let seen = 0;
    try {
      const rows = await measureAnalog(work(parts, 1, () => {
        if (++seen > 2 + interruptions) throw new Error("interrupted");
      }));
      assert.deepEqual(rows, expected);
      break;
    } catch (error) {
      if ((error as Error).message !== "interrupted") throw error;
      interruptions++;
    }
    for (const [name, changed] of finished) {
      assert.deepEqual((await Deno.stat(join(parts, "rows", name))).mtime, changed, name);
    }
    for await (const { name } of Deno.readDir(join(parts, "rows"))) {
      finished.set(name, (await Deno.stat(join(parts, "rows", name))).mtime);
    }
  }
  assert.ok(interruptions >= 3);
});

Deno.test("a folder of other weights is refused", async () => {
  const folder = await Deno.makeTempDir();
  const noisy = (seed: number) => ({ ...work(folder, seed), conditions: ["noisy"] as const });
  await measureAnalog(noisy(1));
  await assert.rejects(
    measureAnalog(noisy(2)),
    (error) =>
      error instanceof InputError &&
      /noisy\.json belongs to another measurement: weights is/.test(error.message),
  );
});

Deno.test("the preset is the published study, at the simulator's defaults", () => {
  const preset = resolveConfig(PRESETS.analognas_bench);
  assert.equal(preset.protocol, "as_published");
  assert.deepEqual(preset.hardware.adc, { kind: "bits", bits: 8, bound: 10 });
  assert.equal(preset.hardware.outputNoise, 0.04);
  assert.deepEqual([preset.hwt.weightNoise, preset.hwt.clipSigmas, preset.hwt.learningRate], [
    0.06,
    2,
    0.01,
  ]);
});
