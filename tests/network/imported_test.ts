/** Networks from files in training: gradients, hardware-aware and quantization-aware steps, names. */
import assert from "node:assert/strict";
import { join } from "node:path";
import cases from "../golden/onnx/cases.json" with { type: "json" };
import {
  convert,
  hwtNetwork,
  loadAnalogKernel,
  logicalState,
  periphery,
} from "../../src/analog/mod.ts";
import { loadBackend, type Tensor1D } from "../../src/backend.ts";
import { scalingOf } from "../../src/cli/normalisation.ts";
import { resolveConfig } from "../../src/config.ts";
import { evaluationBatches, type ImageSet } from "../../src/dataset/mod.ts";
import {
  evaluationOps,
  forward,
  lossAndGradients,
  readOnnx,
  stateHash,
  toTensors,
} from "../../src/network/mod.ts";
import { qatStage } from "../../src/quantize/mod.ts";
import { prng } from "../../src/random.ts";
import { dataFor, imageTensor, sgd, stateOf, trainLoop } from "../../src/train/mod.ts";

const FOLDER = "tests/golden/onnx";
/** One file of each structure: norms kept and folded, ReLU6, concatenation, pools, pads, picks, dilated. */
const FILES = [
  "resnet20a_legacy13_folded_dynamic.onnx",
  "resnet8b_legacy17_kept_one.onnx",
  "mobilenet_legacy10_kept_dynamic.onnx",
  "densenet_legacy17_folded_dynamic.onnx",
  "normalised_inside_legacy13_dynamic.onnx",
  "pools_legacy11_folded_dynamic.onnx",
  "dilated_legacy13_kept_dynamic.onnx",
  "constants_legacy13_folded_dynamic.onnx",
  "auto_pad_same_upper.onnx",
  "norm_with_two_readers.onnx",
];
const COUNT = 16;
const backend = await loadBackend(), { tf } = backend, kernel = await loadAnalogKernel(backend);
const random = prng(1, "images");
const images: ImageSet = {
  pixels: Uint8Array.from({ length: COUNT * 3_072 }, () => random.integer(256)),
  labels: Uint8Array.from({ length: COUNT }, (_, i) => i % 10),
  count: COUNT,
};
const [batch] = evaluationBatches(images, COUNT);
const config = resolveConfig({
  network: { space: "custom" },
  departures: { validationImages: 0, watchedSplit: "test", calibrationSplit: "test" },
  training: { batchSize: COUNT },
  qat: { epochs: 1 },
});

Deno.test("the gradient of a network from a file is that of finite differences", async () => {
  const x = imageTensor(backend, batch);
  const labels = tf.tensor1d(Array.from(batch.labels), "int32");
  for (const file of FILES) {
    const { plan, state } = await readOnnx(join(FOLDER, file));
    const { parameters } = toTensors(backend, plan, state);
    const { gradients } = lossAndGradients(backend, plan, parameters, x, labels as Tensor1D);
    const squares = Object.values(gradients).map((g) => tf.sum(tf.square(g)).dataSync()[0]);
    const length = Math.sqrt(squares.reduce((sum, s) => sum + s, 0));
    const lossAt = (h: number) => {
      const moved = Object.fromEntries(
        Object.entries(parameters).map(([name, w]) => [
          name,
          tf.add(w, tf.mul(gradients[name], h / length)),
        ]),
      );
      return lossAndGradients(backend, plan, moved, x, labels as Tensor1D).loss.dataSync()[0];
    };
    // Along the gradient the loss changes by its length. A ReLU that flips within a step bends it, rounding
    // moves it: the best of five steps is taken.
    const errors = [1e-2, 3e-3, 1e-3, 3e-4, 1e-4].map((h) =>
      Math.abs((lossAt(h) - lossAt(-h)) / (2 * h) - length) / length
    );
    assert.ok(Math.min(...errors) < 0.005, `${file}: ${length}, off by ${errors}`);
  }
});

Deno.test("hardware-aware training moves tiles, biases and norms of a network from a file", async () => {
  const { hardware } = config, crossbars = { backend, kernel, periphery: periphery(hardware) };
  for (const file of FILES) {
    const { plan, state } = await readOnnx(join(FOLDER, file));
    const network = convert(plan, state, hardware);
    const training = hwtNetwork(crossbars, network, config, sgd(backend, config.training), 0);
    training.step(batch, 1e-3);
    const before = tf.memory().numTensors;
    assert.ok(Number.isFinite(training.step(batch, 1e-3).loss), file);
    assert.equal(tf.memory().numTensors, before, file);
    const after = logicalState(training.analog());
    for (const [name, values] of Object.entries(state)) {
      assert.notDeepEqual(after[name], values, `${file} ${name}`);
    }
  }
});

