/** Images of the user's own: read as numpy and safetensors wrote them, or refused in one message. */
import assert from "node:assert/strict";
import written from "../golden/dataset/images.json" with { type: "json" };
import { imagesFor } from "../../src/cli/images.ts";
import {
  evaluationBatches,
  type ImageArray,
  imageWriter,
  ownImages,
  parseNpy,
} from "../../src/dataset/mod.ts";
import { InputError } from "../../src/input_error.ts";
import { resolveConfig } from "../../src/config.ts";
import type { NetworkPlan } from "../../src/network/mod.ts";
import { prng } from "../../src/random.ts";
import { dataFor } from "../../src/train/mod.ts";

const FOLDER = "tests/golden/dataset";
const plan: NetworkPlan = {
  architecture: { space: "custom", text: "mine" },
  scale: {},
  classes: 4,
  images: { height: 5, width: 7, channels: 3 },
  steps: [],
};
const MEAN = [0.4914, 0.4822, 0.4465], SD = [0.247, 0.2435, 0.2616];

Deno.test("bytes with colours first and floats with colours last are the same network input", async () => {
  const expected = written.test.map((byte, i) => (byte / 255 - MEAN[i % 3]) / SD[i % 3]);
  const hashes = new Set<string | null>();
  for (const data of [`${FOLDER}/npy`, `${FOLDER}/data.safetensors`]) {
    const { train, test, hash } = await imagesFor(plan, { data });
    assert.deepEqual([train.count, test.count], [40, 6]);
    assert.deepEqual([...test.labels], written.labels);
    const [batch] = evaluationBatches(test, 10);
    assert.deepEqual(batch.size, plan.images);
    expected.forEach((v, i) => assert.ok(Math.abs(batch.images[i] - v) < 1e-5, `${data} ${i}`));
    hashes.add(hash);
  }
  assert.equal(hashes.size, 2, "other bytes, other hash");
});

Deno.test("images of any size are cropped and flipped by their own rows", () => {
  const random = prng(1, "grey"), size = { height: 3, width: 4, channels: 1 };
  const pixels = Float32Array.from({ length: 12 }, () => random.uniform());
  const out = new Float32Array(12);
  imageWriter({ pixels, labels: new Uint8Array(1), count: 1, size })(out, 0, 0, 1, -1, true);
  // By hand: one row of black above, columns from the right, the last of them from outside. Grey is not normalised.
  const at = (y: number, x: number) => y < 1 || x < 1 ? 0 : pixels[(y - 1) * 4 + 4 - x];
  for (let y = 0; y < 3; y++) {
    for (let x = 0; x < 4; x++) assert.equal(out[y * 4 + x], at(y, x), `${y} ${x}`);
  }
});

Deno.test("a tenth of the training images is held out, equally many of each class", async () => {
  const images = await imagesFor(plan, { data: `${FOLDER}/npy` }), config = resolveConfig();
  const { train, validation, test } = dataFor(config, images, 0);
  assert.deepEqual([train.count, validation!.count, test.count], [36, 4, 6]);
  assert.deepEqual([...validation!.labels].sort(), [0, 1, 2, 3]);
  const few = { ...images, train: { ...images.train, count: 20 } };
  assert.throws(() => dataFor(config, few, 0), /20 training images of 4 classes are too few/);
  const many = resolveConfig({ measurement: { testImages: 7 } });
  assert.throws(() => dataFor(many, images, 0), /7 test images are asked for and 6 are there/);
  const testOnly = dataFor(config, { ...images, train: { ...images.train, count: 0 } }, 0);
  assert.throws(() => testOnly.evaluation("validation", "x"), /add train_images and train_labels/);
});

