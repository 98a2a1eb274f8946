import assert from "node:assert/strict";
import { resolveConfig } from "@/config.ts";
import { configId } from "@/config_id.ts";
import { cellArchitecture } from "@/space/mod.ts";
import { timedVaries, untimedRow } from "@/measure/cell_rows.ts";

const subject = (protocol: "as_published" | "corrected", departures = {}) => ({
  architecture: cellArchitecture(7_611),
  seed: 0,
  study: "trial",
  config: resolveConfig({ protocol, departures, measurement: { repeats: 3 } }),
});

Deno.test("where test images are cropped, a metric without a time is the mean of as many evaluations as repeats", () => {
  const asked: string[] = [], accuracies = [60, 63, 66];
  const cropped = subject("as_published");
  const row = untimedRow(cropped, "baseline", "baseline/end", (label) => {
    asked.push(label);
    return accuracies[asked.length - 1];
  });
  // The first label is the only one there was when rows held one evaluation: its value stays comparable.
  assert.equal(asked[0], "baseline/end");
  assert.equal(new Set(asked).size, 3, "every evaluation has crops of its own");
  assert.deepEqual([row.accuracy_pct, row.accuracy_sd_pct, row.repeats], [63, 3, 3]);
  assert.equal(row.repeat_varies, "test_augmentation");
  assert.equal(row.config_id, configId(cropped.config));
  const noisy = untimedRow(cropped, "noisy", "noisy/mapped", () => 50);
  assert.equal(noisy.repeat_varies, "read_and_output_noise+test_augmentation");
});

Deno.test("where test images stay as they are, it is one evaluation", () => {
  for (const plain of [subject("corrected"), subject("as_published", { augmentTest: false })]) {
    let evaluations = 0;
    const row = untimedRow(plain, "ptq", "ptq/end", () => (evaluations++, 70));
    assert.deepEqual([evaluations, row.accuracy_pct, row.accuracy_sd_pct], [1, 70, null]);
    assert.deepEqual([row.repeats, row.repeat_varies], [1, "none"]);
  }
});

Deno.test("what differs between repeats at a time is what the config lets differ", () => {
  const noise = "read_and_output_noise";
  assert.equal(timedVaries(subject("as_published").config), `${noise}+test_augmentation`);
  assert.equal(timedVaries(subject("corrected").config), `${noise}+programming`);
  const all = subject("as_published", { repeatVaries: "programming" }).config;
  assert.equal(timedVaries(all), `${noise}+programming+test_augmentation`);
  const no = subject("as_published", { augmentTest: false }).config;
  assert.equal(timedVaries(no), noise);
});
