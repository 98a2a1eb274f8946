/** What a figure says and what paper/values.json says is one number. */
import assert from "node:assert/strict";

type Json = Record<string, unknown>;
const read = async (path: string) => JSON.parse(await Deno.readTextFile(path));
const values: Record<string, number | string> = await read("paper/values.json");
const figure = (id: string): Promise<Json> => read(`figures/${id}.json`);

Deno.test("noise floor, re-test and ceiling", async () => {
  const { floors, retests } = await figure("noise_floor") as unknown as {
    floors: { metric: string; sd_pct: { estimate: number; low: number }; classes: number }[];
    retests: { metric: string; tau: { estimate: number }; ceiling: { high: number } }[];
  };
  assert.equal(floors.length, 13);
  for (const { metric, sd_pct, classes } of floors) {
    assert.equal(sd_pct.estimate, values[`noise_floor.${metric}`]);
    assert.equal(sd_pct.low, values[`noise_floor.${metric}.ci_low`]);
    assert.equal(classes, values["noise_floor.classes"]);
  }
  for (const { metric, tau, ceiling } of retests) {
    assert.equal(tau.estimate, values[`retest.${metric}`]);
    assert.equal(ceiling.high, values[`ceiling.${metric}.ci_high`]);
  }
});

Deno.test("matched swaps with their intervals", async () => {
  const { swaps } = await figure("drift_by_skip") as unknown as {
    swaps: {
      outcome: string;
      edge: number;
      other: string;
      n: number;
      mean: { estimate: number; low: number; high: number };
    }[];
  };
  assert.equal(swaps.length, 48);
  for (const { outcome, edge, other, n, mean } of swaps) {
    const key = `matched.${outcome}.skip_minus.${other}.edge${edge}`;
    assert.equal(n, values[`${key}.n`]);
    assert.equal(mean.estimate, values[key]);
    assert.equal(mean.low, values[`${key}.ci_low`]);
    assert.equal(mean.high, values[`${key}.ci_high`]);
  }
});

Deno.test("medians, gaps, drift drops and best cells", async () => {
  const { conditions } = await figure("accuracy_distributions") as unknown as {
    conditions: { condition: string; median: number; mean: number }[];
  };
  for (const { condition, median, mean } of conditions) {
    assert.equal(median, values[`median.${condition}`]);
    assert.equal(mean, values[`mean.${condition}`]);
  }
  const gap = await figure("hwt_gap") as unknown as { conditions: { median: number }[] };
  assert.equal(gap.conditions[1].median, values["hwt_gap.median"]);
  const drift = await figure("drift_curves") as unknown as {
    drift_drop: Record<string, { median: number }>;
  };
  for (const condition of ["noisy", "hwt"]) {
    assert.equal(drift.drift_drop[condition].median, values[`drift_drop.${condition}.median`]);
  }
  const { cells } = await figure("best_cells") as unknown as {
    cells: { cell: string; best_by: string[]; accuracy: Record<string, number> }[];
  };
  for (const { cell, best_by, accuracy } of cells) {
    for (const metric of best_by) {
      assert.equal(cell, values[`best.${metric}.cell`]);
      assert.equal(accuracy[metric], values[`best.${metric}`]);
    }
  }
});

Deno.test("figures/ holds three files of every figure and nothing else", async () => {
  const { FIGURE_IDS } = await import("@/figure/mod.ts");
  const expected = FIGURE_IDS.flatMap((id) =>
    ["json", "png", "svg"].map((kind) => `${id}.${kind}`)
  );
  const found = [...Deno.readDirSync("figures")].map(({ name }) => name);
  assert.deepEqual(found.sort(), expected.sort());
});
