import assert from "node:assert/strict";
import { studyOf } from "@/analyse/mod.ts";
import { anchorRuns } from "@/analyse/simulators/anchor.ts";
import { anchorAnswer, anchorFinding } from "@/analyse/simulators/anchor_words.ts";
import { anchorValues } from "@/analyse/values/anchor.ts";
import { studentInterval } from "@/stats/mod.ts";
import { loadReference, readMeasured } from "@/table/mod.ts";
import { anchorRow, anchorRows, anchorRun } from "../../anchor_rows.ts";

/** The 97.5 % quantile of Student's t with 24 degrees of freedom, from a printed table. */
const T_24 = 2.0639;
const close = (a: number, b: number, digits = 3) =>
  assert.ok(Math.abs(a - b) < 10 ** -digits, `${a} is not ${b}`);

Deno.test("a loss is the programmed accuracy less a later one, its variances added over the events", () => {
  const [{ measured, ...run }] = anchorRuns([anchorRun("short", 4, anchorRows(3))]);
  assert.deepEqual(run, { name: "short", epochs: 4, hwtEpochs: 1, testImages: 2_000, events: 25 });
  assert.equal(measured!.baseline_pct, 75);
  const [programmed, hour, day] = measured!.readings;
  assert.deepEqual([programmed, hour, day].map((r) => r.t_inference_s), [60, 3_600, 86_400]);
  assert.equal(programmed.loss, null);
  close(programmed.accuracy.high - 72, T_24 * 0.9 / 5);
  // SDs of 0.9 and 1.2 add up to 1.5; of the mean over 25 events 0.3
  for (const [{ loss }, lost] of [[hour, 1.5], [day, 3]] as const) {
    close(loss!.estimate, lost);
    close(loss!.low, lost - 0.3 * T_24);
    close(loss!.high, lost + 0.3 * T_24);
  }
});

Deno.test("events that stay good or bad make the interval wider than it has to be, never narrower", () => {
  // 25 events: what each has at first, and what it loses on top of two points
  const first = Array.from({ length: 25 }, (_, i) => 70 + (i * 7 % 25) / 10);
  const later = first.map((accuracy, i) => accuracy - 2 - (i * 11 % 25) / 50);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
  const sd = (values: readonly number[]) =>
    Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / 24);
  const paired = studentInterval(first.map((accuracy, i) => accuracy - later[i]));
  const [{ measured }] = anchorRuns([anchorRun("short", 4, [
    anchorRow("baseline", null, 75, null),
    anchorRow("hwt", 60, mean(first), sd(first)),
    anchorRow("hwt", 86_400, mean(later), sd(later)),
  ])]);
  const { estimate, low, high } = measured!.readings[1].loss!;
  close(estimate, paired.estimate, 9);
  assert.ok(low < paired.low && high > paired.high);
});

Deno.test("the verdict is the interval's against the 0.2 points of the chip", () => {
  const verdicts = [3, 0.5, -0.5, 0.2].map((loss) =>
    anchorRuns([anchorRun("short", 4, anchorRows(loss))])[0].measured!.verdict
  );
  // half a width of 0.62: 2.38 above, -0.12 to 1.12 across, 0.12 below, and 0.2 itself across
  assert.deepEqual(verdicts, ["more", "open", "not more", "open"]);
});

Deno.test("one event, or the programmed accuracy alone, is no measurement of a loss", () => {
  const single = [60, 86_400].map((t) => anchorRow("hwt", t, 70, null));
  const baseline = anchorRow("baseline", null, 75, null);
  for (const rows of [[], [baseline, ...single], [baseline, anchorRow("hwt", 60, 70, 1)]]) {
    assert.equal(anchorRuns([anchorRun("short", 4, rows)])[0].measured, null);
  }
});

Deno.test("without rows the words say so and nothing else", () => {
  const finding = "Not measured yet: how much accuracy the simulated network loses within a day, " +
    "beside the 0.2 that the measured chip, programmed to 93.7 %, lost at most";
  const unmeasured = anchorRuns([anchorRun("short", 4, []), anchorRun("longer", 12, [])]);
  for (const runs of [[], unmeasured]) {
    assert.equal(anchorFinding(runs), finding);
    assert.equal(anchorAnswer(runs), `${finding}.`);
  }
});

Deno.test("the finding is the longest training's, and the answer names what is missing", () => {
  const both = anchorRuns([
    anchorRun("short", 4, anchorRows(3)),
    anchorRun("longer", 12, anchorRows(0.5)),
  ]);
  assert.equal(
    anchorFinding(both),
    "The simulated network, programmed to 72.0 %, loses 0.5 (−0.1 to 1.1) points within 1 day; whether " +
      "that is more than the 0.2 that the measured chip, programmed to 93.7 %, lost at most stays open",
  );
  const one = anchorRuns([anchorRun("short", 4, anchorRows(3)), anchorRun("longer", 12, [])]);
  assert.equal(
    anchorAnswer(one),
    "The simulated network, programmed to 72.0 %, loses 3.0 (2.4 to 3.6) points within 1 day, more " +
      "than the 0.2 that the measured chip, programmed to 93.7 %, lost at most. After 4 epochs and 1 of hardware-aware training it reaches 75.0 % " +
      "digitally and 72.0 (71.6 to 72.4) % 60 s after programming, of 2,000 test images in 25 " +
      "programming events; of that it loses 1.5 (0.9 to 2.1) after 1 h and 3.0 (2.4 to 3.6) after " +
      "1 day. Not measured yet, and nothing follows from that: 12 epochs and 3 of hardware-aware " +
      "training.",
  );
});

Deno.test("values hold the chip always, and a run's numbers where it is measured", async () => {
  const benchmark = await loadReference();
  const measured = {
    ...await readMeasured(),
    anchor: [anchorRun("short", 4, anchorRows(3)), anchorRun("longer", 12, [])],
  };
  const values = Object.fromEntries(anchorValues(studyOf({ benchmark, measured })));
  assert.deepEqual(
    ["weights", "chip.programmed", "chip.lowest_over_a_day", "chip.loss", "short.verdict"]
      .map((key) => values[`anchor.${key}`]),
    [361_722, 93.7, 93.5, 0.2, "more"],
  );
  assert.deepEqual([values["anchor.short.baseline"], values["anchor.short.hwt@60s"]], [75, 72]);
  close(Number(values["anchor.short.hwt@1d.loss.ci_low"]), 3 - 0.3 * T_24);
  assert.ok(!("anchor.short.hwt@60s.loss" in values));
  assert.equal(values["anchor.longer.verdict"], "not measured");
  assert.ok(!("anchor.longer.baseline" in values));
  const bare = Object.fromEntries(anchorValues(studyOf({ benchmark })));
  assert.equal(bare["anchor.chip.loss"], 0.2);
  assert.ok(!("anchor.short.verdict" in bare));
});
