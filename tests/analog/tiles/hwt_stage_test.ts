/** The stage of hardware-aware training: its schedule, its optimizer, what it keeps. */
import assert from "node:assert/strict";
import {
  convert,
  hwtNetwork,
  type HwtStage,
  hwtStage,
  loadAnalogKernel,
  periphery,
  tilesOf,
} from "@/analog/mod.ts";
import { loadBackend } from "@/backend.ts";
import { type PartialConfig, resolveConfig } from "@/config.ts";
import { evaluationBatches, type ImageSet } from "@/dataset/mod.ts";
import { initialState, networkPlan } from "@/network/mod.ts";
import { prng } from "@/random.ts";
import { dataFor, sgd } from "@/train/mod.ts";

const backend = await loadBackend(), kernel = await loadAnalogKernel(backend);
const random = prng(3, "images");
const images: ImageSet = {
  pixels: Uint8Array.from({ length: 40 * 3_072 }, () => random.integer(256)),
  labels: Uint8Array.from({ length: 40 }, (_, i) => i % 10),
  count: 40,
};
const plan = networkPlan([2, 3, 4, 0, 2, 1], { channels: 4, cellsPerStage: 1 });

function parts(partial: PartialConfig) {
  const config = resolveConfig({ training: { batchSize: 20 }, ...partial });
  const crossbars = { backend, kernel, periphery: periphery(config.hardware) };
  const network = convert(plan, initialState(plan, 1), config.hardware);
  return { config, crossbars, network };
}

function stage(partial: PartialConfig): HwtStage {
  const { config, crossbars, network } = parts(partial);
  const data = dataFor({ ...config, departures: { validationImages: 0, watchedSplit: "test" } }, {
    train: images,
    test: images,
  }, 0);
  return hwtStage({ crossbars, network, config, data, seed: 4, source: "initial" });
}
const batches = () => [...evaluationBatches(images, 40)];
const rates = (partial: PartialConfig) => {
  const { epochs, learningRate } = stage(partial);
  return Array.from({ length: epochs }, (_, epoch) => learningRate(epoch));
};
const close = (found: number[], wanted: number[]) =>
  found.forEach((v, i) => assert.ok(Math.abs(v - wanted[i]) < 1e-12, `${found}, wanted ${wanted}`));

Deno.test("the learning rate is constant as published, and follows a cosine where corrected", () => {
  close(rates({ protocol: "as_published", hwt: { epochs: 4 } }), [0.01, 0.01, 0.01, 0.01]);
  // 0.02 (1 + cos(k pi / 4)) / 2 by hand, from its height in the first epoch towards 0 behind the last.
  const half = Math.SQRT1_2;
  close(rates({ protocol: "corrected", hwt: { epochs: 4, learningRate: 0.02 } }), [
    0.02,
    0.01 * (1 + half),
    0.01,
    0.01 * (1 - half),
  ]);
  close(rates({ protocol: "corrected", hwt: { epochs: 1 } }), [0.01]);
});

Deno.test("the stage trains with Nesterov momentum 0.9 and weight decay 5e-4, as published", async () => {
  const trained = stage({ protocol: "as_published" }),
    { config, crossbars, network } = parts({
      protocol: "as_published",
    });
  // The optimizer is held against PyTorch's in tests/train, the network's steps against AIHWKit's.
  const optimizer = sgd(backend, { momentum: 0.9, weightDecay: 5e-4, nesterov: true });
  const expected = hwtNetwork(crossbars, network, config, optimizer, 4);
  const [batch] = batches();
  for (let step = 0; step < 3; step++) {
    const context = { epoch: 0, learningRate: 0.01, random };
    const { loss } = await trained.step(batch, context);
    assert.equal(loss, expected.step(batch, 0.01).loss);
  }
  assert.deepEqual(tilesOf(trained.analog()), tilesOf(expected.analog()));
});

Deno.test("what the stage keeps is all that it needs to go on, momentum included", async () => {
  const context = { epoch: 0, learningRate: 0.01, random }, [batch] = batches();
  const whole = stage({ protocol: "as_published" });
  for (let step = 0; step < 2; step++) await whole.step(batch, context);
  const resumed = stage({ protocol: "as_published" });
  resumed.restore(structuredClone(whole.tensors()), structuredClone(whole.state()));
  for (let step = 0; step < 2; step++) {
    assert.deepEqual(await resumed.step(batch, context), await whole.step(batch, context));
  }
  assert.deepEqual(resumed.tensors(), whole.tensors());
});

Deno.test("a checkpoint of another layout is refused before training goes on with it", () => {
  const cut = stage({ hardware: { maxInputSize: 17 } });
  const restore = (from: HwtStage) => () => cut.restore(from.tensors(), from.state());
  assert.throws(
    restore(stage({})),
    /another layout of the network on tiles: stem\.0\.tile\.0\.weight/,
  );
  assert.throws(restore(stage({ hardware: { maxOutputSize: 3 } })), /another layout/);
  restore(stage({ hardware: { maxInputSize: 17 } }))();
});

Deno.test("training with a memory's error runs, follows from its seed, and is no training with normal noise", () => {
  const trained = (weightNoise: number | "sonos" | "rram_milo", seed: number) => {
    const { config, crossbars, network } = parts({ hwt: { weightNoise, inputRangeBatches: 1 } });
    const training = hwtNetwork(crossbars, network, config, sgd(backend, config.training), seed);
    const losses = [0, 1, 2].map(() => training.step(batches()[0], 0.02).loss);
    assert.ok(losses.every((loss) => loss > 0 && loss < 20), `losses ${losses}`);
    return tilesOf(training.analog()).flatMap(({ weights }) => [...weights]);
  };
  const sonos = trained("sonos", 1);
  assert.deepEqual(trained("sonos", 1), sonos);
  for (const [noise, seed] of [["sonos", 2], ["rram_milo", 1], [0.06, 1], [0, 1]] as const) {
    assert.notDeepEqual(trained(noise, seed), sonos, `${noise}, seed ${seed}`);
  }
});
