import assert from "node:assert/strict";
import { answerInWords, answers, generalityCounts } from "@/analyse/generality/answer.ts";
import { effectsOf } from "@/analyse/generality/effects.ts";
import type { Evidence } from "@/analyse/generality/estimates.ts";
import { FINDINGS } from "@/contrast/mod.ts";

const sure = (estimate: number, error = 0.05): Evidence => ({
  estimate: { estimate, error, evidence: 100 },
  n: 100,
});
const unsure: Evidence = { estimate: { estimate: 0, error: 9, evidence: 100 }, n: 100 };
const NOTHING: Evidence = { estimate: null, n: 0 };

/** What `given` says by "finding source"; nothing of the rest. */
const effects = (given: Readonly<Record<string, Evidence>>) =>
  effectsOf(({ finding, source }) => given[`${finding.id} ${source.id}`] ?? NOTHING);

/** The published table finds -3 points for a skip in place of pooling; `darts` is what DARTS does. */
const pooling = (darts: Evidence = NOTHING) =>
  effects({ "skip_pool published": sure(-3), "skip_pool darts": darts });

Deno.test("the answer follows the rows, whichever way they fall", () => {
  const [same, other, small, open] = [sure(-3), sure(3), sure(0.2), unsure].map(pooling);
  assert.match(
    answerInWords(same),
    /^1 of the 14 statements of the published study holds .* none is contradicted\. A skip in place of a pooling slows drift: this holds for DARTS\. Of \d+ .* 1 are measured: 1 agree/,
  );
  assert.match(
    answerInWords(other),
    /^0 of .* 1 is contradicted by some\. .* slows drift: this is contradicted by DARTS\..*1 say the opposite/,
  );
  assert.match(
    answerInWords(small),
    / none is contradicted, 1 lies within .* slows drift: this shows no effect that matters in DARTS\..*1 lies within/,
  );
  assert.match(
    answerInWords(effects({ "hwt_closes_gap resnet": sure(0.5, 0.01) })),
    /more than half of the gap \(not asked of the published table\): this is about half in ResNet\./,
  );
  assert.match(
    answerInWords(open),
    /^0 of .* none is contradicted\. Of skips nothing is decided outside the published table\. .*1 stay open\. Unanswered/,
  );
  assert.match(answerInWords(pooling()), /^Nothing is measured yet .* 0 are measured/);
  assert.doesNotMatch(answerInWords(pooling()), /holds|contradicted|nothing is decided/);
  assert.match(
    answers(other).skip_pool,
    /holds for NAS-Bench-201 \(published\); is contradicted by DARTS; not measured: /,
  );
  assert.match(
    answers(open).wider_loss,
    /nothing is measured; not measured: ResNet and AnalogNAS\.$/,
  );
});

Deno.test("each finding is named once, with where it holds and where it is open", () => {
  const words = answerInWords(effects({
    "hwt_closes_gap published": sure(0.8),
    "hwt_closes_gap own": sure(0.8),
    "hwt_closes_gap resnet": unsure,
    "hwt_closes_gap aihwkit_pcm": sure(0.8),
    "hwt_closes_gap crosssim_pcm_joshi": unsure,
    "hwt_closes_gap crosssim_rram_wan": sure(0.8),
    "ptq_misses_fall aihwkit_pcm": sure(0.1),
    "ptq_misses_fall crosssim_rram_wan": sure(0.1),
    "skip_pool published": unsure,
    "skip_pool darts": sure(-3),
    "wider_loss resnet": sure(-3),
    "two_linear_paths own": unsure,
    "skip_none own": unsure,
  }));
  assert.match(
    words,
    /half of the gap: this holds for NAS-Bench-201 trained here and 2 of 3 memories; it is left open by ResNet and CrossSim PCM \(Joshi\)\./,
  );
  assert.match(words, /PTQ shows .*: this holds for all 2 memories\./);
  const flat = effects({
    "ptq_misses_fall aihwkit_pcm": sure(0.1),
    "ptq_misses_fall crosssim_rram_wan": sure(0.1),
    "ptq_misses_fall crosssim_sonos": { estimate: null, n: 64, fall: 0.3 },
  });
  assert.match(
    answerInWords(flat),
    /PTQ shows .*: this holds for all 2 memories that cost 5 points or more\./,
  );
  // an effect that the published table does not have is no agreement with it
  assert.match(words, /pooling slows drift \(open on the published table\): this holds for DARTS/);
  assert.match(
    words,
    /shrink the loss \(not asked of the published table\): this holds for ResNet/,
  );
  assert.match(
    words,
    /Of "Skip for none: drift" and linear paths nothing is decided outside the published table\./,
  );
  for (const { name, statement } of FINDINGS) {
    const times = words.split(`"${name}"`).length + words.split(statement).length - 2;
    assert.ok(times <= 1, `${name} is named ${times} times: ${words}`);
  }
});

Deno.test("counts leave out the published table and what cannot be asked", () => {
  const { asked, measured, agrees, not_measured } = generalityCounts(pooling(sure(-3)));
  assert.deepEqual([measured, agrees], [1, 1]);
  const could = pooling().filter((e) => e.source.id !== "published" && e.design.kind !== "none");
  assert.equal(asked, could.length);
  assert.equal(not_measured, could.length - 1);
});

Deno.test("what is open for want of networks is told from what is open with all of them", () => {
  const { estimate } = sure(-3);
  const all = effects({ "skip_pool darts": { estimate, n: 2 }, "skip_conv3x3 darts": unsure });
  const { open, too_few } = generalityCounts(all);
  assert.deepEqual([open, too_few], [2, 1]);
  assert.match(
    answerInWords(all),
    /Of skips nothing is decided .* 2 stay open, 1 of them for want of networks or pairs\. Unanswered/,
  );
});

Deno.test("no pairs and no fall are other things than not measured, and add up with what is", () => {
  const all = effects({
    "side_by_side_loss own": { ...NOTHING, isUnpaired: true },
    "hwt_closes_gap crosssim_sonos": { estimate: null, n: 64, fall: 0.3 },
    "skip_pool darts": sure(-3),
  });
  const { asked, measured, not_measured, no_pairs, no_fall, too_few } = generalityCounts(all);
  assert.equal(too_few, 0);
  assert.deepEqual([measured, no_pairs, no_fall], [1, 1, 1]);
  assert.equal(asked, measured + not_measured + no_pairs + no_fall);
  assert.match(
    answerInWords(all),
    /Unanswered are \d+ not measured yet, 1 without a pair among the measured networks and 1 on a memory that costs less than 5 points; nothing follows from these\.$/,
  );
  assert.match(
    answers(all).side_by_side_loss,
    /; no pairs among the measured networks: NAS-Bench-201 trained here; not measured: NAS-Bench-201 \(published\), AIHWKit PCM/,
  );
  assert.match(answers(all).hwt_closes_gap, /; fall below 5 points: CrossSim SONOS; not measured/);
});
