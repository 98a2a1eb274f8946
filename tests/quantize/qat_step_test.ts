/** Whole steps of quantization-aware training by the stage itself, against PyTorch's. */
import assert from "node:assert/strict";
import { loadBackend } from "@/backend.ts";
import { type PartialConfig, resolveConfig } from "@/config.ts";
import type { Batch, ImageSet } from "@/dataset/mod.ts";
import type { NetworkPlan, State } from "@/network/mod.ts";
import { qatStage } from "@/quantize/mod.ts";
import { prng } from "@/random.ts";
import { dataFor } from "@/train/mod.ts";

interface Step {
  readonly learning_rate: number;
  readonly loss: number;
  readonly gradient_norm: number;
  readonly ranges: Record<string, [number, number]>;
  readonly first_moment: Record<string, number[]>;
  readonly second_moment: Record<string, number[]>;
  readonly state: Record<string, number[]>;
}
interface Case {
  readonly weight_decay: number;
  readonly clip_norm: number;
  readonly initial: Record<string, { readonly values: number[] }>;
  readonly steps: readonly Step[];
}

const backend = await loadBackend(), random = prng(0, "not drawn from");
const golden: { readonly batch: { readonly count: number }; readonly cases: readonly Case[] } = JSON
  .parse(await Deno.readTextFile("tests/golden/quantize/qat.json"));

/** Two convolutions of stride 2 with batch norm and ReLU, global average, classifier. */
function plan(): NetworkPlan {
  const convolution = (name: string, inChannels: number, outChannels: number, input: string) => ({
    kind: "convolution" as const,
    name,
    inputs: [input],
    live: true,
    layer: {
      name: `${name}.0`,
      inChannels,
      outChannels,
      kernel: 3,
      stride: 2 as const,
      padding: 1,
      groups: 1,
      dilation: 1,
      readsData: input === "images",
    },
    norm: { name: `${name}.1`, channels: outChannels },
  });
  const relu = (name: string, input: string) => ({
    kind: "relu" as const,
    name,
    inputs: [input],
    live: true,
  });
  return {
    architecture: { space: "custom", text: "two convolutions" },
    scale: {},
    classes: 10,
    steps: [
      convolution("a", 3, 4, "images"),
      relu("a.relu", "a"),
      convolution("b", 4, 6, "a.relu"),
      relu("b.relu", "b"),
      { kind: "global_average", name: "average", inputs: ["b.relu"], live: true },
      {
        kind: "linear",
        name: "classifier",
        inputs: ["average"],
        live: true,
        layer: { name: "classifier", inFeatures: 6, outFeatures: 10 },
      },
    ],
  };
}

/** The batch of a step, as the golden file describes it. */
function batch(step: number): Batch {
  const { count } = golden.batch, size = count * 32 * 32 * 3;
  return {
    count,
    images: Float32Array.from(
      { length: size },
      (_, i) => ((31 * i * i + 17 * i + 1009 * step) % 8191 / 4095.5 - 1) * (1 + 0.4 * step),
    ),
    labels: Uint8Array.from({ length: count }, (_, n) => (3 * n + step) % 10),
  };
}

const blank: ImageSet = {
  count: 20,
  pixels: new Uint8Array(20 * 3_072).fill(99),
  labels: Uint8Array.from({ length: 20 }, (_, i) => i % 10),
};
const sound: PartialConfig = {
  training: { batchSize: 8 },
  departures: { validationImages: 0, watchedSplit: "test", calibrationSplit: "test" },
};

function stageOf(state: State, qat: PartialConfig["qat"]) {
  const config = resolveConfig({ ...sound, qat });
  const data = dataFor(config, { train: blank, test: blank }, 0);
  return qatStage({ backend, plan: plan(), state, origin: "golden", config, data });
}
const stateOf = ({ initial }: Case): State =>
  Object.fromEntries(
    Object.entries(initial).map(([name, { values }]) => [name, Float32Array.from(values)]),
  );

