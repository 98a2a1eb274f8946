/**
 * Is it the recipe or the quantization that costs accuracy in the first steps of QAT? Fifty steps from the
 * trained network of data/measured/training/here_seed0: by the published recipe (Adam at 1e-3), by the same
 * without any quantization, and quantized at a hundredth of the learning rate.
 *
 * usage: deno run -A bench/quantize/qat_control.ts; writes data/measured/training/qat_control.json (minutes)
 */
import { join } from "node:path";
import { writeFileAtomically } from "../../src/atomic_write.ts";
import { loadBackend } from "../../src/backend.ts";
import { resolveConfig } from "../../src/config.ts";
import { batches, evaluationBatches, loadCifar10, subset } from "../../src/dataset/mod.ts";
import { stateHash, toTensors } from "../../src/network/mod.ts";
import { type QatControl, qatStage, quantizedAccuracy_pct } from "../../src/quantize/mod.ts";
import { prng } from "../../src/random.ts";
import {
  adam,
  dataFor,
  digitalAccuracy_pct,
  loadWeights,
  MEASURED_TRAINING,
  networkTrainer,
  stateOf,
} from "../../src/train/mod.ts";

const STEPS = 50, BATCH = 256, TEST_IMAGES = 2_000;

const backend = await loadBackend(), images = await loadCifar10();
const { plan, state } = await loadWeights(
  join(MEASURED_TRAINING, "here_seed0", "weights.safetensors"),
);
const config = resolveConfig({ protocol: "as_published" }), data = dataFor(config, images, 0);
const test = subset(images.test, Array.from({ length: TEST_IMAGES }, (_, i) => i));
const testBatches = () => evaluationBatches(test, 250);

async function control(quantized: boolean, learning_rate: number): Promise<QatControl> {
  const random = prng(0, "diag");
  const stage = qatStage({ backend, plan, state, origin: stateHash(state), config, data });
  const plain = networkTrainer(
    backend,
    plan,
    state,
    adam(backend, config.qat),
    config.qat.clipNorm,
  );
  const training = batches(data.train, BATCH, data.augmentation, random);
  for (const batch of training.take(STEPS)) {
    const context = { epoch: 0, learningRate: learning_rate, random };
    if (quantized) await stage.step(batch, context);
    else plain.step(batch, learning_rate);
  }
  const stored = quantized ? stage.tensors() : plain.stored();
  const tensors = toTensors(backend, plan, stateOf(stored));
  const test_accuracy_pct = quantized
    ? quantizedAccuracy_pct(backend, plan, tensors, stage.quantization(), testBatches())
    : digitalAccuracy_pct(backend, plan, tensors, testBatches());
  return { quantized, learning_rate, steps: STEPS, test_accuracy_pct };
}

const start: QatControl = {
  quantized: false,
  learning_rate: 0,
  steps: 0,
  test_accuracy_pct: digitalAccuracy_pct(
    backend,
    plan,
    toTensors(backend, plan, state),
    testBatches(),
  ),
};
const runs = [
  start,
  await control(true, 1e-3),
  await control(false, 1e-3),
  await control(true, 1e-5),
];
const record = { producer: "bench/quantize/qat_control.ts", test_images: TEST_IMAGES, runs };
const path = join(MEASURED_TRAINING, "qat_control.json");
await writeFileAtomically(path, JSON.stringify(record, null, 1) + "\n");
console.log(runs);
