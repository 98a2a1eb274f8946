import assert from "node:assert/strict";
import { answerInWords, answers, generalityCounts } from "@/analyse/generality/answer.ts";
import { effectsOf } from "@/analyse/generality/effects.ts";

const sure = (estimate: number) => ({ estimate: { estimate, error: 0.05, evidence: 100 }, n: 100 });
const NOTHING = { estimate: null, n: 0 };

/** The published table finds -3 points for a skip in place of pooling; `elsewhere` in ResNet's place of it. */
const effects = (darts: number | null) =>
  effectsOf(({ finding, source }) =>
    finding.id !== "skip_pool"
      ? NOTHING
      : source.id === "published"
      ? sure(-3)
      : source.id === "darts" && darts !== null
      ? sure(darts)
      : NOTHING
  );

Deno.test("the answer follows the rows, whichever way they fall", () => {
  const [same, other, small, none] = [-3, 3, 0.2, null].map(effects);
  assert.match(
    answerInWords(same),
    /1 are measured: 1 agree .* As on the published table: "Skip for pooling: drift" \(DARTS\)\./,
  );
  assert.match(
    answerInWords(other),
    /1 say the opposite.* Unlike there: "Skip for pooling: drift" \(DARTS\)\./,
  );
  assert.match(answerInWords(small), /1 show no effect beyond the margin.* Unlike there/);
  assert.match(answerInWords(none), /0 are measured/);
  assert.doesNotMatch(answerInWords(none), /As on|Unlike|not decided/);
  assert.match(
    answers(other).skip_pool,
    /holds for NAS-Bench-201, published, is contradicted by DARTS; not measured: /,
  );
  assert.match(
    answers(none).wider_loss,
    /nothing is measured; not measured: ResNet and AnalogNAS\.$/,
  );
});

Deno.test("counts leave out the published table and what cannot be asked", () => {
  const { measured, missing, agrees } = generalityCounts(effects(-3));
  assert.deepEqual([measured, agrees], [1, 1]);
  const asked = effects(null).filter((e) =>
    e.source.id !== "published" && e.design.kind !== "none"
  );
  assert.equal(missing, asked.length - 1);
});
