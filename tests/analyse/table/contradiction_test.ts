import assert from "node:assert/strict";
import { CONTRADICTION_RULES, type ContradictionRule, contradictions } from "@/analyse/mod.ts";
import { loadReference } from "@/table/mod.ts";
import { assertGolden } from "../golden.ts";

const published = await loadReference();
const found = contradictions(published);

Deno.test("each rule finds as many as numpy does", () => {
  for (const rule of Object.keys(CONTRADICTION_RULES) as ContradictionRule[]) {
    assertGolden(`contradictions.${rule}`, found.filter((entry) => entry.rule === rule).length);
  }
});

Deno.test("the known case is found: all skips has HWT 57.49 but 87.4944 at 60 s", () => {
  const entry = found.find((e) => e.rule === "untimed_below_60s" && e.cell === "(0,0,0,0,0,0)");
  assert.ok(entry !== undefined && Math.abs(entry.accuracy_pct - 57.49) < 1e-9);
  assert.deepEqual(
    { ...entry, accuracy_pct: 57.49 },
    {
      rule: "untimed_below_60s",
      cell_index: 0,
      cell: "(0,0,0,0,0,0)",
      metric: "hwt",
      accuracy_pct: 57.49,
      against: "hwt@60s",
      against_pct: 87.4944,
    },
  );
});

Deno.test("a time that only this table holds is looked into: 99 % after a year contradicts everything", () => {
  const odd = contradictions({
    ...published,
    metrics: [...published.metrics, "hwt@1y"],
    accuracy: (m) => m === "hwt@1y" ? new Float64Array(15_625).fill(99) : published.accuracy(m),
    sd: (m) => m === "hwt@1y" ? new Float64Array(15_625).fill(0.1) : published.sd(m),
  }).filter(({ metric }) => metric === "hwt@1y");
  const count = (rule: ContradictionRule) => odd.filter((entry) => entry.rule === rule).length;
  assert.equal(count("above_baseline"), 15_625);
  assert.equal(count("rises_with_time"), 15_625); // from 30 days, where no cell is above 91 %
  assert.equal(count("disconnected_not_at_chance"), 341);
  // how the authors rounded says nothing of another's metric
  assert.equal(count("unrounded"), 0);
});
