import assert from "node:assert/strict";
import { collapsePairs } from "@/measure/mod.ts";
import { prng } from "@/random.ts";
import { cellAt, isConnected, linearPaths, liveEdges } from "@/space/mod.ts";

/** A stand-in for the baseline: from 80 to 96 %, in an order that has nothing to do with the cells. */
const baseline_pct = Float64Array.from(
  { length: 15_625 },
  (_, i) => 80 + ((i * 7_919) % 16_000) / 1_000,
);

Deno.test("a pair differs in its linear paths and in nothing that it is matched on", () => {
  const pairs = collapsePairs(baseline_pct, 40, prng(0, "pairs"));
  assert.equal(pairs.length, 40);
  assert.equal(new Set(pairs.flat()).size, 80, "no cell twice");
  for (const [two, one] of pairs) {
    const [a, b] = [cellAt(two), cellAt(one)];
    assert.deepEqual([linearPaths(a), linearPaths(b)], [2, 1]);
    assert.ok(isConnected(a) && isConnected(b));
    const operations = (cell: typeof a) => cell.filter((_, e) => liveEdges(cell)[e]).toSorted();
    assert.deepEqual(operations(a), operations(b), `${a} and ${b} have the same live operations`);
    assert.ok(Math.min(baseline_pct[two], baseline_pct[one]) > 88);
    assert.ok(Math.abs(baseline_pct[two] - baseline_pct[one]) <= 1.5);
  }
  assert.deepEqual(collapsePairs(baseline_pct, 5, prng(0, "pairs")), pairs.slice(0, 5), "a head");
  assert.notDeepEqual(collapsePairs(baseline_pct, 40, prng(1, "pairs")), pairs);
});

Deno.test("more pairs than there are is an error that says how many there are", () => {
  assert.throws(
    () => collapsePairs(baseline_pct, 15_625, prng(0, "pairs")),
    /Only \d+ pairs of 15625/,
  );
});
