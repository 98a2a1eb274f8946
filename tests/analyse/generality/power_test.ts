import assert from "node:assert/strict";
import { familyPlan, type Power } from "@/analyse/generality/power.ts";

const power = (finding: Power["finding"], pairs: number, measured: number): Power => ({
  finding,
  effect: 3,
  context_sd: 3,
  training_sd: 3,
  readout_sd: 1,
  programming_sd: null,
  pairs: { 1: pairs, 2: pairs, 3: pairs },
  pairs_to_tell: 10,
  measured,
});

Deno.test("as many families as are wanted, or as 40 core-hours carry", () => {
  // 5 units of 1,440 s are 2 core-hours: the budget carries 20 families
  const plan = (pairs: number) => familyPlan([power("skip_pool", pairs, 4)], 1_440);
  assert.deepEqual(plan(14), {
    families: 10,
    units: 50,
    core_hours: 20,
    wanted: 10,
    wanted_core_hours: 20,
  });
  assert.deepEqual(plan(104), {
    families: 20,
    units: 100,
    core_hours: 40,
    wanted: 100,
    wanted_core_hours: 200,
  });
  // what is there already is not measured again
  assert.equal(plan(3).families, 0);
});
