import assert from "node:assert/strict";
import { familyPlan, type Power, powerInWords } from "@/analyse/generality/power.ts";

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

Deno.test("what is said of seeds and read-outs follows the numbers, whichever way they fall", () => {
  const of = (pairs: Power["pairs"], training_sd: number): Power => ({
    ...power("skip_pool", 1, 4),
    pairs,
    training_sd,
    readout_sd: 1,
  });
  const two = [of({ 1: 100, 2: 70, 3: 60 }, 2), of({ 1: 200, 2: 150, 3: 150 }, 5)];
  assert.equal(
    powerInWords(two),
    "3 seeds of every cell cost 3 times as much and save 25 to 40 % of the pairs: more pairs come first. " +
      "Read-outs are 4 to 25 % of the variance between trainings.",
  );
  assert.match(powerInWords([of({ 1: 100, 2: 40, 3: 30 }, 2)]), /save 70 % .* seeds come first/);
});
