/** Readings of search histories, against hand-made cases and closed forms. */
import assert from "node:assert/strict";
import {
  classMeans,
  foundAfter,
  hypervolumeShares,
  incumbents,
  maximum,
  searchCurve,
} from "../../../src/analyse/mod.ts";
import { comparePaired, expectedBest, holm, hypervolume } from "../../../src/stats/mod.ts";
import { runSetting } from "../../../src/search/mod.ts";
import { loadReference } from "../../../src/table/mod.ts";

const hwt = Float64Array.of(50, 60, 70, 80), baseline = Float64Array.of(99, 98, 97, 96);
const accuracy = (metric: string) => metric === "hwt" ? hwt : baseline;

Deno.test("the incumbent is the best by the guide, judged by the truth", () => {
  const histories = {
    method: "m",
    guide: "baseline" as const,
    queries: 3,
    seeds: [1, 2],
    cells: Uint16Array.of(2, 1, 3, 3, 2, 0),
    visible: ["baseline"],
    metrics: new Uint8Array(6),
  };
  const cells = incumbents(histories, accuracy, "hwt");
  assert.deepEqual([...cells], [2, 1, 1, 3, 2, 0]);
  assert.deepEqual([1, 2, 3].map((query) => [...foundAfter(cells, 3, query, hwt)]), [
    [70, 80],
    [60, 70],
    [60, 50],
  ]);
  assert.throws(() => foundAfter(cells, 3, 4, hwt), { name: "InputError" });
  const blind = { ...histories, guide: null, visible: [], metrics: null };
  assert.deepEqual([...incumbents(blind, accuracy, "hwt")], [2, 2, 3, 3, 3, 3]);
});

Deno.test("an answer of the guide outranks every proxy", () => {
  const histories = {
    method: "m",
    guide: "hwt" as const,
    queries: 4,
    seeds: [1],
    cells: Uint16Array.of(3, 0, 1, 2),
    visible: ["baseline", "hwt"],
    metrics: Uint8Array.of(0, 0, 1, 0),
  };
  assert.deepEqual([...incumbents(histories, accuracy, "hwt")], [3, 0, 1, 1]);
});

Deno.test("curve: quartiles, interval, regret, shares within half and one point", () => {
  const values = (query: number) => Float64Array.from(query === 2 ? [90, 91, 89.5, 90.75] : []);
  const [last] = searchCurve(values, 91, [2]);
  assert.equal(last.runs, 4);
  assert.equal(last.mean, 90.3125);
  assert.equal(last.regret, 0.6875);
  assert.equal(last.median, 90.375);
  assert.equal(last.within_half, 0.5);
  assert.equal(last.within_one, 0.75);
  const sd = Math.sqrt(
    [90, 91, 89.5, 90.75].reduce((s, v) => s + (v - 90.3125) ** 2, 0) / 3,
  );
  assert.ok(Math.abs(last.mean_high - (90.3125 + 1.96 * sd / 2)) < 1e-12);
});

Deno.test("class means", () => {
  assert.deepEqual(
    [...classMeans(Float64Array.of(1, 2, 3, 6), Int32Array.of(0, 1, 0, 1))],
    [2, 4, 2, 4],
  );
});

Deno.test("paired comparison: R's wilcox.test on the classic depression data", () => {
  // Hollander & Wolfe 1973, p. 29f, as in R's help page: V = 40, two-sided exact p = 0.03906
  const before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
  const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
  const { p, effect, difference, pairs } = comparePaired(before, after);
  assert.equal(pairs, 9);
  assert.ok(Math.abs(p - 0.0390625) < 1e-9, String(p));
  assert.ok(Math.abs(effect - (40 - 5) / 45) < 1e-12);
  assert.ok(difference.low < difference.estimate && difference.estimate < difference.high);
});

Deno.test("all pairs tied: no effect, p = 1; Holm by hand", () => {
  const { p, effect } = comparePaired([1, 2], [1, 2]);
  assert.deepEqual([p, effect], [1, 0]);
  holm([0.01, 0.04, 0.03]).forEach((v, i) =>
    assert.ok(Math.abs(v - [0.03, 0.06, 0.06][i]) < 1e-12)
  );
  assert.deepEqual(holm([]), []);
});

Deno.test("hypervolume by hand", () => {
  const objectives = {
    gain: Float64Array.of(1, 2, 3, 2),
    cost: Float64Array.of(1, 2, 4, 3),
    reference: { gain: 0, cost: 5 },
  };
  assert.equal(hypervolume([0, 1, 2, 3], objectives), 1 * 4 + 1 * 3 + 1 * 1);
  assert.equal(hypervolume([3], objectives), 2 * 2);
  const runs = { method: "m", guide: null, queries: 2, seeds: [1], visible: [], metrics: null };
  const share = hypervolumeShares(objectives)({ ...runs, cells: Uint16Array.of(3, 1) }, 1);
  assert.deepEqual([...share], [4 / 8]);
});

Deno.test("simulated random search agrees with its exact expectation within 4 standard errors", async () => {
  const benchmark = await loadReference();
  const truth = benchmark.accuracy("hwt@1d");
  const setting = { method: "random_search", metric: "hwt@1d", queries: 200 } as const;
  const runs = 400, found = new Float64Array(runs * 200);
  for (let seed = 0; seed < runs; seed++) {
    let best = 0;
    runSetting(setting, (metric) => benchmark.accuracy(metric), seed).accuracies_pct
      .forEach((a, q) => found[seed * 200 + q] = best = Math.max(best, a));
  }
  const after = (query: number) =>
    Float64Array.from({ length: runs }, (_, run) => found[run * 200 + query - 1]);
  for (const s of searchCurve(after, maximum(truth), [1, 20, 50, 100, 200])) {
    const error = (s.mean_high - s.mean) / 1.96, exact = expectedBest(truth, s.query);
    assert.ok(Math.abs(s.mean - exact) < 4 * error, `${s.query}: ${s.mean} against ${exact}`);
  }
});
