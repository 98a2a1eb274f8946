import assert from "node:assert/strict";
import { allCells, complexity } from "../../src/space/mod.ts";
import { queryCost_s, tableObjective } from "../../src/search/mod.ts";
import { landscape } from "./landscape.ts";

const table = landscape();

Deno.test("the objective answers from the table and records every query", () => {
  const objective = tableObjective("hwt@1d", new Map([["hwt@1d", table]]), 3);
  const [a, b] = [allCells()[7], allCells()[15_624]];
  assert.equal(objective.query(a), table[7]);
  assert.equal(objective.query(b), table[15_624]);
  assert.equal(objective.remaining, 1);
  const { cells, visible, metrics, accuracies_pct } = objective.history();
  assert.deepEqual([...cells], [7, 15_624]);
  assert.deepEqual(Array.from(metrics, (place) => visible[place]), ["hwt@1d", "hwt@1d"]);
  assert.deepEqual([...accuracies_pct], [table[7], table[15_624]]);
});

Deno.test("a repeated query is charged, a look-up of a known answer is not", () => {
  const objective = tableObjective("hwt", new Map([["hwt", table]]), 2);
  const cell = allCells()[100];
  assert.equal(objective.measured(cell), undefined);
  objective.query(cell);
  assert.equal(objective.measured(cell), table[100]);
  assert.equal(objective.remaining, 1);
  objective.query(cell);
  assert.equal(objective.remaining, 0);
  assert.throws(() => objective.query(cell), /budget of 2 queries is spent/);
});

Deno.test("metrics that were not given are hidden", () => {
  const objective = tableObjective("hwt", new Map([["baseline", table], ["hwt", table]]), 5);
  assert.deepEqual(objective.proxies, ["baseline"]);
  objective.query(allCells()[3], "baseline");
  assert.equal(objective.measured(allCells()[3]), undefined);
  assert.throws(() => objective.query(allCells()[3], "hwt@1d"), /may not see "hwt@1d"/);
});

Deno.test("cost is 3 passes x MACs x 50,000 images x epochs at 10^12 MAC/s", () => {
  const cell = allCells()[0]; // six skip connections
  const { macs } = complexity(cell, { channels: 16, cellsPerStage: 5 });
  const objective = tableObjective("hwt", new Map([["baseline", table], ["hwt", table]]), 2);
  objective.query(cell, "baseline");
  objective.query(cell);
  const [first, second] = objective.history().cost_s;
  const epoch_s = 3 * macs * 50_000 / 1e12;
  assert.ok(Math.abs(first - 200 * epoch_s) < 1e-6);
  assert.ok(Math.abs(second - 600 * epoch_s) < 1e-6);
  assert.equal(queryCost_s(macs, "hwt@30d"), queryCost_s(macs, "hwt"));
});

Deno.test("a table of another length is refused", () => {
  assert.throws(
    () => tableObjective("hwt", new Map([["hwt", new Float64Array(10)]]), 1),
    /10 accuracies, not 15625/,
  );
});
