/** A verdict is a property of the table, not of the seed. */
import assert from "node:assert/strict";
import { openStudy, studyOf } from "@/analyse/mod.ts";
import { claim, criterion } from "@/analyse/claims/claim.ts";

const { benchmark, measured } = await openStudy();

/** Every verdict of a seed, and what becomes of every criterion; those about searches draw nothing at random. */
function verdicts(seed: number) {
  const study = studyOf({ benchmark, measured, seed });
  return {
    table: study.claims.map(({ id, verdict, criteria }) => ({
      id,
      verdict,
      criteria: criteria.map((c) => `${c.id}: ${c.met ? "met" : "not met"}`),
      undecided: criteria.filter(({ undecided }) => undecided).map((c) => c.id),
    })),
    own: study.replicatedClaims.map(({ id, measured, criteria }) => ({
      id,
      measured,
      criteria: criteria.map((c) => `${c.id}: ${c.outcome}`),
    })),
  };
}

Deno.test("four seeds give equal verdicts, criterion by criterion, and none is undecided", () => {
  const first = verdicts(0);
  for (const seed of [1, 2, 3]) assert.deepEqual(verdicts(seed), first, `seed ${seed}`);
  assert.deepEqual(first.table.flatMap(({ undecided }) => undecided), []);
  assert.deepEqual(first.table.filter(({ verdict }) => verdict === "undecided"), []);
});

Deno.test("a bound within its Monte Carlo error of the threshold decides nothing", () => {
  const at = (low: number, mc_error: number) =>
    criterion("id", "text", "points", { estimate: 5, low, high: 9, mc_error }, "above", 0);
  const clear = at(1, 0.1), close = at(0.1, 0.1), other = at(-0.1, 0.1);
  assert.deepEqual([clear, close, other].map(({ met }) => met), [true, false, false]);
  assert.equal(claim("c", "", [clear]).verdict, "supported");
  assert.equal(claim("c", "", [close]).verdict, "undecided");
  assert.equal(claim("c", "", [other]).verdict, "undecided");
  const failed = criterion("id", "", "points", { estimate: -5, low: -9, high: -1 }, "above", 0);
  assert.equal(claim("c", "", [clear, close, failed]).verdict, "supported in part");
  assert.equal(claim("c", "", [clear, close]).verdict, "undecided");
});
