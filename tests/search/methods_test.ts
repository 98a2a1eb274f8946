/** What every method must do, and the small histories that pin the methods without a model. */
import assert from "node:assert/strict";
import { CELL_COUNT } from "../../src/space/mod.ts";
import {
  checkSetting,
  METHOD_IDS,
  type MethodId,
  METHODS,
  parseMethod,
  runSetting,
} from "../../src/search/mod.ts";
import { METRICS } from "../../src/table/schema.ts";
import { landscape } from "./landscape.ts";

const table = landscape();
/** Proxies differ from the metric: lower, in another order. */
const proxy = landscape(1).map((accuracy) => accuracy - 10);
const run = (method: MethodId, queries: number, seed: number) =>
  runSetting(
    { method, metric: "hwt@1d", queries },
    (metric) => metric === "hwt@1d" ? table : proxy,
    seed,
  );

for (const id of METHOD_IDS) {
  const { initial, proxies } = METHODS[id];
  const some = Math.max(initial, 40);

  Deno.test(`${id}: same seed, same history; another seed, another history`, () => {
    const first = run(id, some, 3);
    assert.deepEqual(run(id, some, 3), first);
    assert.notDeepEqual(run(id, some, 4).cells, first.cells);
  });

  Deno.test(`${id}: spends its budget to the last query and never asks twice`, () => {
    for (const queries of [some, some + 7]) {
      const { cells, metrics } = run(id, queries, 5);
      assert.equal(cells.length, queries);
      const questions = new Set(Array.from(cells, (cell, i) => metrics[i] * CELL_COUNT + cell));
      assert.equal(questions.size, queries);
    }
  });

  if (initial > 0) {
    Deno.test(`${id}: with the budget of its initial sample it is random search`, () => {
      for (const seed of [1, 2, 3]) {
        assert.deepEqual(run(id, initial, seed).cells, run("random_search", initial, seed).cells);
      }
    });
  }

  Deno.test(`${id}: with an unlimited budget it ends at the optimum`, () => {
    const { accuracies_pct, metrics } = run(id, CELL_COUNT * (1 + proxies.length), 1);
    const target = METRICS.indexOf("hwt@1d");
    const best = accuracies_pct.reduce(
      (top, a, i) => metrics[i] === target && a > top ? a : top,
      0,
    );
    assert.equal(best, Math.max(...table));
  });
}

Deno.test("evolution and local search beat random search on a landscape that rises with 3x3", () => {
  const mean = (id: MethodId) => {
    let sum = 0;
    for (let seed = 0; seed < 50; seed++) sum += Math.max(...run(id, 300, seed).accuracies_pct);
    return sum / 50;
  };
  const random = mean("random_search");
  for (const id of ["regularized_evolution", "local_search", "local_search_first"] as const) {
    assert.ok(mean(id) > random + 1, `${id}: ${mean(id)} against ${random}`);
  }
});

Deno.test("bad settings: one clear message each", () => {
  const check = (queries: number, seeds = 1, method: MethodId = "regularized_evolution") => () =>
    checkSetting({ method, metric: "hwt@1d", queries }, seeds);
  assert.throws(check(50), { name: "InputError", message: /starts from 100 cells/ });
  assert.throws(check(15_626), { name: "InputError", message: /15625 cells/ });
  assert.throws(check(200, 0), { name: "InputError", message: /--seeds is 0/ });
  assert.throws(check(0, 1, "random_search"), { name: "InputError", message: /--queries is 0/ });
  assert.throws(check(2.5, 1, "random_search"), { name: "InputError" });
  assert.throws(() => parseMethod("regularised_evolution"), {
    name: "InputError",
    message: /Did you mean regularized_evolution\?/,
  });
  assert.doesNotThrow(check(100));
});