const bytes = (shape: number[]): ImageArray => ({
  shape,
  data: new Uint8Array(shape.reduce((a, b) => a * b, 1)),
});
const labels = (...values: number[]): ImageArray => ({
  shape: [values.length],
  data: BigInt64Array.from(values.map(BigInt)),
});
const floats = (...values: number[]): ImageArray => ({
  shape: [1, 1, values.length],
  data: Float32Array.from(values),
});
/** [arrays, what the message says]. */
const WRONG: readonly (readonly [Record<string, ImageArray>, RegExp])[] = [
  [{}, /mine holds no images\..*it holds no arrays/],
  [{ images: bytes([2, 4, 4, 3]) }, /holds no labels.*it holds images/],
  [
    { images: bytes([2, 4, 4, 3]), labels: labels(0) },
    /labels has the shape \[1\] beside 2 images/,
  ],
  [{ images: bytes([1, 4, 4, 3]), labels: labels(-1) }, /holds the label -1/],
  [{ images: bytes([1, 4, 4, 3]), labels: labels(256) }, /holds the label 256/],
  [{ images: bytes([1, 4, 4, 2]), labels: labels(0) }, /colours cannot be told: say --layout/],
  [{ images: bytes([1, 3, 4, 3]), labels: labels(0) }, /colours cannot be told: say --layout/],
  [{ images: bytes([48]), labels: labels(0) }, /has the shape \[48\]; images are/],
  [{ images: bytes([0, 4, 4, 3]), labels: labels() }, /holds no image/],
  [{ images: floats(0, 0.5, 255), labels: labels(0) }, /goes from 0 to 255.*Divide it by 255/],
  [{ images: floats(-2, 0, 2), labels: labels(0) }, /goes from -2 to 2.*before it is normalised/],
  [{ images: floats(0, NaN, 1), labels: labels(0) }, /NaN/],
  [{ images: { shape: [1, 1, 3], data: new Int16Array(3) }, labels: labels(0) }, /Int16Array/],
  [
    {
      images: bytes([1, 4, 4, 3]),
      labels: labels(0),
      train_images: bytes([1, 5, 4, 3]),
      train_labels: labels(0),
    },
    /training images have 5x4x3, test images 4x4x3/,
  ],
  [
    { images: bytes([1, 4, 4, 3]), labels: labels(0), train_images: bytes([1, 4, 4, 3]) },
    /holds no train_labels/,
  ],
];

const refused = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof InputError, String(error));
  assert.match(error.message, message);
  return true;
};

Deno.test("wrong arrays are refused, each in one message", () => {
  for (const [arrays, message] of WRONG) {
    assert.throws(() => ownImages(arrays, "mine"), refused(message));
  }
  const told = ownImages({ images: bytes([1, 3, 4, 3]), labels: labels(0) }, "mine", "NCHW");
  assert.deepEqual(told.test.size, { height: 4, width: 3, channels: 3 });
});

Deno.test("files that numpy wrote otherwise are converted, or refused by name", async () => {
  const read = async (name: string) =>
    parseNpy(await Deno.readFile(`${FOLDER}/${name}.npy`), `${name}.npy`);
  const half = await read("half");
  assert.ok(half.data instanceof Float32Array);
  written.test.forEach((byte, i) => assert.ok(Math.abs(Number(half.data[i]) - byte / 255) < 1e-3));
  await assert.rejects(read("fortran"), refused(/fortran\.npy: it is in Fortran's order/));
  assert.ok((await read("signed")).data instanceof Int16Array);
  const whole = await Deno.readFile(`${FOLDER}/npy/images.npy`);
  for (const cut of [5, 60, whole.length - 1]) {
    assert.throws(
      () => parseNpy(whole.subarray(0, cut), "cut.npy"),
      refused(/^cut\.npy: it (is no \.npy file|is truncated|has the dtype)/),
    );
  }
});

Deno.test("images of another size, and labels beyond the network's classes, are refused", async () => {
  const data = `${FOLDER}/npy`, { images: _, ...other } = plan;
  await assert.rejects(
    imagesFor(other, { data }),
    refused(/mine takes images of 32x32x3, those of .*npy have 5x7x3.*--input-size 5x7x3/),
  );
  await assert.rejects(
    imagesFor({ ...plan, classes: 3 }, { data }),
    refused(/holds the label 3; mine tells 3 classes apart, 0 to 2/),
  );
  await assert.rejects(imagesFor(plan, { data: `${FOLDER}/none` }), refused(/no folder/));
  await assert.rejects(imagesFor(plan, { data, archive: "x" }), refused(/not both/));
  await assert.rejects(imagesFor(plan, { layout: "NCHW" }), refused(/--layout is of --data/));
});
