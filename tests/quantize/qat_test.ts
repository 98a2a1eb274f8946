import assert from "node:assert/strict";
import { join } from "node:path";
import { loadBackend } from "../../src/backend.ts";
import { setUp } from "../../src/cli/setup.ts";
import { PROTOCOLS, resolveConfig } from "../../src/config.ts";
import { loadCifar10 } from "../../src/dataset/mod.ts";
import { initialState, networkPlan } from "../../src/network/mod.ts";
import { calibrationBatches, qatStage } from "../../src/quantize/mod.ts";
import { parseCell } from "../../src/space/mod.ts";
import { CHECKPOINT, dataFor, readCheckpoint, type Stage, trainLoop } from "../../src/train/mod.ts";

await setUp();
const [backend, images] = [await loadBackend(), await loadCifar10()];
const config = resolveConfig({ training: { batchSize: 64 }, qat: { epochs: 3 } });
const plan = networkPlan(parseCell("230421"), { channels: 4, cellsPerStage: 1 });
const data = dataFor(config, images, 0, 512);

const stage = () =>
  qatStage({ backend, plan, state: initialState(plan, 2), origin: "initial", config, data });
const run = (folder: string, made: Stage = stage()) =>
  trainLoop({
    stage: made,
    data,
    batchSize: 64,
    seed: 0,
    folder,
    clock: () => performance.now(),
  });

Deno.test("QAT learns, records the integer accuracy, and goes on exactly where it stopped", async () => {
  const [whole, stopped] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  const first = stage();
  const records = await run(whole, first);
  assert(records[2].loss < records[0].loss, JSON.stringify(records));
  assert(records[2].validation_accuracy_pct > 12, JSON.stringify(records));
  assert.equal(records[0].learning_rate, 1e-3);

  const stopping = stage();
  const learningRate = (epoch: number) => {
    if (epoch === 1) throw new Error("stopped by the test");
    return stopping.learningRate(epoch);
  };
  await assert.rejects(run(stopped, { ...stopping, learningRate }), /stopped by the test/);
  const last = stage();
  await run(stopped, last);
  const [a, b] = [whole, stopped].map((folder) => readCheckpoint(join(folder, CHECKPOINT)));
  assert.deepEqual((await a)!.tensors, (await b)!.tensors);
  assert.deepEqual(last.quantization(), first.quantization());
});

Deno.test("a learning rate that diverges stops QAT and names the step", async () => {
  const wild = resolveConfig({
    training: { batchSize: 64 },
    qat: { epochs: 3, learningRate: 1e30, clipNorm: 1e30 },
  });
  const state = initialState(plan, 2);
  const diverging = qatStage({ backend, plan, state, origin: "initial", config: wild, data });
  await assert.rejects(
    run(await Deno.makeTempDir(), diverging),
    /Training diverged: .* at step \d+ of epoch 1/,
  );
});

Deno.test("the same seed gives the same tensors, whatever ran before", async () => {
  const [a, b] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  await run(a);
  backend.tf.tidy(() => backend.tf.ones([100, 100]).matMul(backend.tf.ones([100, 3])));
  await run(b);
  const [one, two] = [a, b].map((folder) => readCheckpoint(join(folder, CHECKPOINT)));
  assert.deepEqual((await one)!.tensors, (await two)!.tensors);
});

Deno.test("QAT leaves no tensor behind from step to step", async () => {
  const counts: number[] = [];
  const counted = stage();
  await run(await Deno.makeTempDir(), {
    ...counted,
    endEpoch(epoch) {
      counts.push(backend.tf.memory().numTensors);
      return counted.endEpoch(epoch);
    },
  });
  assert.equal(counts[2], counts[1]);
});

Deno.test("the protocols differ in what they hold out, augment, watch and calibrate on", () => {
  const published = resolveConfig({ protocol: "as_published" });
  const corrected = resolveConfig({ protocol: "corrected" });
  assert.deepEqual(
    [PROTOCOLS.as_published.watchedSplit, PROTOCOLS.corrected.watchedSplit],
    ["test", "validation"],
  );
  const [asPublished, sound] = [dataFor(published, images, 0), dataFor(corrected, images, 0)];
  assert.deepEqual([asPublished.train.count, asPublished.validation], [50_000, null]);
  assert.deepEqual([sound.train.count, sound.validation!.count], [45_000, 5_000]);

  const firstBatch = (d: typeof sound, split: "test" | "validation", label: string) =>
    [...d.evaluation(split, label)][0].images.slice(0, 3_072 * 50);
  const plain = firstBatch(sound, "test", "a");
  assert.deepEqual(firstBatch(sound, "test", "b"), plain);
  const augmented = firstBatch(asPublished, "test", "a");
  assert.notDeepEqual(augmented, plain);
  assert.deepEqual(firstBatch(asPublished, "test", "a"), augmented);
  assert.notDeepEqual(firstBatch(asPublished, "test", "b"), augmented);

  const calibration = [...calibrationBatches(published, asPublished, 0)];
  assert.equal(calibration.reduce((n, { count }) => n + count, 0), 2_560);
  assert.deepEqual(calibration[0].labels, images.test.labels.subarray(0, 250));
  const held = [...calibrationBatches(corrected, sound, 0)];
  assert.deepEqual(held[0].labels, sound.validation!.labels.subarray(0, 250));
});