Deno.test("quantization-aware training moves a network from a file and keeps its name", async () => {
  const data = dataFor(config, { train: images, test: images }, 0);
  for (const file of FILES.slice(2, 7)) {
    const { plan, state } = await readOnnx(join(FOLDER, file));
    const stage = qatStage({ backend, plan, state, origin: stateHash(state), config, data });
    const folder = await Deno.makeTempDir();
    const options = { stage, data, batchSize: COUNT, seed: 0, folder, clock: () => 0 };
    const [{ loss }] = await trainLoop(options);
    await Deno.remove(folder, { recursive: true });
    assert.ok(Number.isFinite(loss), file);
    const trained = stateOf(stage.tensors());
    for (const [name, values] of Object.entries(state)) {
      assert.notDeepEqual(trained[name], values, `${file} ${name}`);
    }
    const { architecture } = stage.identity as Record<string, string>;
    assert.equal(architecture, plan.architecture.text);
  }
});

Deno.test("images of another normalisation become the file's: onnxruntime's logits on its own images", async () => {
  const normalised = new Float32Array(
    (await Deno.readFile(join(FOLDER, "images_normalised.bin"))).buffer,
  );
  const x = tf.transpose(tf.tensor4d(normalised, [8, 3, 32, 32]), [0, 2, 3, 1]);
  const unit = cases.accept.filter(({ images, expect }) =>
    images === "images_unit" && expect === "logits"
  );
  assert.ok(unit.length > 0);
  for (const { file, logits } of unit) {
    const scaling = scalingOf({ mean: [0], std: [1] });
    const { plan, state, output } = await readOnnx(join(FOLDER, file), { scaling });
    if (output !== "logits") continue;
    const tensors = toTensors(backend, plan, state);
    const found = forward(backend, plan, evaluationOps(backend, plan, tensors), x as never);
    const expected = logits.flat(), largest = Math.max(...expected.map(Math.abs));
    found.dataSync().forEach((v, i) =>
      assert.ok(Math.abs(v - expected[i]) < 1e-4 * largest, `${file} ${v} ${expected[i]}`)
    );
  }
  // (p - 0.5) / 0.5 by hand: white is 1, black -1, of every colour.
  const settings = [
    { mean: [0.5], std: [0.5] },
    { mean: [127.5, 127.5, 127.5], std: [127.5], inputScale: 255 },
  ];
  for (const { scale, offset } of settings.map((setting) => scalingOf(setting)!)) {
    [0.4914, 0.4822, 0.4465].forEach((mean, c) => {
      const sd = [0.247, 0.2435, 0.2616][c];
      for (const p of [0, 1]) {
        assert.ok(Math.abs((p - mean) / sd * scale[c] + offset[c] - (2 * p - 1)) < 1e-12);
      }
    });
  }
});

Deno.test("a file's name is its graph's and its numbers', whatever the file is called", async () => {
  const folder = await Deno.makeTempDir(), file = "float_data.onnx";
  await Deno.copyFile(join(FOLDER, file), join(folder, "other.onnx"));
  const [one, two] = [
    await readOnnx(join(FOLDER, file)),
    await readOnnx(join(folder, "other.onnx")),
  ];
  const hash = (text: string) => text.slice(-12);
  assert.match(one.plan.architecture.text, /^float_data-[0-9a-f]{12}$/);
  assert.equal(hash(two.plan.architecture.text), hash(one.plan.architecture.text));
  // One bit of one weight, and another graph over the same weights.
  const bytes = await Deno.readFile(join(FOLDER, "explicit_pad.onnx"));
  await Deno.writeFile(join(folder, "pad.onnx"), bytes);
  const name = async (scaling = null as ReturnType<typeof scalingOf>) =>
    (await readOnnx(join(folder, "pad.onnx"), { scaling })).plan.architecture.text;
  const first = await name(), scaled = await name(scalingOf({ std: [2] }));
  assert.notEqual(scaled, first);
  const { state } = await readOnnx(join(folder, "pad.onnx"));
  const [weights] = Object.values(state).sort((a, b) => b.length - a.length);
  const raw = new Uint8Array(weights.buffer, weights.byteOffset, 16);
  const at = bytes.findIndex((_, i) => raw.every((byte, k) => bytes[i + k] === byte));
  assert.ok(at >= 0, "the weights lie in the file as they are");
  bytes[at] ^= 1;
  await Deno.writeFile(join(folder, "pad.onnx"), bytes);
  assert.notEqual(await name(), first);
  await Deno.remove(folder, { recursive: true });
});
