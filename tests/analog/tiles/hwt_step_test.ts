/**
 * Whole steps of hardware-aware training by the trainer itself: AIHWKit's recorded ones (files f, g, h), and
 * by hand where noise enters, which AIHWKit cannot be made to repeat.
 */
import assert from "node:assert/strict";
import { loadBackend } from "@/backend.ts";
import type { PartialConfig } from "@/config.ts";
import { prng } from "@/random.ts";
import { sgd } from "@/train/mod.ts";
import { linearTraining, recording } from "./linear_network.ts";

const backend = await loadBackend();
const read = async (file: string) =>
  JSON.parse(await Deno.readTextFile(`tests/golden/aimc/${file}.json`));

/** Asserts that `found` lies within the file's tolerance of `wanted`. */
function near(
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  { rel, abs }: { readonly rel: number; readonly abs: number },
  what: string,
): void {
  assert.equal(found.length, wanted.length, what);
  for (let i = 0; i < found.length; i++) {
    const off = Math.abs(found[i] - wanted[i]), allowed = abs + rel * Math.abs(wanted[i]);
    assert.ok(off <= allowed, `${what}[${i}] is ${found[i]}, wanted is ${wanted[i]}`);
  }
}

type Io = Record<"inp_res" | "inp_bound" | "out_res" | "out_bound", number>;
const converters = ({ inp_res, inp_bound, out_res, out_bound }: Io) => ({
  dac: { kind: "resolution" as const, resolution: inp_res, bound: inp_bound },
  adc: { kind: "resolution" as const, resolution: out_res, bound: out_bound },
  outputNoise: 0,
});
type Range = Record<
  "ir_decay" | "ir_init_from_data" | "ir_init_std_alpha" | "ir_input_min_percentage",
  number
>;
const rangeRule = (c: Range) => ({
  inputRangeDecay: c.ir_decay,
  inputRangeBatches: c.ir_init_from_data,
  inputRangeSds: c.ir_init_std_alpha,
  inputRangeMinFraction: c.ir_input_min_percentage,
});

Deno.test("six recorded steps: outputs, ranges, weights after SGD with momentum, clipping and remapping", async () => {
  const { config, tolerance, weights, bias, steps } = await read("h_train_steps");
  assert.deepEqual([config.remap, config.clip_sigma], ["LayerwiseSymmetric", 2]);
  const training = linearTraining([{ weights, bias }], {
    protocol: "as_published",
    training: { momentum: config.momentum, weightDecay: config.weight_decay },
    hardware: converters(config),
    hwt: { weightNoise: 0, learningRate: config.lr, clipSigmas: 2, ...rangeRule(config) },
  });
  steps.forEach((wanted: Record<string, number[][]>, i: number) => {
    const [before] = training.tiles();
    near(before.weights, wanted.analog_weights.flat(), tolerance, `weights before step ${i}`);
    const y = training.step({ x: wanted.x, gradient: wanted.grad_output });
    const range = wanted.input_range_after_forward as unknown as number;
    const lsb = before.scales[0] * range * config.out_res * 2 * config.out_bound;
    near(y, wanted.y.flat(), { rel: 1e-3, abs: 1.001 * lsb }, `output of step ${i}`);
    const after = wanted.after_step as unknown as Record<string, number[] & number[][] & number>;
    const [tile] = training.tiles();
    near(tile.weights, after.analog_weights.flat(), tolerance, `weights after step ${i}`);
    near(tile.scales, after.scales, tolerance, `scales after step ${i}`);
    near([tile.inputRange], [after.input_range], tolerance, `range after step ${i}`);
    const { state } = training.network();
    near(state["layer 0.bias"], after.bias, tolerance, `bias after step ${i}`);
  });
});

Deno.test("recorded trajectories of an input range, with and without SGD on it", async () => {
  const { cases, tolerance } = await read("g_input_range");
  for (const c of cases) {
    const inner = c.optimizer === null ? null : sgd(backend, {
      momentum: c.optimizer.momentum,
      weightDecay: c.optimizer.weight_decay,
      nesterov: c.optimizer.nesterov,
    });
    const { optimizer, gradients } = recording(inner, "layer 0.tile.0.input_range");
    const training = linearTraining([{ weights: c.weights }], {
      protocol: "as_published",
      hardware: { ...converters(c.io), inputRange: c.init_value },
      hwt: { weightNoise: 0, clipSigmas: 0, remap: "none", ...rangeRule(c.config) },
    }, { optimizer, learningRate: c.optimizer?.lr ?? 0 });
    c.trajectory.forEach((wanted: Record<string, number>, i: number) => {
      training.step({ x: c.x[i], gradient: c.grad_output[i] });
      near([gradients[i]], [wanted.grad], tolerance, `gradient ${i}`);
      near(
        [training.tiles()[0].inputRange],
        [wanted.input_range_after_step],
        tolerance,
        `range ${i}`,
      );
      const [{ batches }] = Object.values(training.state().tiles);
      assert.equal(batches, wanted.update_idx, `batches seen at ${i}`);
    });
  }
});

