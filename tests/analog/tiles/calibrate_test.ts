/** Calibrated input ranges, on images whose magnitudes are known. */
import assert from "node:assert/strict";
import { calibrateInputRanges, convert, tilesOf } from "@/analog/mod.ts";
import { loadBackend } from "@/backend.ts";
import { resolveConfig } from "@/config.ts";
import { evaluationBatches, type ImageSet } from "@/dataset/mod.ts";
import { initialState, networkPlan } from "@/network/mod.ts";

const backend = await loadBackend(), COUNT = 40, VALUES = COUNT * 3_072;

/** Images of mid grey, but for every `one in`-th value, which has another byte. */
function images(others: readonly (readonly [byte: number, oneIn: number])[]): ImageSet {
  const pixels = new Uint8Array(VALUES).fill(128);
  for (const [byte, oneIn] of others) {
    // Red alone, so that one mean and one deviation normalise them all.
    for (let i = 0; i < VALUES; i += 3 * Math.round(oneIn / 3)) pixels[i] = byte;
  }
  return { pixels, labels: new Uint8Array(COUNT).map((_, i) => i % 10), count: COUNT };
}
const red = (byte: number) => Math.abs((byte / 255 - 0.4914) / 0.247);

/** Range of the first layer's tile, which reads the images. */
function firstRange(set: ImageSet): number {
  const plan = networkPlan([2, 3, 4, 0, 2, 1], { channels: 4, cellsPerStage: 1 });
  const network = convert(plan, initialState(plan, 1), resolveConfig().hardware);
  const calibrated = calibrateInputRanges(backend, network, evaluationBatches(set, COUNT));
  return tilesOf(calibrated)[0].inputRange;
}

Deno.test("a range covers all but one in ten thousand of the magnitudes", () => {
  // One in 500 is brighter, and counts; one in 40,000 is brightest, and does not.
  const found = firstRange(images([[200, 500], [255, 40_000]]));
  assert.ok(Math.abs(found / red(200) - 1) < 2e-3, `${found}, wanted ${red(200)}`);
  // One in 3,000 is more than is left out.
  const all = firstRange(images([[200, 500], [255, 3_000]]));
  assert.ok(Math.abs(all / red(255) - 1) < 1e-6, `${all}, wanted ${red(255)}`);
});

Deno.test("batches count alike: the range is the mean of theirs", () => {
  const half = images([[255, 500]]), pixels = half.pixels.slice();
  for (let i = 0; i < VALUES / 2; i++) pixels[i] = pixels[i] === 255 ? 200 : pixels[i];
  const plan = networkPlan([2, 3, 4, 0, 2, 1], { channels: 4, cellsPerStage: 1 });
  const network = convert(plan, initialState(plan, 1), resolveConfig().hardware);
  const batches = evaluationBatches({ ...half, pixels }, COUNT / 2);
  const [{ inputRange }] = tilesOf(calibrateInputRanges(backend, network, batches));
  const wanted = (red(200) + red(255)) / 2;
  assert.ok(Math.abs(inputRange / wanted - 1) < 1e-3, `${inputRange}, wanted ${wanted}`);
});
