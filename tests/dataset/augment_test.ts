import assert from "node:assert/strict";
import {
  batches,
  evaluationBatches,
  type ImageSet,
  imageWriter,
  splitValidation,
} from "../../src/dataset/mod.ts";
import { prng } from "../../src/random.ts";

/** Images whose every byte differs from its neighbours'. */
function images(count: number): ImageSet {
  const pixels = Uint8Array.from({ length: count * 3_072 }, (_, i) => (i * 37 + (i >> 8)) % 256);
  for (let i = 0; i < count; i++) pixels.set([i & 255, i >> 8], i * 3_072);
  return { pixels, labels: Uint8Array.from({ length: count }, (_, i) => i % 10), count };
}
const MEAN = [0.4914, 0.4822, 0.4465], SD = [0.247, 0.2435, 0.2616];
const normalised = (byte: number, c: number) => (byte / 255 - MEAN[c]) / SD[c];

Deno.test("crop and flip move pixels as torchvision's pad, crop and flip do", () => {
  const set = images(2), { pixels } = set, write = imageWriter(set), out = new Float32Array(3_072);
  const pixel = (y: number, x: number, c: number) =>
    y < 0 || y > 31 || x < 0 || x > 31 ? 0 : pixels[3_072 + (y * 32 + x) * 3 + c];
  for (
    const [dx, dy, flip] of [[0, 0, false], [4, -4, false], [-3, 2, true], [4, 4, true]] as const
  ) {
    write(out, 0, 1, dx, dy, flip);
    for (let y = 0; y < 32; y++) {
      for (let x = 0; x < 32; x++) {
        for (let c = 0; c < 3; c++) {
          const want = normalised(pixel(y + dy, (flip ? 31 - x : x) + dx, c), c);
          assert(Math.abs(out[(y * 32 + x) * 3 + c] - want) < 1e-6);
        }
      }
    }
  }
});

Deno.test("an epoch shows each image once; the last batch takes what is left", () => {
  const set = images(70), labels: number[] = [], sizes: number[] = [];
  const plain = { cropPadding: 0, flipProbability: 0 };
  const seen = new Set<string>();
  for (const batch of batches(set, 32, plain, prng(1, "epoch"))) {
    sizes.push(batch.count);
    labels.push(...batch.labels);
    for (let k = 0; k < batch.count; k++) {
      seen.add(batch.images.slice(k * 3_072, k * 3_072 + 9).join());
    }
  }
  assert.deepEqual(sizes, [32, 32, 6]);
  assert.equal(seen.size, 70);
  assert.notDeepEqual(labels, [...set.labels]);
  assert.deepEqual(labels.toSorted(), [...set.labels].toSorted());
});

Deno.test("crops are uniform over the 81 places, flips happen as often as asked", () => {
  // A single bright pixel in the middle shows where the crop went.
  const count = 20_000, set = { ...images(count), pixels: new Uint8Array(count * 3_072) };
  for (let i = 0; i < count; i++) set.pixels[i * 3_072 + (15 * 32 + 12) * 3] = 255;
  const places = new Map<string, number>();
  let flips = 0;
  const augmentation = { cropPadding: 4, flipProbability: 0.25 };
  for (const batch of evaluationBatches(set, 500, augmentation, prng(5, "crops"))) {
    for (let k = 0; k < batch.count; k++) {
      const image = batch.images.subarray(k * 3_072, (k + 1) * 3_072);
      let at = 0;
      for (let i = 0; i < 3_072; i += 3) if (image[i] > 0) at = i / 3;
      const y = 15 - (at >> 5), column = at & 31;
      // Unflipped, the pixel lands in columns 8..16; flipped, in 15..23.
      places.set(`${y},${column}`, (places.get(`${y},${column}`) ?? 0) + 1);
      if (column > 16) flips++;
    }
  }
  // 9 rows and, of 18 columns (9 a direction), 16 distinct: 15 and 16 belong to both directions.
  assert.equal(places.size, 9 * 16);
  // 7 of 9 flipped columns lie beyond 16. Binomial: n = 20,000, p = 0.25 * 7 / 9, sd 56.
  assert(Math.abs(flips - count * 0.25 * 7 / 9) < 4 * 56, `${flips} flips`);
  for (let y = -4; y <= 4; y++) {
    for (let column = 8; column < 15; column++) {
      const seen = places.get(`${y},${column}`) ?? 0;
      // p = 0.75 / 81: mean 185, sd 13.5.
      assert(Math.abs(seen - 185.2) < 5 * 13.5, `place ${y},${column}: ${seen}`);
    }
  }
});

Deno.test("the same seed gives the same epoch, another seed another", () => {
  const set = images(64), augmentation = { cropPadding: 4, flipProbability: 0.5 };
  const epoch = (seed: number) => [...batches(set, 64, augmentation, prng(seed, "e"))][0].images;
  assert.deepEqual(epoch(3), epoch(3));
  assert.notDeepEqual(epoch(3), epoch(4));
});

Deno.test("validation is stratified, seeded and disjoint from training", () => {
  const set = images(1_000);
  const { train, validation } = splitValidation(set, 100, prng(0, "validation"));
  assert.deepEqual([train.count, validation.count], [900, 100]);
  for (let c = 0; c < 10; c++) {
    assert.equal(validation.labels.filter((label) => label === c).length, 10);
  }
  const key = (s: ImageSet, i: number) => s.pixels.subarray(i * 3_072, i * 3_072 + 40).join();
  const keys = new Set<string>();
  for (const part of [train, validation]) {
    for (let i = 0; i < part.count; i++) keys.add(key(part, i));
  }
  const all = new Set(Array.from({ length: 1_000 }, (_, i) => key(set, i)));
  assert.equal(keys.size, all.size);
  const again = splitValidation(set, 100, prng(0, "validation"));
  assert.deepEqual(again.validation.labels, validation.labels);
  assert.deepEqual(again.validation.pixels, validation.pixels);
  assert.throws(() => splitValidation(set, 105, prng(0, "validation")), {
    name: "InputError",
  });
  assert.equal(splitValidation(set, 0, prng(0, "validation")).train.count, 1_000);
});
