import assert from "node:assert/strict";
import { loadBackend, type Tensor4D } from "../../src/backend.ts";
import { setUp } from "../../src/cli/setup.ts";
import { resolveConfig } from "../../src/config.ts";
import { evaluationBatches, type ImageSet } from "../../src/dataset/mod.ts";
import {
  evaluationOps,
  forward,
  initialState,
  networkPlan,
  type Step,
  toTensors,
} from "../../src/network/mod.ts";
import { calibrate, type Quantization, quantizedOps } from "../../src/quantize/mod.ts";
import { prng } from "../../src/random.ts";
import { type Cell, parseCell } from "../../src/space/mod.ts";

await setUp();
const backend = await loadBackend();
const { tf } = backend;
const random = prng(3, "quantize test");
const images: ImageSet = {
  count: 48,
  pixels: Uint8Array.from({ length: 48 * 3_072 }, () => random.integer(256)),
  labels: Uint8Array.from({ length: 48 }, (_, i) => i % 10),
};

/** A network with running statistics and norms away from their initial values. */
function network(cell: Cell, channels = 4) {
  const plan = networkPlan(cell, { channels, cellsPerStage: 1 });
  const state = { ...initialState(plan, 1) };
  for (const name of Object.keys(state)) {
    if (/running|op\.2|stem\.1|lastact/.test(name)) {
      state[name] = state[name].map((v) => v + 0.4 * random.uniform());
    }
  }
  return { plan, state, tensors: toTensors(backend, plan, state) };
}

const calibrated = (
  cell: Cell,
  settings: Partial<ReturnType<typeof resolveConfig>["ptq"]> = {},
) => {
  const { plan, tensors, state } = network(cell);
  const ptq = { ...resolveConfig().ptq, ...settings };
  const batches = () => evaluationBatches(images, 24);
  return { plan, tensors, state, quantization: calibrate(backend, plan, tensors, ptq, batches) };
};

Deno.test("the simulation computes what integer arithmetic computes", () => {
  const { plan, tensors, state, quantization } = calibrated(parseCell("111111"));
  const ops = quantizedOps(backend, plan, tensors, quantization);
  const batch = [...evaluationBatches(images, 2)][0];
  const x = tf.tensor4d(batch.images.slice(), [2, 32, 32, 3]);
  const step = plan.steps[0] as Extract<Step, { kind: "convolution" }>;
  const stem = { convolution: step.layer, norm: step.norm! };
  const simulated = ops.convolutionUnit!(stem, x).dataSync();

  // By hand: unsigned input codes, signed weight codes of the folded convolution, integer sums.
  const grid = ({ min, max }: { min: number; max: number }) => {
    const scale = (max - min) / 255;
    return { scale, zero: Math.round(-min / scale) };
  };
  const code = (value: number, { scale, zero }: { scale: number; zero: number }) =>
    Math.min(255, Math.max(0, Math.floor(value / scale + zero + 0.5)));
  const input = grid(quantization.ranges["stem.0.input"]);
  const output = grid(quantization.ranges["stem.1"]);
  const [w, gamma, beta, mean, variance] = [
    "0.weight",
    "1.weight",
    "1.bias",
    "1.running_mean",
    "1.running_var",
  ].map((name) => state[`stem.${name}`]);
  let levels = 0;
  for (let o = 0; o < 4; o++) {
    const factor = gamma[o] / Math.sqrt(variance[o] + 1e-5);
    const folded = Array.from(w.subarray(o * 27, (o + 1) * 27), (v) => v * factor);
    const scale = Math.max(...folded.map(Math.abs)) / 127;
    const codes = folded.map((v) => Math.round(v / scale));
    const bias = beta[o] - mean[o] * factor;
    for (const [n, y, h] of [[0, 0, 0], [0, 5, 7], [1, 31, 31], [1, 16, 2], [0, 20, 30]]) {
      let sum = 0;
      for (let c = 0; c < 3; c++) {
        for (let dy = 0; dy < 3; dy++) {
          for (let dx = 0; dx < 3; dx++) {
            const [row, column] = [y + dy - 1, h + dx - 1];
            if (row < 0 || row > 31 || column < 0 || column > 31) continue;
            const value = batch.images[((n * 32 + row) * 32 + column) * 3 + c];
            sum += codes[c * 9 + dy * 3 + dx] * (code(value, input) - input.zero);
          }
        }
      }
      const real = sum * input.scale * scale + bias;
      const want = (code(real, output) - output.zero) * output.scale;
      const found = simulated[((n * 32 + y) * 32 + h) * 4 + o];
      // A value on the border of two levels may fall either way in float.
      assert(Math.abs(found - want) < output.scale * 1.001, `${found} ${want}`);
      if (Math.abs(found - want) > output.scale * 0.01) levels++;
    }
  }
  assert(levels <= 1, `${levels} of 20 outputs are another level`);
});

Deno.test("more bits come closer to the float network, 8 bits come close", () => {
  const { plan, tensors } = calibrated(parseCell("220421"));
  const x = tf.tensor4d([...evaluationBatches(images, 48)][0].images.slice(), [48, 32, 32, 3]);
  const float = forward(backend, plan, evaluationOps(backend, plan, tensors), x).dataSync();
  const distance = (bits: number) => {
    const ptq = {
      ...resolveConfig().ptq,
      observer: "min_max" as const,
      weightBits: bits,
      activationBits: bits,
    };
    const batches = () => evaluationBatches(images, 24);
    const quantization = calibrate(backend, plan, tensors, ptq, batches);
    const ops = quantizedOps(backend, plan, tensors, quantization);
    const logits = forward(backend, plan, ops, x).dataSync();
    return Math.hypot(...logits.map((v, i) => v - float[i])) / Math.hypot(...float);
  };
  const [four, six, eight] = [4, 6, 8].map(distance);
  assert(four > six && six > eight, `${four} ${six} ${eight}`);
  assert(eight < 0.03, `${eight}`);
});

Deno.test("any cell can be quantized, one without any path too", () => {
  for (const digits of ["111111", "(0,0,0,0,0,0)", "444444", "(0,1,2,3,4,0)", "333333"]) {
    const { plan, tensors, quantization } = calibrated(parseCell(digits));
    const x = tf.tensor4d([...evaluationBatches(images, 4)][0].images.slice(), [4, 32, 32, 3]);
    const logits = forward(backend, plan, quantizedOps(backend, plan, tensors, quantization), x);
    assert(logits.dataSync().every(Number.isFinite), digits);
  }
});

Deno.test("calibration and evaluation leave no tensor behind", () => {
  const { plan, tensors } = network(parseCell("220421"));
  const once = () => {
    const batches = () => evaluationBatches(images, 24);
    const quantization: Quantization = calibrate(
      backend,
      plan,
      tensors,
      resolveConfig().ptq,
      batches,
    );
    const ops = quantizedOps(backend, plan, tensors, quantization);
    const x = tf.zeros([2, 32, 32, 3]) as Tensor4D;
    tf.dispose([x, forward(backend, plan, ops, x)]);
    ops.dispose();
    return tf.memory().numTensors;
  };
  once();
  const before = tf.memory().numTensors;
  assert.equal(once(), before);
});