Deno.test("recorded clipping and remapping, in a step of rate 0", async () => {
  const { clip_remap, tolerance } = await read("f_hwa_weights");
  for (const c of clip_remap) {
    const layerwise = c.remap === "LayerwiseSymmetric";
    const training = linearTraining([{ weights: c.weights }], {
      hardware: { weightScaling: layerwise ? "per_tensor" : "per_column" },
      hwt: { clipSigmas: c.clip_sigma, remap: layerwise ? "layerwise" : "channelwise" },
    }, { learningRate: 0 });
    training.step({ x: [c.weights[0]], gradient: [c.weights.map(() => 0)] });
    const [tile] = training.tiles();
    near(tile.weights, c.after_remap.flat(), tolerance, "remapped weights");
    near(tile.scales, c.scales_after_remap, tolerance, "scales");
  }
});

const random = prng(5, "hwt_step_test");
const matrix = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal()));
const noiseless: PartialConfig["hardware"] = {
  dac: { kind: "ideal", bound: null },
  adc: { kind: "ideal", bound: null },
  outputNoise: 0,
  inputRange: 100,
};
/** Nothing but the noise on weights departs from plain arithmetic. */
const plain = (more: PartialConfig["hwt"] = {}): PartialConfig => ({
  protocol: "as_published",
  training: { momentum: 0, weightDecay: 0 },
  hardware: noiseless,
  hwt: {
    weightNoise: 0.06,
    clipSigmas: 0,
    remap: "none",
    inputRangeBatches: 0,
    inputRangeDecay: 0,
    ...more,
  },
});
const product = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
  a.map((row) => b[0].map((_, k) => row.reduce((sum, v, j) => sum + v * b[j][k], 0)));
const transposed = (a: readonly (readonly number[])[]) =>
  a[0].map((_, k) => a.map((row) => row[k]));

Deno.test("the first batch runs without weight noise; each later one forward and backward with its own", () => {
  const first = matrix(6, 5), second = matrix(4, 6), rate = 1e-3, RANGE = 100;
  const training = linearTraining([{ weights: first }, { weights: second }], plain(), {
    learningRate: rate,
  });
  for (let step = 0; step < 4; step++) {
    const x = matrix(3, 5), gradient = matrix(3, 4);
    const before = training.tiles();
    const [noisy0, noisy1] = ["layer 0.tile.0", "layer 1.tile.0"].map(training.noisy);
    const [clean0, clean1] = before.map(({ weights, outSize, inSize }) =>
      transposed(
        Array.from({ length: outSize }, (_, o) =>
          Array.from(weights.subarray(o * inSize, (o + 1) * inSize))),
      )
    );
    assert.equal(step === 0, JSON.stringify([noisy0, noisy1]) === JSON.stringify([clean0, clean1]));
    const scaled = (w: number[][], s: number) => w.map((row) => row.map((v) => v * s));
    const [s0, s1] = before.map(({ scales }) => scales[0]);
    const { state } = training.network();
    const layer = (x: number[][], noisy: number[][], s: number, name: string) =>
      product(x, scaled(noisy, s)).map((row) => row.map((v, o) => v + state[`${name}.bias`][o]));
    // Forward: both layers with their noisy weights.
    const hidden = layer(x, noisy0, s0, "layer 0"), wanted = layer(hidden, noisy1, s1, "layer 1");
    const output = training.step({ x, gradient });
    near(output, wanted.flat(), { rel: 2e-4, abs: 2e-5 }, `output of step ${step}`);
    // Backward: towards the hidden layer through the noisy weights; by AIHWKit's rule (g / s)^T x / range.
    const towardsHidden = product(gradient, transposed(scaled(noisy1, s1)));
    const gradients = [
      scaled(product(transposed(x), towardsHidden), 1 / (s0 * RANGE)),
      scaled(product(transposed(hidden), gradient), 1 / (s1 * RANGE)),
    ];
    training.tiles().forEach(({ name, weights }, k) => {
      const moved = weights.map((v, i) => (v - before[k].weights[i]) / rate);
      const wanted = transposed(gradients[k]).flat().map((v) => -v);
      near(moved, wanted, { rel: 1e-3, abs: 2e-4 }, `change of ${name} in step ${step}`);
    });
  }
});

