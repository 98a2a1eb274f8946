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
import { configId } from "@/config_id.ts";
import { evaluationBatches, type ImageSet } from "@/dataset/mod.ts";
import {
  analogShare_pct,
  buildNetwork,
  convolution,
  evaluationOps,
  forward,
  IMAGES,
  initialState,
  type NetworkPlan,
  planComplexity,
  stepList,
  toTensors,
} from "@/network/mod.ts";
import { calibrate, quantizedOps } from "@/quantize/mod.ts";
import { prng } from "@/random.ts";
import { parseArchitecture } from "@/space/mod.ts";
import { networkTrainer, sgd, stateOf } from "@/train/mod.ts";

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
/** Two dense convolutions with two pixels from tap to tap, as a file may hold them. */
function dilatedPlan(): NetworkPlan {
  const list = stepList(), dilation = 2;
  const first = convolution("first", 3, 4, 3, { dilation, readsData: true });
  const inner = list.relu("relu", list.convolution(first, { name: "norm", channels: 4 }, IMAGES));
  const second = convolution("second", 4, 6, 3, { dilation, stride: 2 });
  const average = list.add("average", { kind: "global_average" }, [
    list.convolution(second, null, inner),
  ]);
  const layer = { name: "fc", inFeatures: 6, outFeatures: 10 };
  list.add("fc", { kind: "linear", layer }, [average]);
  const architecture = { space: "custom", text: "dilated" } as const;
  return { architecture, scale: {}, classes: 10, steps: list.steps };
}
const DILATED = dilatedPlan();
/** Converters and noise off, each weight as it is. */
const off = { kind: "ideal", bound: null } as const;
const IDEAL = { dac: off, adc: off, outputNoise: 0, inputRange: 1_024 } as const;
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
  for (const plan of [...PLANS, DILATED]) {
    const state = initialState(plan, 2), tensors = toTensors(backend, plan, state);
    const digital = forward(backend, plan, evaluationOps(backend, plan, tensors), x).dataSync();
    const settings = plan === DARTS
      ? [[512, "digital"], [512, "sequential"], [7, "sequential"]] as const
      : [[512, "digital"], [7, "digital"]] as const;
    for (const [maxInputSize, depthwise] of settings) {
      const { hardware } = resolveConfig({ hardware: { ...IDEAL, maxInputSize, depthwise } });
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
  for (const plan of [...PLANS, DILATED]) {
    for (const depthwise of ["digital", "sequential"] as const) {
      const { hardware } = resolveConfig({ hardware: { depthwise } });
      const { tiles, analogWeights } = planComplexity(plan, depthwise);
      const found = tilesOf(convert(plan, initialState(plan, 0), hardware));
      assert.equal(found.length, tiles);
      assert.equal(found.reduce((sum, { weights }) => sum + weights.length, 0), analogWeights);
    }
  }
  // 3 x 9 x 4 and 4 x 9 x 6 weights, no zeros between the taps, and the classifier.
  assert.equal(planComplexity(DILATED).analogWeights, 108 + 216 + 60);
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

Deno.test("sequential: each channel of a depthwise convolution has a tile of its own, never a matrix with zeros", () => {
  const { hardware } = resolveConfig({ hardware: { depthwise: "sequential" } });
  const state = initialState(DARTS, 0), { layers } = convert(DARTS, state, hardware);
  const { tiles, shape } = layers["cells.0._ops.1.op.1"]; // dilated 5x5 on 4 channels
  assert.deepEqual([shape.kernel, shape.dilation, tiles.length], [5, 2, 4]);
  tiles.forEach(({ weights, scales, outStart, outSize }, channel) => {
    assert.deepEqual([outStart, outSize, weights.length], [channel, 1, 25]);
    const own = state["cells.0._ops.1.op.1.weight"].subarray(channel * 25, channel * 25 + 25);
    own.forEach((w, i) => assert.ok(Math.abs(weights[i] * scales[0] - w) < 1e-6));
    assert.ok(Math.abs(Math.max(...weights.map(Math.abs)) - 1) < 1e-6, "it is mapped alone");
  });
  assert.equal(analogShare_pct(DARTS, [], "sequential"), 100);
  assert.equal(configId(resolveConfig({ hardware: { depthwise: "digital" } })), "c6a09f4ac138");
  assert.throws(
    () =>
      resolveConfig({
        hardware: { depthwise: "sequential", simulator: { kind: "crosssim", device: "sonos" } },
      }),
    /hardware\.depthwise = "sequential": arrays keep depthwise convolutions digital/,
  );
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

Deno.test("a step on ideal tiles is the digital step, where convolutions are dilated or depthwise too", () => {
  for (const [plan, layer] of [[DILATED, "second"], [DARTS, "cells.0._ops.1.op.1"]] as const) {
    const config = resolveConfig({
      hardware: { ...IDEAL, weightScalingOmega: 0, depthwise: "sequential" },
      hwt: { weightNoise: 0, clipSigmas: 0, remap: "none", inputRangeBatches: 0 },
    });
    const state = initialState(plan, 3), { hardware } = config;
    const crossbars = { backend, kernel, periphery: periphery(hardware) };
    const onTiles = hwtNetwork(
      crossbars,
      convert(plan, state, hardware),
      config,
      sgd(backend, config.training),
      0,
    );
    onTiles.step(batch, 0.1);
    const digital = networkTrainer(backend, plan, state, sgd(backend, config.training));
    digital.step(batch, 0.1);
    const expected = stateOf(digital.stored())[`${layer}.weight`];
    const found = onTiles.analog().layers[layer].tiles.flatMap(({ weights }) => [...weights]);
    assert.equal(found.length, expected.length);
    expected.forEach((w, i) => assert.ok(Math.abs(w - found[i]) < 1e-5, `${w} ${found[i]}`));
    const moved = expected.map((w, i) => Math.abs(w - state[`${layer}.weight`][i]));
    assert.ok(Math.max(...moved) > 1e-3, "the step is no small one");
  }
});
