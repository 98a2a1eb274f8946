/** Any network through quantizer and crossbars, by rule: what is digital, and what is computed. */
import assert from "node:assert/strict";
import {
  analogEvaluation,
  convert,
  hwtNetwork,
  layerShapes,
  loadAnalogKernel,
  periphery,
  tilesOf,
} from "@/analog/mod.ts";
import { loadBackend } from "@/backend.ts";
import { resolveConfig } from "@/config.ts";
import { evaluationBatches, type ImageSet } from "@/dataset/mod.ts";
import {
  analogShare_pct,
  buildNetwork,
  evaluationOps,
  forward,
  initialState,
  planComplexity,
  toTensors,
} from "@/network/mod.ts";
import { calibrate, quantizedOps } from "@/quantize/mod.ts";
import { prng } from "@/random.ts";
import { parseArchitecture } from "@/space/mod.ts";
import { sgd } from "@/train/mod.ts";

const backend = await loadBackend(), { tf } = backend, kernel = await loadAnalogKernel(backend);
const build = (text: string, scale = {}) => buildNetwork(parseArchitecture(text), scale);
const DARTS = build("darts:30 61|12 01|22 53|44 03/00 11|22 31|50 43|64 21", {
  channels: 4,
  cellsPerStage: 1,
});
const PLANS = [
  build("resnet:1x4-1x8-1x16:B"),
  build("resnet:1x4-1x6-1x8:A"),
  build("analognas:4:1x2w0.5,1x1w0.7"),
  build("analognas:3:1x1w0.5,1x1w0.5:published"),
  DARTS,
];
const random = prng(1, "images");
const images: ImageSet = {
  pixels: Uint8Array.from({ length: 24 * 3_072 }, () => random.integer(256)),
  labels: Uint8Array.from({ length: 24 }, (_, i) => i % 10),
  count: 24,
};
const batches = () => evaluationBatches(images, 24);
const [batch] = batches();
const x = tf.tensor4d(batch.images.slice(), [24, 32, 32, 3]);

Deno.test("ideal crossbars of any size compute the digital network", () => {
  const off = { kind: "ideal", bound: null } as const;
  for (const plan of PLANS) {
    const state = initialState(plan, 2), tensors = toTensors(backend, plan, state);
    const digital = forward(backend, plan, evaluationOps(backend, plan, tensors), x).dataSync();
    for (const maxInputSize of [512, 7]) {
      const { hardware } = resolveConfig({
        hardware: { dac: off, adc: off, outputNoise: 0, inputRange: 1e6, maxInputSize },
      });
      const network = convert(plan, state, hardware);
      const crossbars = { backend, kernel, periphery: periphery(hardware) };
      const analog = analogEvaluation(crossbars, network);
      const found = forward(backend, plan, analog.ops(0), x).dataSync();
      digital.forEach((v, i) => assert.ok(Math.abs(v - found[i]) < 1e-4 * (1 + Math.abs(v))));
      analog.dispose();
    }
  }
});

Deno.test("depthwise convolutions stay digital; all else is on tiles, as many as the network's count says", () => {
  const { hardware } = resolveConfig();
  for (const plan of PLANS) {
    const { tiles, analogWeights } = planComplexity(plan);
    const found = tilesOf(convert(plan, initialState(plan, 0), hardware));
    assert.equal(found.length, tiles);
    assert.equal(found.reduce((sum, { weights }) => sum + weights.length, 0), analogWeights);
  }
  const names = new Set(layerShapes(DARTS).map(({ name }) => name));
  assert.ok(!names.has("cells.0._ops.0.op.1") && names.has("cells.0._ops.0.op.2"));
  assert.equal(analogShare_pct(PLANS[0]), 100);
  // DARTS_V2 at the paper's size: 3,159,252 weights on crossbars, 149,688 depthwise (tests/golden/spaces).
  const v2 = build("darts:30 31|30 31|31 20|20 52/00 01|22 01|00 22|22 01", {
    channels: 36,
    cellsPerStage: 6,
  });
  assert.ok(Math.abs(analogShare_pct(v2) - 95.476) < 1e-3);
});

Deno.test("8 bits come close to the float network in every space, 4 bits less", () => {
  for (const plan of PLANS) {
    const tensors = toTensors(backend, plan, initialState(plan, 2));
    const float = forward(backend, plan, evaluationOps(backend, plan, tensors), x).dataSync();
    const distance = (bits: number) => {
      const bitWidths = { weightBits: bits, activationBits: bits };
      const ptq = { ...resolveConfig().ptq, observer: "min_max" as const, ...bitWidths };
      const ops = quantizedOps(
        backend,
        plan,
        tensors,
        calibrate(backend, plan, tensors, ptq, batches),
      );
      const logits = forward(backend, plan, ops, x).dataSync();
      return Math.hypot(...logits.map((v, i) => v - float[i])) / Math.hypot(...float);
    };
    const [four, eight] = [distance(4), distance(8)];
    assert.ok(eight < 0.05 && four > eight, `${plan.architecture.text}: ${four} ${eight}`);
  }
});

Deno.test("values that are only moved about are not quantized twice", () => {
  const rangesOf = (plan: typeof DARTS) => {
    const tensors = toTensors(backend, plan, initialState(plan, 2));
    const { ptq } = resolveConfig({ ptq: { observer: "min_max" } });
    return Object.keys(calibrate(backend, plan, tensors, ptq, batches).ranges);
  };
  const corrected = rangesOf(PLANS[2]), published = rangesOf(PLANS[3]);
  // Behind a ReLU, pixels left out or not; as published, the second half reads the sum itself.
  assert.ok(!corrected.includes("groups.0.0.skip.conv2.input"));
  assert.ok(!published.includes("groups.1.0.skip.conv1.input"));
  assert.ok(published.includes("groups.1.0.skip.conv2.input"));
  assert.ok(published.includes("stem.input"));
  assert.ok(published.includes("fc.input"), "an average is off the grid");
  // A depthwise convolution's output is quantized as it leaves, so its 1x1 convolution reads it as it is.
  const darts = rangesOf(DARTS);
  assert.ok(darts.includes("cells.0._ops.0.op.1") && !darts.includes("cells.0._ops.0.op.2.input"));
});

Deno.test("hardware-aware training moves tiles and the digital depthwise convolutions alike", () => {
  const config = resolveConfig();
  for (const plan of [PLANS[1], DARTS]) {
    const state = initialState(plan, 3), { hardware } = config;
    const crossbars = { backend, kernel, periphery: periphery(hardware) };
    const optimizer = sgd(backend, config.training);
    const training = hwtNetwork(crossbars, convert(plan, state, hardware), config, optimizer, 0);
    training.step(batch, 0.01);
    const before = tf.memory().numTensors;
    assert.ok(Number.isFinite(training.step(batch, 0.01).loss));
    assert.equal(tf.memory().numTensors, before);
    const after = training.analog();
    if (plan === DARTS) {
      const name = "cells.0._ops.0.op.1.weight";
      assert.equal(after.state[name].length, state[name].length);
      assert.notDeepEqual(after.state[name], state[name]);
    }
    const [tile] = tilesOf(after), [first] = tilesOf(convert(plan, state, hardware));
    assert.notDeepEqual(tile.weights, first.weights);
  }
});
