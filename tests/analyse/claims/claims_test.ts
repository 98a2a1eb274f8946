import assert from "node:assert/strict";
import { openStudy } from "@/analyse/mod.ts";
import { averageSwap } from "@/analyse/claims/average_swap.ts";
import { claim, criterion } from "@/analyse/claims/claim.ts";
import { assertGolden } from "../golden.ts";
import functions from "../../golden/space/functions.json" with { type: "json" };

const { claims, outcome, resamples } = await openStudy();
const interval = (low: number, high: number) => ({ estimate: (low + high) / 2, low, high });

Deno.test("a criterion asks for the whole interval, not for the estimate", () => {
  const met = (side: "above" | "below" | "off", low: number, high: number) =>
    criterion("id", "text", "points", interval(low, high), side, 0).met;
  assert.deepEqual([met("above", 1, 2), met("above", -1, 9)], [true, false]);
  assert.deepEqual([met("below", -2, -1), met("below", -9, 1)], [true, false]);
  assert.deepEqual([met("off", 1, 2), met("off", -2, -1), met("off", -1, 1)], [true, true, false]);
});

Deno.test("all criteria: supported; some: in part; none: not supported", () => {
  const [yes, no] = [1, -1].map((v) =>
    criterion("id", "text", "points", interval(v, v), "above", 0)
  );
  assert.equal(claim("c", "", [yes, yes]).verdict, "supported");
  assert.equal(claim("c", "", [yes, no]).verdict, "supported in part");
  assert.equal(claim("c", "", [no, no]).verdict, "not supported");
});

Deno.test("effects of every criterion equal numpy's and SciPy's; intervals hold them", () => {
  assert.equal(claims.length, 7);
  for (const { id, criteria } of claims) {
    for (const { id: name, effect } of criteria) {
      assertGolden(`claims.${id}.${name}`, effect.estimate);
      assert.ok(effect.low <= effect.estimate && effect.estimate <= effect.high, `${id}.${name}`);
    }
    assert.equal(new Set(criteria.map((c) => c.id)).size, criteria.length);
  }
});

Deno.test("a swap averaged over edges has numpy's two-way error, clusters being expressions", () => {
  for (const [id, operation, other] of [["drift_drop.hwt", 0, 2], ["hwt@1d", 2, 3]] as const) {
    const { low, high } = averageSwap(outcome(id), operation, other);
    assertGolden(`average_swap.${id}.${operation}.${other}.half`, (high - low) / 2);
  }
  assert.equal(resamples.count, functions.same_expression.all);
});

Deno.test("a criterion whose bound lies within its Monte Carlo error decides no verdict alone", () => {
  const one = (low: number) =>
    criterion("id", "text", "points", { estimate: low, low, high: 9, mc_error: 0.1 }, "above", 0);
  assert.deepEqual([one(0.4).met, one(0.2).met, one(0.2).undecided], [true, false, true]);
  assert.equal(claim("c", "", [one(0.4), one(0.2)]).verdict, "undecided");
  assert.equal(claim("c", "", [one(0.4), one(-1), one(0.2)]).verdict, "supported in part");
});
