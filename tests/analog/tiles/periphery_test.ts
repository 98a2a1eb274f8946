/** Converters as they are configured. */
import assert from "node:assert/strict";
import { converter, quantize } from "@/analog/mod.ts";

Deno.test("a converter of n bits has 2^n - 2 steps, codes alike on both sides of 0", () => {
  for (const [bits, bound, codes] of [[8, 1, 127], [8, 10, 127], [6, 10, 31], [2, 1, 1]]) {
    const { step, ...rest } = converter({ kind: "bits", bits, bound });
    assert.equal(rest.bound, bound);
    assert.ok(Math.abs(step / (bound / codes) - 1) < 1e-6, `${bits} bits over ${bound}: ${step}`);
    const levels = Array.from(
      { length: 20_001 },
      (_, i) => Math.round(quantize((i / 10_000 - 1) * 1.2 * bound, { step, bound }) / step),
    );
    assert.equal(new Set(levels).size, 2 * codes + 1);
    assert.deepEqual([Math.min(...levels), Math.max(...levels)], [-codes, codes]);
  }
});

Deno.test("a resolution is a share of the whole range; an ideal converter clips at most", () => {
  const { step } = converter({ kind: "resolution", resolution: 0.01, bound: 5 });
  assert.ok(Math.abs(step - 0.1) < 1e-7);
  const clipping = converter({ kind: "ideal", bound: 2 });
  assert.deepEqual([0.123, 2.5, -9].map((v) => quantize(v, clipping)), [0.123, 2, -2]);
  const none = converter({ kind: "ideal", bound: null });
  assert.deepEqual([0.123, 2.5, -9].map((v) => quantize(v, none)), [0.123, 2.5, -9]);
});
