import assert from "node:assert/strict";
import fc from "fast-check";
import { expectedBest } from "@/stats/expected_best.ts";

const VALUES = [3, 1, 4, 1, 5, 9, 2, 6];

Deno.test("expected best of three from eight: exact fractions of Python's `fractions` and `comb`", () => {
  assert.ok(Math.abs(expectedBest(VALUES, 3) - 6.5) < 1e-12);
});

Deno.test("one draw is worth the mean, all draws the best", () => {
  assert.ok(Math.abs(expectedBest(VALUES, 1) - 31 / 8) < 1e-12);
  assert.equal(expectedBest(VALUES, 8), 9);
  assert.throws(() => expectedBest(VALUES, 9), /1 to 8, not 9/);
});

Deno.test("it equals the mean over every possible draw of two", () => {
  const lists = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 12 });
  fc.assert(fc.property(lists, (list) => {
    const bests = list.flatMap((a, i) => list.slice(i + 1).map((b) => Math.max(a, b)));
    const mean = bests.reduce((s, v) => s + v, 0) / bests.length;
    assert.ok(Math.abs(expectedBest(list, 2) - mean) < 1e-9);
  }));
});
