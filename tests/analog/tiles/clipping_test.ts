import assert from "node:assert/strict";
import { convert, layerInputs } from "@/analog/mod.ts";
import { loadBackend } from "@/backend.ts";
import { resolveConfig } from "@/config.ts";
import { evaluationBatches, type ImageSet } from "@/dataset/mod.ts";
import { initialState, networkPlan } from "@/network/mod.ts";
import { prng } from "@/random.ts";

const backend = await loadBackend();
const random = prng(2, "images");
const images: ImageSet = {
  pixels: Uint8Array.from({ length: 24 * 3_072 }, () => random.integer(256)),
  labels: new Uint8Array(24),
  count: 24,
};
const plan = networkPlan([0, 1, 0, 2, 1, 0], { channels: 4, cellsPerStage: 1 });
const state = initialState(plan, 0);
const inputs = (inputRange: number) => {
  const { hardware } = resolveConfig({ hardware: { inputRange } });
  return layerInputs(backend, convert(plan, state, hardware), evaluationBatches(images, 16));
};

Deno.test("the stem's input is the normalised image: share outside the range, size and largest value", () => {
  // CIFAR-10's published mean and SD by colour; bytes are red, green, blue in turn.
  const mean = [0.4914, 0.4822, 0.4465], sd = [0.247, 0.2435, 0.2616];
  const values = Array.from(
    images.pixels,
    (byte, i) => Math.abs((byte / 255 - mean[i % 3]) / sd[i % 3]),
  );
  const [stem] = inputs(1.25);
  assert.equal(stem.layer, "stem.0");
  assert.equal(stem.input_range, 1.25);
  assert.equal(stem.clipped_share, values.filter((v) => v > 1.25).length / values.length);
  const rms = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
  assert.ok(Math.abs(stem.rms - rms) < 1e-5 * rms);
  assert.ok(Math.abs(stem.largest - Math.max(...values)) < 1e-5);
});

Deno.test("a smaller range clips more of every layer's input, a huge one nothing", () => {
  const [tight, loose, huge] = [inputs(0.1), inputs(1), inputs(1e6)];
  assert.ok(tight.every(({ clipped_share }, k) => clipped_share >= loose[k].clipped_share));
  assert.ok(tight.some(({ clipped_share }, k) => clipped_share > loose[k].clipped_share));
  assert.ok(huge.every(({ clipped_share }) => clipped_share === 0));
  assert.ok(
    tight.every(({ rms }, k) => rms === huge[k].rms),
    "the range does not change the signal",
  );
});
