/**
 * The writer of images of any size, bytes or floats (`src/dataset/write_image.ts`), against one that knows 32x32 RGB
 * bytes alone, as this workspace had it before: processor time of 256 cropped and flipped images, at most twice.
 */
import assert from "node:assert/strict";
import process from "node:process";
import { median } from "simple-statistics";
import { type ImageSet, imageWriter, type WriteImage } from "../src/dataset/mod.ts";
import { normalisationOf } from "../src/dataset/image_set.ts";
import { prng } from "../src/random.ts";
import { judge } from "./speed/against_pytorch.ts";

const SIDE = 32, ROW = 3 * SIDE, VALUES = ROW * SIDE, IMAGES = 256, TURNS = 31;

/** As `imageWriter`, for 32x32 RGB bytes. */
function rgbWriter(pixels: Uint8Array): WriteImage {
  const { mean, sd } = normalisationOf(3);
  const [red, green, blue] = mean.map((m, c) =>
    Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - m) / sd[c])
  );
  return (out, offset, index, dx = 0, dy = 0, flip = false) => {
    const step = flip ? -3 : 3;
    for (let y = 0; y < SIDE; y++) {
      const sourceY = y + dy, isInsideY = sourceY >= 0 && sourceY < SIDE;
      const source = index * VALUES + sourceY * ROW;
      let at = offset + y * ROW + (flip ? ROW - 3 : 0);
      for (let sourceX = dx; sourceX < dx + SIDE; sourceX++, at += step) {
        const isInside = isInsideY && sourceX >= 0 && sourceX < SIDE, from = source + sourceX * 3;
        out[at] = red[isInside ? pixels[from] : 0];
        out[at + 1] = green[isInside ? pixels[from + 1] : 0];
        out[at + 2] = blue[isInside ? pixels[from + 2] : 0];
      }
    }
  };
}

const random = prng(0, "bench"), shift = () => random.integer(9) - 4;
const pixels = Uint8Array.from({ length: IMAGES * VALUES }, () => random.integer(256));
const set: ImageSet = { pixels, labels: new Uint8Array(IMAGES), count: IMAGES };
const places = Array.from(
  { length: IMAGES },
  () => [shift(), shift(), random.uniform() < 0.5] as const,
);

/** All images written by `write`, and the milliseconds of processor time that it took. */
function written(write: WriteImage): readonly [Float32Array, number] {
  const out = new Float32Array(IMAGES * VALUES), before = process.cpuUsage();
  places.forEach(([dx, dy, flip], i) => write(out, i * VALUES, i, dx, dy, flip));
  const { user, system } = process.cpuUsage(before);
  return [out, (user + system) / 1000];
}

const any = imageWriter(set), rgb = rgbWriter(pixels);
assert.deepEqual(written(any)[0], written(rgb)[0]);
// The first turns, in which the functions are compiled, are left out.
const turns = Array.from({ length: 2 * TURNS }, () => [written(any)[1], written(rgb)[1]])
  .slice(TURNS);
const [any_ms, rgb_ms] = [0, 1].map((k) => median(turns.map((turn) => turn[k])));
console.log(
  `${IMAGES} images: any size and type ${any_ms.toFixed(2)} ms, RGB bytes ${rgb_ms.toFixed(2)} ms`,
);
judge("times the writer of RGB bytes", any_ms / rgb_ms, 2, "at most");
console.log(`value times_rgb_bytes ${(any_ms / rgb_ms).toFixed(2)}`);
