/** A network from a file on its way: ideal crossbars, what speaks against its accuracy, layers kept digital. */
import assert from "node:assert/strict";
import { join } from "node:path";
import cases from "../golden/onnx/cases.json" with { type: "json" };
import {
  analogEvaluation,
  analogShapes,
  convert,
  loadAnalogKernel,
  periphery,
  simulatorOf,
} from "../../src/analog/mod.ts";
import { loadBackend, type Tensor2D } from "../../src/backend.ts";
import { resolveConfig } from "../../src/config.ts";
import { evaluationBatches, type ImageSet } from "../../src/dataset/mod.ts";
import { InputError } from "../../src/input_error.ts";
import {
  chanceLevel_pct,
  digitalDoubts,
  idealHardware,
  isConstant,
} from "../../src/measure/mod.ts";
import {
  analogShare_pct,
  evaluationOps,
  forward,
  imagesOf,
  readOnnx,
  toTensors,
} from "../../src/network/mod.ts";
import { prng } from "../../src/random.ts";
import { dataFor, imageTensor } from "../../src/train/mod.ts";

const FOLDER = "tests/golden/onnx", COUNT = 12;
const backend = await loadBackend(), { tf } = backend, kernel = await loadAnalogKernel(backend);
const random = prng(1, "images");
function imagesOfSize(size: { height: number; width: number; channels: number }): ImageSet {
  const values = size.height * size.width * size.channels;
  return {
    pixels: Uint8Array.from({ length: COUNT * values }, () => random.integer(256)),
    labels: Uint8Array.from({ length: COUNT }, (_, i) => i % 10),
    count: COUNT,
    size,
  };
}
const [batch] = evaluationBatches(imagesOfSize({ height: 32, width: 32, channels: 3 }), COUNT);
const x = imageTensor(backend, batch);

Deno.test("on ideal crossbars every network from a file gives its digital logits", async () => {
  let compared = 0;
  for (const { file, expect } of cases.accept) {
    if (expect !== "logits") continue;
    const { plan, state } = await readOnnx(join(FOLDER, file)),
      tensors = toTensors(backend, plan, state);
    const digital = evaluationOps(backend, plan, tensors);
    const expected = forward(backend, plan, digital, x).dataSync();
    const largest = Math.max(...expected.map(Math.abs));
    const hardware = idealHardware(resolveConfig({ hardware: { maxInputSize: 100 } }).hardware);
    const network = convert(plan, state, hardware);
    const analog = analogEvaluation({ backend, kernel, periphery: periphery(hardware) }, network);
    const found = forward(backend, plan, analog.ops(0), x).dataSync();
    expected.forEach((v, i) =>
      assert.ok(Math.abs(v - found[i]) < 2e-5 * largest, `${file}: ${v} ${found[i]}`)
    );
    compared += found.filter((v) => v !== 0).length;
    digital.dispose();
    analog.dispose();
  }
  assert.ok(compared > 35 * COUNT);
});

Deno.test("layers chosen to be digital leave the crossbars of both simulators, and the share says so", async () => {
  const { plan, state } = await readOnnx(join(FOLDER, "resnet8b_legacy17_kept_one.onnx"));
  const shapes = analogShapes(plan), [first] = shapes, last = shapes.at(-1)!;
  const digital = [first.name, last.name].sort();
  const config = resolveConfig({ network: { space: "custom" }, hardware: { digital } });
  const network = convert(plan, state, config.hardware);
  assert.deepEqual(
    Object.keys(network.layers),
    shapes.map(({ name }) => name).filter((name) => !digital.includes(name)),
  );
  const weights = ({ inChannels, outChannels, kernel }: typeof first) =>
    inChannels * outChannels * kernel ** 2;
  const all = shapes.reduce((sum, shape) => sum + weights(shape), 0);
  const share = 100 * (all - weights(first) - weights(last)) / all;
  assert.ok(Math.abs(analogShare_pct(plan, digital) - share) < 1e-9);
  for (const name of ["fcc", first.inChannels + "x"]) {
    assert.throws(() => analogShapes(plan, [name]), InputError);
  }
});

