/** Studies of other spaces as they come: a few units of a plan, made up. */
import assert from "node:assert/strict";
import { generalityValues } from "@/analyse/values/generality.ts";
import { ANALOGNAS } from "@/contrast/mod.ts";
import { FIGURES } from "@/figure/mod.ts";
import { studyWith, unitRows } from "./made_up_rows.ts";

/** Networks that differ and drift, without QAT as the study of AnalogNAS is. */
const levels = (k: number) => ({
  baseline: 70 + k,
  ptq: 69 + k,
  noisy: 60,
  "noisy@1d": 40 + 2 * k,
  hwt: 68,
  "hwt@60s": 66,
  "hwt@1d": 60,
  "hwt@30d": 55 + (k * k) % 3,
});

/** Whatever in nested numbers is no number. */
function unsound(value: unknown, path = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} ${value}`];
  if (typeof value === "string") return /NaN|Infinity|undefined/.test(value) ? [path] : [];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, part]) => unsound(part, `${path}.${key}`));
}

// by the order of the plan: [one branch, two, one of the MACs of two, four] of a setting
const CASES = [
  { units: 1, doubled: 0, atEqualMacs: 0 },
  { units: 2, doubled: 1, atEqualMacs: 0 },
  { units: 3, doubled: 1, atEqualMacs: 1 },
  { units: 7, doubled: 3, atEqualMacs: 2 },
];

for (const { units, doubled, atEqualMacs } of CASES) {
  Deno.test(`${units} of AnalogNAS's ${ANALOGNAS.length} units: open, counted, and no number that is none`, async () => {
    const analognas = ANALOGNAS.slice(0, units)
      .flatMap((text, k) => unitRows("analognas", text, 0, levels(k)));
    const study = await studyWith({ analognas });
    const own = (finding: string) =>
      study.generality.find((e) => e.source.id === "analognas" && e.finding.id === finding)!;
    for (
      const [finding, n, fewest] of [
        ["hwt_closes_gap", units, 6],
        ["ptq_misses_fall", units, 6],
        ["wider_drift", doubled, 8],
        ["wider_loss", doubled, 8],
        ["branched", atEqualMacs, 6],
      ] as const
    ) {
      const { state, verdict, n: counted } = own(finding);
      assert.equal(counted, n, finding);
      assert.equal(state, n === 0 ? "not measured" : n < fewest ? "too few" : "measured");
      if (n < fewest) assert.equal(verdict, n === 0 ? null : "open", finding);
    }
    assert.deepEqual(unsound(Object.fromEntries(generalityValues(study))), []);
    const { numbers, spec } = FIGURES.generality(study);
    assert.deepEqual(unsound(numbers), []);
    assert.deepEqual(unsound(spec), []);
    // one space of its own beside the table: nothing to be summarised
    assert.ok(study.generalitySummaries.every(({ summary }) => summary === null));
  });
}

Deno.test("a network without a fall has no share of it, also where nothing falls at all", async () => {
  const still = { ...levels(0), "noisy@1d": 70 };
  const analognas = ANALOGNAS.slice(0, 6)
    .flatMap((text) => unitRows("analognas", text, 0, still));
  const study = await studyWith({ analognas });
  const { state, estimate, verdict } = study.generality.find((e) =>
    e.source.id === "analognas" && e.finding.id === "hwt_closes_gap"
  )!;
  assert.deepEqual([state, estimate, verdict], ["no fall", null, null]);
  assert.deepEqual(unsound(Object.fromEntries(generalityValues(study))), []);
});
