/** p values against SciPy and statsmodels, see tests/golden/stats/gen_random_effects.py. */
import assert from "node:assert/strict";
import { intervalOf, matchedMean, pAt, pOutside } from "@/stats/mod.ts";
import golden from "../golden/stats/random_effects.json" with { type: "json" };

const { sample } = golden, own = Int32Array.from(sample.keys());
const mean = matchedMean(sample, [own, own]);
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-10, `${actual} is not ${expected}`);

Deno.test("two-sided p of a mean is SciPy's", () => {
  near(pAt(mean, 0), golden.p_zero);
  near(pAt(mean, 1), golden.p_one);
});

Deno.test("p of an effect outside a band is the larger of two one-sided tests, statsmodels'", () => {
  near(pOutside(mean, 0, 1), golden.p_outside_one);
  near(pOutside(mean, 0.5, 0.2), golden.p_outside_02_around_half);
});

Deno.test("p at the bound of the 95 % interval is 0.05; one piece of evidence decides nothing", () => {
  near(pAt(mean, intervalOf(mean).low), 0.05);
  const single = { estimate: 5, error: 0, evidence: 1 };
  assert.equal(pAt(single, 0), 1);
  assert.equal(pOutside(single, 5, 1), 0.5);
});

Deno.test("without spread only the estimate itself is possible", () => {
  const exact = { estimate: 2, error: 0, evidence: 9 };
  assert.equal(pAt(exact, 2), 1);
  assert.equal(pAt(exact, 1), 0);
  assert.equal(pOutside(exact, 0, 1), 1);
  assert.equal(pOutside(exact, 2, 1), 0);
});
