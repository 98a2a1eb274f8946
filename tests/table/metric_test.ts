import assert from "node:assert/strict";
import { InputError } from "../../src/input_error.ts";
import { METRICS, parseMetric } from "../../src/table/mod.ts";

Deno.test("a metric has one name of ours, and the published ones are understood", () => {
  for (const metric of METRICS) assert.equal(parseMetric(metric), metric);
  const published: Record<string, string> = {
    baseline_accuracy: "baseline",
    ptq_accuracy: "ptq",
    qat_accuracy: "qat",
    noisy_accuracy: "noisy",
    analog_accuracy: "hwt",
    analog_drift_60: "hwt@60s",
    analog_drift_86400: "hwt@1d",
    baseline_drift_3600: "noisy@1h",
    noisy_drift_2592000: "noisy@30d",
    " HWT@1D ": "hwt@1d",
  };
  for (const [name, metric] of Object.entries(published)) assert.equal(parseMetric(name), metric);
});

Deno.test("a misspelt metric is an error that names the nearest", () => {
  const nearest = {
    "hwt@1day": "hwt@1d",
    "baselin": "baseline",
    analog_acuracy: "analog_accuracy",
  };
  for (const [text, name] of Object.entries(nearest)) {
    assert.throws(() => parseMetric(text), (error) => {
      assert.ok(error instanceof InputError);
      assert.ok(error.message.includes(`"${text}". The nearest is ${name}.`), error.message);
      return true;
    });
  }
});

Deno.test("a name that every object has is no metric", () => {
  assert.throws(() => parseMetric("constructor"), InputError);
});
