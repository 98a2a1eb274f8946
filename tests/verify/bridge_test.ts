/** The number of the bridge between the simulators, and that it would tell a device with other errors. */
import assert from "node:assert/strict";
import { pcmBridge } from "@/verify/mod.ts";

Deno.test("PCM of one measurement, equal converters: arrays and tiles err alike within their noise", async () => {
  // The fits of the measurement differ by at most 0.023 uS of about 0.9.
  const [same, more, less] = await pcmBridge([1, 1.2, 0.8]);
  assert.ok(
    Math.abs(same.ratio - 1) < 4 * same.error && same.error < 0.027,
    `${same.ratio} +- ${same.error}`,
  );
  assert.ok(more.ratio - 1 > 4 * more.error, `a fifth more error would go unseen: ${more.ratio}`);
  assert.ok(1 - less.ratio > 4 * less.error, `a fifth less error would go unseen: ${less.ratio}`);
});