Deno.test("arrays compute what is not on them digitally, and add a convolution's bias once", async () => {
  const exactArrays = { kind: "crosssim", adcBits: 0, dacBits: 0 } as const;
  const images = { ofProtocol: () => [batch], ofTraining: () => batch };
  for (const file of ["vgg_no_norm_legacy13_one.onnx", "mobilenet_legacy10_kept_dynamic.onnx"]) {
    const { plan, state } = await readOnnx(join(FOLDER, file));
    const tensors = toTensors(backend, plan, state);
    const exact = forward(backend, plan, evaluationOps(backend, plan, tensors), x).dataSync();
    const largest = Math.max(...exact.map(Math.abs));
    for (const digital of [undefined, [analogShapes(plan)[0].name]]) {
      const config = resolveConfig({
        network: { space: "custom" },
        hardware: { simulator: exactArrays, ...digital && { digital } },
      });
      const simulator = await simulatorOf(backend, config);
      const mapped = simulator.map({ plan, state, tiles: null }, images).logits(0, "x");
      mapped.of(x).dataSync().forEach((v, i) =>
        assert.ok(Math.abs(v - exact[i]) < 1e-3 * largest, `${file} ${digital}: ${v} ${exact[i]}`)
      );
      mapped.dispose();
    }
  }
});

Deno.test("files for other images are read for these, and refused without", async () => {
  for (
    const [file, size] of [["refuse_input_64.onnx", [64, 64, 3]], ["refuse_input_grey.onnx", [
      28,
      28,
      1,
    ]]] as const
  ) {
    const [height, width, channels] = size, path = join(FOLDER, file);
    await assert.rejects(readOnnx(path), new RegExp(`--input-size ${height}x${width}x${channels}`));
    const images = { height, width, channels };
    const { plan, state } = await readOnnx(path, { images });
    assert.deepEqual(imagesOf(plan), images);
    const set = imagesOfSize(images), [own] = evaluationBatches(set, COUNT);
    const ops = evaluationOps(backend, plan, toTensors(backend, plan, state));
    const logits = forward(backend, plan, ops, imageTensor(backend, own));
    assert.deepEqual(logits.shape, [COUNT, plan.classes]);
  }
});

Deno.test("chance level and an output that ignores the image are told, with the causes", async () => {
  // Three binomial standard deviations: 10 + 3 sqrt(0.09 / 10,000) x 100.
  assert.ok(Math.abs(chanceLevel_pct(10, 10_000) - 10.9) < 1e-9);
  const rows = (...values: number[][]) => tf.tensor2d(values) as Tensor2D;
  assert.ok(isConstant(rows([1, -2], [1, -2])) && isConstant(rows([0, 0], [0, 0])));
  assert.ok(!isConstant(rows([1, -2], [1, -2.001])) && !isConstant(rows([1, -2])));
  const { plan, state } = await readOnnx(join(FOLDER, "float_data.onnx"));
  const config = resolveConfig({
    network: { space: "custom" },
    departures: { validationImages: 0, watchedSplit: "test", calibrationSplit: "test" },
  });
  const set = imagesOfSize(imagesOf(plan)), data = dataFor(config, { train: set, test: set }, 0);
  const doubts = (numbers: typeof state, accuracy: number) =>
    digitalDoubts(backend, plan, toTensors(backend, plan, numbers), data, accuracy);
  assert.deepEqual(doubts(state, 90), []);
  assert.match(
    doubts(state, 10)[0],
    /10\.00 % is chance level for \d+ classes and 12 images.*normalised/,
  );
  const silent = Object.fromEntries(
    Object.entries(state).map((
      [name, values],
    ) => [name, name.endsWith("weight") ? values.map(() => 0) : values]),
  );
  assert.match(doubts(silent, 90)[0], /does not depend on the image/);
});