Deno.test("weight noise: AIHWKit's width, drawn again for every batch, tile and seed", async () => {
  const { modifier } = await read("f_hwa_weights");
  const { std_dev, expected_std, actual_wmax, noise: recorded } = modifier[0];
  assert.deepEqual([std_dev, actual_wmax], [0.06, 1]);
  const weights = matrix(24, 24), all: number[] = [], draws: number[][] = [];
  for (let seed = 0; seed < 6; seed++) {
    const hwt = { weightNoise: std_dev, remap: "layerwise" as const };
    const training = linearTraining([{ weights }, { weights }], plain(hwt), {
      seed,
      learningRate: 0,
    });
    for (let step = 0; step < 4; step++) {
      training.step({ x: matrix(1, 24), gradient: matrix(1, 24) });
      for (const { name, weights } of training.tiles()) {
        const clean = backend.tf.tensor2d(weights, [24, 24]).transpose().dataSync();
        const noise = training.noisy(name).flat().map((v, i) => v - clean[i]);
        draws.push(noise);
        all.push(...noise);
      }
    }
  }
  // 24 x 24 weights, 6 seeds, 4 steps, 2 tiles: n = 27,648; bounds of four standard errors.
  const n = all.length, mean = all.reduce((a, b) => a + b, 0) / n;
  const sd = Math.sqrt(all.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n);
  assert.ok(Math.abs(mean) < 4 * expected_std / Math.sqrt(n), `mean ${mean}`);
  assert.ok(Math.abs(sd - expected_std) < 4 * expected_std / Math.sqrt(2 * n), `sd ${sd}`);
  const sorted = all.toSorted((a, b) => a - b);
  for (const [percent, value] of Object.entries(recorded.percentiles as Record<string, number>)) {
    const found = sorted[Math.floor((Number(percent) / 100) * n)];
    // The standard error of a percentile goes with the root of the number drawn.
    const error = recorded.se_percentiles[percent] * Math.sqrt(recorded.n / n);
    assert.ok(Math.abs(found - value) < 4 * error, `${percent} %: ${found}, AIHWKit ${value}`);
  }
  const correlation = (a: number[], b: number[]) =>
    a.reduce((sum, v, i) => sum + v * b[i], 0) / (a.length * expected_std ** 2);
  for (let i = 0; i < draws.length; i++) {
    for (let j = 0; j < i; j++) {
      const r = correlation(draws[i], draws[j]);
      assert.ok(Math.abs(r) < 5 / Math.sqrt(576), `draws ${i} and ${j} correlate by ${r}`);
    }
  }
});

Deno.test("output noise of training: its width, drawn again for every batch", () => {
  const weights = matrix(16, 16),
    x = matrix(32, 16),
    gradient = matrix(32, 16),
    outputs: number[][] = [];
  const config = plain({ weightNoise: 0 });
  const training = linearTraining([{ weights }], {
    ...config,
    hardware: { ...noiseless, outputNoise: 0.04, inputRange: 5 },
  }, { learningRate: 0 });
  const [{ scales: [scale] }] = training.tiles();
  for (let step = 0; step < 8; step++) outputs.push(Array.from(training.step({ x, gradient })));
  const clipped = x.map((row) => row.map((v) => Math.max(-5, Math.min(5, v))));
  const exact = product(clipped, transposed(weights)).flat();
  const noise = outputs.map((y) => y.map((v, i) => v - exact[i]));
  const all = noise.flat(), sd = Math.sqrt(all.reduce((sum, v) => sum + v * v, 0) / all.length);
  const wanted = 0.04 * 5 * scale;
  assert.ok(
    Math.abs(sd / wanted - 1) < 4 / Math.sqrt(2 * all.length),
    `sd ${sd}, wanted ${wanted}`,
  );
  for (let k = 1; k < 8; k++) {
    const r = noise[k].reduce((sum, v, i) => sum + v * noise[k - 1][i], 0) / (512 * sd * sd);
    assert.ok(Math.abs(r) < 5 / Math.sqrt(512), `steps ${k - 1} and ${k} correlate by ${r}`);
  }
});
