import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "../../src/input_error.ts";
import { metricParts, metricText, parseMetric, PUBLISHED_METRICS } from "../../src/table/mod.ts";

Deno.test("a metric has one name of ours, and the authors' are understood, older ones too", () => {
  for (const metric of PUBLISHED_METRICS) assert.equal(parseMetric(metric), metric);
  const names: Record<string, string> = {
    baseline_accuracy: "baseline",
    ptq_accuracy: "ptq",
    qat_accuracy: "qat",
    noisy_accuracy: "noisy",
    analog_accuracy: "hwt",
    finetuned_accuracy: "hwt",
    analog_drift_60: "hwt@60s",
    analog_drift_86400: "hwt@1d",
    baseline_drift_3600: "noisy@1h",
    noisy_drift_2592000: "noisy@30d",
    " HWT@1D ": "hwt@1d",
  };
  for (const [name, metric] of Object.entries(names)) assert.equal(parseMetric(name), metric);
});

Deno.test("a time is read in seconds, minutes, hours, days and years, and written in one way", () => {
  const times: Record<string, string> = {
    "hwt@86400": "hwt@1d",
    "hwt@24h": "hwt@1d",
    "hwt@1day": "hwt@1d",
    "hwt@ 1440 minutes": "hwt@1d",
    "hwt@1min": "hwt@60s",
    "hwt@60": "hwt@60s",
    "noisy@120s": "noisy@2min",
    "noisy@27s": "noisy@27s",
    "noisy@1.5h": "noisy@90min",
    "hwt@365d": "hwt@1y",
    "hwt@1Y": "hwt@1y",
    "hwt@31536001": "hwt@31536001s",
    "hwt@0": "hwt@0s",
    "hwt@2.5e6s": "hwt@2500000s",
    "hwt@8e5s": "hwt@800000s",
  };
  for (const [text, metric] of Object.entries(times)) assert.equal(parseMetric(text), metric, text);
});

Deno.test("text and parts of a metric say the same, at any time", () => {
  const time = fc.option(
    fc.oneof(
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      fc.integer({ min: 0, max: 100 }).map((n) => n * 3_600),
      fc.integer({ min: 0, max: 100 }).map((n) => n * 31_536_000),
    ),
  );
  fc.assert(fc.property(time, (t_inference_s) => {
    const metric = metricText("hwt", t_inference_s);
    assert.deepEqual(metricParts(metric), { condition: "hwt", t_inference_s });
    assert.equal(parseMetric(metric), metric);
  }));
  for (const metric of PUBLISHED_METRICS) {
    const { condition, t_inference_s } = metricParts(metric);
    assert.equal(metricText(condition, t_inference_s), metric);
  }
});

Deno.test("a misspelt metric is an error that names the nearest, by time where that is what differs", () => {
  const nearest = {
    "baselin": "baseline",
    "hwd@1d": "hwt@1d",
    analog_acuracy: "analog_accuracy",
  };
  for (const [text, name] of Object.entries(nearest)) {
    assert.throws(() => parseMetric(text), (error) => {
      assert.ok(error instanceof InputError);
      assert.ok(error.message.includes(`"${text}". The nearest is ${name}.`), error.message);
      return true;
    });
  }
  for (const text of ["hwt@", "hwt@1w", "hwt@soon", "hwt@1d@1d", "hwt@-3s"]) {
    assert.throws(() => parseMetric(text), /A time is a number of s, min, h, d or y: hwt@27s/);
  }
});

Deno.test("conditions of the table that is asked are known", () => {
  assert.equal(parseMetric("pruned@3600", ["pruned@1d"]), "pruned@1h");
  assert.throws(() => parseMetric("pruned@3600"), InputError);
});

Deno.test("a name that every object has is no metric", () => {
  assert.throws(() => parseMetric("constructor"), InputError);
});
