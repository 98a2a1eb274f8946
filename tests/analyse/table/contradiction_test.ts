import assert from "node:assert/strict";
import { CONTRADICTION_RULES, type ContradictionRule, contradictions } from "@/analyse/mod.ts";
import { loadReference } from "@/table/mod.ts";
import { assertGolden } from "../golden.ts";

const found = contradictions(await loadReference());

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
