/** What prose quotes of several scales, for rows of some of them. */
import assert from "node:assert/strict";
import { studyOf } from "@/analyse/mod.ts";
import { levelsInWords, triedInWords } from "@/analyse/replication/scale_words.ts";
import { largerScaleValues, scaleValues } from "@/analyse/values/scale.ts";
import { loadReference } from "@/table/mod.ts";
import { PUBLISHED_METRICS } from "@/table/schema.ts";
import { cellRow } from "../../cell_row.ts";
import { OF_FIVE } from "../expressions.ts";

const benchmark = await loadReference();
const TIMES = { longer: 3, deeper: 3, wider: null };

/** A study of so many cells at each scale; analog rows lie `loss` points below 60 % and more with each cell. */
function study(finished: Readonly<Record<string, number>>) {
  const rows = (config_id: string, n: number) =>
    OF_FIVE.slice(0, n).flatMap((cell, k) =>
      PUBLISHED_METRICS.map((metric) => {
        const loss = metric.startsWith("noisy") ? 20 + k : metric.startsWith("hwt") ? 8 : 0;
        return cellRow(cell, metric, (config_id === "longer" ? 70 : 60) - loss, { config_id });
      })
    );
  const { measured } = studyOf({ benchmark });
  const scales = Object.keys(finished);
  return studyOf({
    benchmark,
    measured: {
      ...measured,
      replication: rows("", OF_FIVE.length),
      scale: {
        rows: scales.flatMap((scale) => rows(scale, finished[scale])),
        configs: Object.fromEntries(scales.map((scale) => [scale, scale])),
      },
    },
  });
}

Deno.test("a scale without rows has the keys that prose quotes, and no number", () => {
  const values = Object.fromEntries([
    ...scaleValues(study({ longer: 6, deeper: 6, wider: 0 })),
    ...largerScaleValues(study({ longer: 6, deeper: 6, wider: 0 })),
  ]);
  assert.equal(values["scale.longer.baseline"], 70);
  assert.equal(values["scale.longer.baseline.change"], 10);
  assert.equal(values["scale.wider.baseline"], "not measured");
  assert.equal(values["scale.wider.cells"], 0);
  assert.ok(!("scale.wider.baseline.change" in values));
  assert.equal(values["generality.scale.wider.qat_misses_fall.share"], "not measured");
  assert.equal(values["generality.scale.wider.qat_misses_fall.fall"], "not measured");
  // PTQ and QAT are as the baseline here
  assert.equal(
    values["generality.scale.deeper.qat_misses_fall.share"],
    "0.00 [0.00 to 0.00]",
  );
});

Deno.test("numbers of a scale of one cell have no bounds, and whatever is there is a number or a text", () => {
  const one = study({ longer: 6, deeper: 6, wider: 1 });
  const values = Object.fromEntries([...scaleValues(one), ...largerScaleValues(one)]);
  assert.equal(values["scale.wider.cells"], 1);
  assert.equal(values["scale.wider.hwt_gap.change"], 0);
  assert.ok(!("scale.wider.hwt_gap.change.ci_low" in values));
  assert.equal(values["generality.scale.wider.hwt_closes_gap.share"], "0.60"); // 12 of 20 points
  for (const [key, value] of Object.entries(values)) {
    assert.ok(typeof value === "string" || Number.isFinite(value), key);
    assert.doesNotMatch(String(value), /Infinity|NaN|undefined|null/, key);
  }
});

Deno.test("words say what was tried, and of each scale what it changes", () => {
  const { scale } = study({ longer: 6, deeper: 1, wider: 0 });
  assert.equal(
    triedInWords(scale, TIMES),
    "trained 3 times as long and as networks of 3 times as many cells a stage (none is measured as wider networks yet)",
  );
  assert.equal(triedInWords(study({}).scale, TIMES), "at no larger scale yet");
  const words = levelsInWords(scale, TIMES);
  assert.match(
    words,
    /^Trained 3 times as long, 6 cells change by 10\.0 \[10\.0 to 10\.0\] points on the baseline, by 0\.0 \[0\.0 to 0\.0\] in the loss of digital weights on analog hardware, .*; nearer to the published levels, clear of 0: baseline; farther: none\./,
  );
  assert.match(
    words,
    /As networks of 3 times as many cells a stage, 1 cell changes by 0\.0 points on /,
  );
  assert.match(words, /No cell is measured as wider networks yet\.$/);
});