/** Largest deviation, in units of the largest magnitude wanted. */
function deviation(found: ArrayLike<number>, wanted: readonly number[]): number {
  assert.equal(found.length, wanted.length);
  const most = wanted.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  return wanted.reduce((worst, v, i) => Math.max(worst, Math.abs(v - found[i])), 0) / most;
}

/** TensorFlow's layout of a weight `[out, in, height, width]` or `[out, in]` as PyTorch has it. */
function inTorchOrder(values: ArrayLike<number>, shape: readonly number[]): Float32Array {
  const { tf } = backend,
    order = shape.length === 4 ? [3, 2, 0, 1] : shape.map((_, i) => i).reverse();
  return tf.tidy(() =>
    tf.transpose(tf.tensor(Float32Array.from(values), [...shape]), order).dataSync()
  ) as Float32Array;
}

/**
 * Float32 sums in another order turn some roundings of an activation, by one step of its grid of 255; what
 * that leaves in a gradient is below this share of its largest entry.
 */
const ROUNDING = 0.01;

for (const [number, c] of golden.cases.entries()) {
  Deno.test(`steps of PyTorch: clip norm ${c.clip_norm}, weight decay ${c.weight_decay}`, async () => {
    const stage = stageOf(stateOf(c), { weightDecay: c.weight_decay, clipNorm: c.clip_norm });
    const isClipped = c.steps.some((step) => step.gradient_norm > 1.1 * c.clip_norm);
    assert.equal(isClipped, number === 0, "one case is clipped, the other is not");
    for (const [i, wanted] of c.steps.entries()) {
      const learningRate = wanted.learning_rate;
      const { loss } = await stage.step(batch(i), { epoch: 0, learningRate, random });
      const check = (
        what: string,
        found: ArrayLike<number>,
        values: readonly number[],
        most: number,
      ) => {
        const off = deviation(found, values);
        assert.ok(off <= most, `step ${i}, ${what}: off by ${off} of its largest`);
      };
      check("loss", [loss], [wanted.loss], 2e-3);
      const { ranges } = stage.quantization(), names = Object.keys(wanted.ranges).sort();
      assert.deepEqual(Object.keys(ranges).sort(), names);
      for (const name of names) {
        check(`range ${name}`, [ranges[name].min, ranges[name].max], wanted.ranges[name], 1e-3);
      }
      const stored = stage.tensors();
      for (const [name, values] of Object.entries(wanted.state)) {
        check(name, stored[name].data as Float32Array, values, ROUNDING);
      }
      for (
        const [slot, moments] of [["first", wanted.first_moment], [
          "second",
          wanted.second_moment,
        ]] as const
      ) {
        for (const [name, values] of Object.entries(moments)) {
          const { data, shape } = stored[`optimizer/${slot}/${name}`];
          check(
            `${slot} moment of ${name}`,
            inTorchOrder(data as Float32Array, shape),
            values,
            slot === "first" ? ROUNDING : 2 * ROUNDING,
          );
        }
      }
    }
  });
}

Deno.test("the rate falls by the factor once the accuracy has not risen for longer than the patience", async () => {
  const qat = { learningRate: 1e-3, plateauFactor: 0.1, plateauPatience: 1 };
  const stage = stageOf(stateOf(golden.cases[0]), qat), rates: number[] = [];
  await stage.step(batch(0), { epoch: 0, learningRate: 1e-3, random });
  for (let epoch = 0; epoch < 4; epoch++) {
    rates.push(stage.learningRate(epoch));
    await stage.endEpoch(epoch); // nothing was trained in between: the accuracy stays as it is
  }
  rates.forEach((rate, i) =>
    assert.ok(Math.abs(rate - [1e-3, 1e-3, 1e-3, 1e-4][i]) < 1e-12, `${rates}`)
  );
});

Deno.test("the recipe is the published one where nothing else is asked", () => {
  assert.deepEqual(resolveConfig().qat, {
    epochs: 20,
    learningRate: 1e-3,
    weightDecay: 1e-4,
    plateauFactor: 0.1,
    plateauPatience: 3,
    clipNorm: 1,
  });
});
