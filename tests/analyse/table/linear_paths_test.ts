import assert from "node:assert/strict";
import { EXPRESSIONS, linearPathContrast, linearPathGroups, type Outcome } from "@/analyse/mod.ts";
import { prng } from "@/random.ts";
import { drawResamples } from "@/stats/mod.ts";
import { loadReference } from "@/table/mod.ts";
import golden from "../../golden/analyse/linear_paths.json" with { type: "json" };

const benchmark = await loadReference();
const OUTCOMES = Object.keys(golden.contrast.mean) as Outcome[];
const resamples = drawResamples(EXPRESSIONS, prng(0, "contrast"), 1000);
const close = (a: number, b: number) => Math.abs(a - b) < 1e-9;

Deno.test("cells, share that collapsed and medians by linear paths equal a second program's", () => {
  const groups = linearPathGroups(benchmark, OUTCOMES, resamples);
  assert.deepEqual(groups.map((g) => String(g.linear_paths)), Object.keys(golden.above_88));
  for (const { linear_paths, cells, collapsed, median } of groups) {
    const expected = golden.above_88[String(linear_paths) as "0"];
    assert.equal(cells, expected.cells);
    assert.ok(close(collapsed.estimate, expected.collapsed));
    assert.ok(collapsed.low >= 0 && collapsed.low < collapsed.estimate);
    assert.ok(collapsed.high <= 1 && collapsed.high > collapsed.estimate);
    for (const outcome of OUTCOMES) {
      assert.ok(close(median[outcome], expected.median[outcome as "hwt"]), outcome);
    }
  }
});

Deno.test("the contrast at equal live operations equals a second program's", () => {
  for (const contrast of linearPathContrast(benchmark, OUTCOMES, resamples)) {
    const { outcome, mean, strata, cells_many } = contrast;
    assert.deepEqual([strata, cells_many], [golden.contrast.strata, golden.contrast.cells_many]);
    assert.ok(close(mean.estimate, golden.contrast.mean[outcome as "hwt"]), outcome);
    assert.ok(mean.low < mean.estimate && mean.estimate < mean.high);
  }
});
