/** The one search that takes long without a budget, in a file of its own: `--quick` leaves it out. */
import assert from "node:assert/strict";
import { CELL_COUNT } from "@/space/mod.ts";
import { METHODS, runSetting } from "@/search/mod.ts";
import { landscape } from "./landscape.ts";

Deno.test("predictor_forest: with an unlimited budget it asks every cell once, and finds 3x3 early", () => {
  const table = landscape(), best = Math.max(...table);
  const setting = { method: "predictor_forest", metric: "hwt@1d", queries: CELL_COUNT } as const;
  const { cells, accuracies_pct } = runSetting(setting, () => table, 1);
  assert.equal(new Set(cells).size, CELL_COUNT);
  assert.equal(Math.max(...accuracies_pct), best);
  // a model that ranks: the optimum is met in the first tenth, where chance meets it once in ten times
  const met = accuracies_pct.indexOf(best);
  assert.ok(met > METHODS.predictor_forest.initial && met < CELL_COUNT / 10, String(met));
});
