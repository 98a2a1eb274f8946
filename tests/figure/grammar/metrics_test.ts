import assert from "node:assert/strict";
import {
  axisTitle,
  CONDITION_SCALE,
  metricLabel,
  OPERATION_SCALE,
  quantityOf,
} from "@/figure/grammar/metrics.ts";
import { PUBLISHED_METRICS } from "@/table/schema.ts";

Deno.test("axis titles name the quantity and its unit", () => {
  assert.equal(axisTitle("hwt@1d"), "HWT, 1 day accuracy (%)");
  assert.equal(axisTitle("baseline"), "Baseline accuracy (%)");
  assert.equal(axisTitle("drift_drop.hwt"), "Drift drop, HWT (pp)");
  assert.equal(axisTitle("tiles"), "Crossbar tiles (512 × 512)");
});

Deno.test("every metric is registered, and no two are called alike", () => {
  const labels = PUBLISHED_METRICS.map(metricLabel);
  assert.equal(new Set(labels).size, PUBLISHED_METRICS.length);
  for (const metric of PUBLISHED_METRICS) assert.equal(quantityOf(metric).unit, "%");
});

Deno.test("a new condition and a new time have words of their own", () => {
  assert.equal(axisTitle("hwt@1y"), "HWT, 1 year accuracy (%)");
  assert.equal(metricLabel("pruned_4bit@27s"), "pruned 4bit, 27 s");
});

/** CIE lightness of a colour, 0 to 100 (CIE 1976; sRGB, D65). */
function lightness(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return luminance > 216 / 24389 ? 116 * Math.cbrt(luminance) - 16 : luminance * 24389 / 27;
}

Deno.test("colours of one scale differ, and the operations also in grey", () => {
  for (const { range } of [CONDITION_SCALE, OPERATION_SCALE]) {
    assert.equal(new Set(range).size, range.length);
  }
  const greys = OPERATION_SCALE.range.map(lightness).sort((a, b) => a - b);
  const steps = greys.slice(1).map((grey, i) => grey - greys[i]);
  assert.ok(Math.min(...steps) > 2, steps.join(", "));
});
