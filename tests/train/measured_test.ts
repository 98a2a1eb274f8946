/** The committed training runs: complete, and what their weights give. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { loadBackend } from "../../src/backend.ts";
import { setUp } from "../../src/cli/setup.ts";
import { resolveConfig } from "../../src/config.ts";
import { evaluationBatches, loadCifar10, subset } from "../../src/dataset/mod.ts";
import { toTensors } from "../../src/network/mod.ts";
import {
  calibrate,
  calibrationBatches,
  measuredQatControls,
  measuredQuantizations,
  quantizedAccuracy_pct,
} from "../../src/quantize/mod.ts";
import {
  dataFor,
  digitalAccuracy_pct,
  loadWeights,
  MEASURED_TRAINING,
  measuredRuns,
} from "../../src/train/mod.ts";

await setUp();
const [backend, images] = [await loadBackend(), await loadCifar10()];
const runs = await measuredRuns();
const { plan, state } = await loadWeights(
  join(MEASURED_TRAINING, "here_seed0", "weights.safetensors"),
);

Deno.test("each recorded run has twelve epochs of a cosine schedule over all images", () => {
  for (const implementation of ["here", "pytorch"]) {
    assert(runs.some((run) => run.implementation === implementation && run.seed === 0));
  }
  for (const { records, cell, seconds } of runs) {
    assert.equal(cell, "(2,2,0,4,2,1)");
    assert.deepEqual(records.map(({ epoch }) => epoch), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    assert(Math.abs(records[6].learning_rate - 0.05) < 1e-12); // half of 0.1 half-way
    assert(seconds > 60);
  }
});

Deno.test("the recorded weights give the recorded accuracy", () => {
  const tensors = toTensors(backend, plan, state);
  const found = digitalAccuracy_pct(backend, plan, tensors, evaluationBatches(images.test, 250));
  const { test_accuracy_pct } = runs.find((r) => r.implementation === "here" && r.seed === 0)!;
  // Another processor may round another way and turn an image or two of 10,000.
  assert(Math.abs(found - test_accuracy_pct) <= 0.05, `${found} ${test_accuracy_pct}`);
});

Deno.test("the controls of QAT start from the recorded weights, at rates that differ a hundredfold", async () => {
  const controls = await measuredQatControls();
  const test = subset(images.test, Array.from({ length: 2_000 }, (_, i) => i));
  const tensors = toTensors(backend, plan, state);
  const found = digitalAccuracy_pct(backend, plan, tensors, evaluationBatches(test, 250));
  assert(Math.abs(found - controls[0].test_accuracy_pct) <= 0.2, `${found}`);
  assert.deepEqual(controls.map(({ quantized }) => quantized), [false, true, false, true]);
  assert.deepEqual(controls.map((c) => c.learning_rate), [0, 1e-3, 1e-3, 1e-5]);
});

Deno.test("PTQ stays within a point of the float accuracy, with every observer", async () => {
  const test = subset(images.test, Array.from({ length: 1_000 }, (_, i) => i));
  const tensors = toTensors(backend, plan, state);
  const float = digitalAccuracy_pct(backend, plan, tensors, evaluationBatches(test, 250));
  for (const observer of ["min_max", "percentile", "histogram"] as const) {
    const config = resolveConfig({ ptq: { observer, calibrationImages: 250 } });
    const data = dataFor(config, images, 0);
    const batches = () => calibrationBatches(config, data, 0);
    const quantization = calibrate(backend, plan, tensors, config.ptq, batches);
    const evaluation = evaluationBatches(test, 250);
    const found = quantizedAccuracy_pct(backend, plan, tensors, quantization, evaluation);
    assert(Math.abs(found - float) <= 1, `${observer}: ${found}, float ${float}`);
  }
  const recorded = await measuredQuantizations();
  assert(recorded.length > 0);
  for (const { method, test_accuracy_pct, float_accuracy_pct } of recorded) {
    if (method === "ptq") assert(Math.abs(test_accuracy_pct - float_accuracy_pct) <= 1);
  }
});
