import assert from "node:assert/strict";
import { familyPlan, type Power, powerInWords, powerOf } from "@/analyse/generality/power.ts";
import { type Study, studyOf } from "@/analyse/mod.ts";
import { prng } from "@/random.ts";
import { archStr, cellAt } from "@/space/mod.ts";
import { mean, studentInterval } from "@/stats/mod.ts";
import { FUNCTIONS, synthetic } from "../table/synthetic.ts";
import { unitRows } from "./made_up_rows.ts";

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

/** Of a skip for a 3x3 on the input-to-output edge: effect, and SDs by context, by copy and by training. */
const PLANTED = { effect: -3, context: 4, copy: 4, training: 3 };

/** A table and own rows in which nothing but what is planted differs. */
function plantedStudy(): Study {
  const random = prng(4, "planted"), classes = new Set(FUNCTIONS).size;
  const contexts = Array.from({ length: classes }, () => PLANTED.context * random.normal());
  const drops = Float64Array.from(FUNCTIONS, (own, cell) => {
    const skip = cellAt(cell)[2] === 0 ? PLANTED.effect + contexts[own] : 0;
    return 10 + skip + PLANTED.copy * random.normal();
  });
  const benchmark = synthetic((cell, metric) =>
    metric === "hwt@30d" ? 80 - drops[cell] : metric === "hwt@1d" ? 75 - cell % 3 : 80
  );
  const generality = Array.from({ length: 60 }, (_, k) => 250 * k + 7).flatMap((cell) =>
    [0, 1, 2].flatMap((seed) => {
      const drop = 10 + PLANTED.training * random.normal();
      return unitRows("resnet", archStr(cellAt(cell)), seed, {
        "hwt@60s": 80,
        "hwt@30d": 80 - drop,
      })
        .map((row) => ({ ...row, space: "nas_bench_201" as const, cell_index: cell }));
    })
  );
  const { measured } = studyOf({ benchmark });
  return studyOf({ benchmark, measured: { ...measured, generality } }) as Study;
}

Deno.test("planted spreads are found apart from each other, and so many pairs give the width that is wanted", () => {
  const found = powerOf(plantedStudy()).find(({ finding }) => finding === "skip_conv3x3")!;
  const isNear = (actual: number, expected: number, share: number, what: string) =>
    assert.ok(Math.abs(actual / expected - 1) < share, `${what}: ${actual} is not ${expected}`);
  isNear(found.effect, PLANTED.effect, 0.15, "effect");
  isNear(found.context_sd, PLANTED.context, 0.15, "SD of contexts");
  isNear(found.training_sd, PLANTED.training, 0.15, "SD of trainings");
  // what the study would see of so many pairs, drawn with the spreads as they were found
  const random = prng(5, "pairs");
  const pairsOf = (n: number, seeds: number) =>
    Array.from({ length: n }, () => {
      const side = () => found.training_sd / Math.sqrt(seeds) * random.normal();
      return found.effect + found.context_sd * random.normal() + side() - side();
    });
  const samples = (n: number, seeds: number) =>
    Array.from({ length: 400 }, () => studentInterval(pairsOf(n, seeds)));
  for (const seeds of [1, 2, 3] as const) {
    const widths = samples(found.pairs[seeds], seeds).map(({ low, high }) => high - low);
    isNear(mean(widths), Math.abs(found.effect) / 2, 0.03, `width of ${seeds} seeds`);
  }
  // half of the width is half of the effect, 1.96 errors: it is told from none with a chance of 97.5 %
  const told = mean(samples(found.pairs_to_tell, 1).map(({ high }) => Number(high < 0)));
  assert.ok(told > 0.94 && told < 1, `told from none in a share of ${told}`);
});
