/** The study of all searches on a made-up table of histories, and its keys on the committed ones. */
import assert from "node:assert/strict";
import {
  awareClaim,
  bestMethodClaim,
  duels,
  meanRanks,
  orderChanges,
  ranking,
  searchStudy,
  searchValues,
  studyOf,
} from "../../../src/analyse/mod.ts";
import { type Histories, loadReference, readAllHistories } from "../../../src/table/mod.ts";

const benchmark = await loadReference();
const target = benchmark.accuracy("hwt@1d");

/** `runs` runs of 200 queries that always ask for `cell`, or for `other` in every third run. */
function constant(method: string, cell: number, other = cell, runs = 60): Histories {
  const queries = 200, cells = new Uint16Array(runs * queries);
  for (let r = 0; r < runs; r++) {
    cells.fill(r % 3 === 0 ? other : cell, r * queries, (r + 1) * queries);
  }
  return {
    method,
    guide: "hwt@1d",
    queries,
    seeds: Array.from({ length: runs }, (_, i) => i + 1),
    cells,
    visible: ["hwt@1d"],
    metrics: new Uint8Array(cells.length),
  };
}

const order = [...target.keys()].sort((a, b) => target[b] - target[a]);
const study = searchStudy(benchmark, [
  constant("good", order[10], order[20]),
  constant("middle", order[1000], order[900], 30),
  constant("bad", order[5000]),
]);
const methods = study.methods("hwt@1d", 100);

Deno.test("ranking, ranks and duels follow the true values", () => {
  assert.deepEqual(methods, ["good", "middle", "bad"]);
  assert.deepEqual(study.methods("hwt@1d", 201), []);
  assert.deepEqual(ranking(study, methods, "hwt@1d", 100).map((r) => r.method), methods);
  const ranks = meanRanks(study, ["bad", "good", "middle"], ["hwt@1d"], 50);
  assert.deepEqual([ranks.get("good"), ranks.get("middle"), ranks.get("bad")], [1, 2, 3]);
  const [duel] = duels(study, [[{ method: "good", guide: "hwt@1d" }, {
    method: "middle",
    guide: "hwt@1d",
  }]], 100);
  assert.equal(duel.pairs, 30); // the shorter list decides
  const expected = 20 / 30 * (target[order[10]] - target[order[1000]]) +
    10 / 30 * (target[order[20]] - target[order[900]]);
  assert.ok(Math.abs(duel.difference.estimate - expected) < 1e-9);
  assert.equal(duel.effect, 1);
  assert.ok(duel.p_holm < 0.001);
});

Deno.test("verdicts follow from the criteria", () => {
  const won = bestMethodClaim(study, methods);
  assert.equal(won.verdict, "supported");
  assert.match(won.statement, /After 100 queries good has found/);
  const tied = searchStudy(benchmark, [constant("a", order[3]), constant("b", order[3])]);
  assert.equal(bestMethodClaim(tied, ["a", "b"]).verdict, "not supported");
  assert.equal(orderChanges(["a", "b", "c"], ["c", "a", "b"]).join(), "a~c,b~c");
});

Deno.test("analog-aware search: reversed guides reverse the verdict", () => {
  const byGuide = (guide: "baseline" | "ptq" | "hwt", cell: number): Histories => ({
    ...constant("local_search", cell, cell === order[0] ? order[1] : cell),
    guide,
    visible: [guide],
  });
  const claimOf = (aware: number, general: number) =>
    awareClaim(
      searchStudy(benchmark, [
        byGuide("hwt", aware),
        byGuide("baseline", general),
        byGuide("ptq", general),
      ]),
      "hwt",
    );
  assert.equal(claimOf(order[0], order[3000]).verdict, "supported");
  assert.equal(claimOf(order[3000], order[0]).verdict, "not supported");
  assert.equal(claimOf(order[0], order[3000]).criteria.length, 4);
});

Deno.test("a claim of each guide: one that misleads is not supported by another that leads", () => {
  const byGuide = (guide: "baseline" | "noisy" | "hwt", cell: number): Histories => ({
    ...constant("local_search", cell, cell === order[0] ? order[1] : cell),
    guide,
    visible: [guide],
  });
  const histories = [byGuide("hwt", order[0]), byGuide("noisy", order[9000])];
  const read = searchStudy(benchmark, [...histories, byGuide("baseline", order[3000])]);
  assert.equal(awareClaim(read, "hwt").verdict, "supported");
  assert.equal(awareClaim(read, "noisy").verdict, "not supported");
});

Deno.test("committed histories: guided by hardware-aware accuracy searches win, by noisy they lose", async () => {
  const { searchClaims, guidedSearches } = studyOf({
    benchmark,
    searches: await readAllHistories(),
  });
  const [hwt, noisy] = searchClaims;
  assert.deepEqual([hwt.verdict, hwt.criteria.length], ["supported", 34]);
  assert.deepEqual([noisy.verdict, noisy.criteria.length], ["not supported", 30]);
  assert.ok(noisy.criteria.every(({ contradicted }) => contradicted));
  const found = (guide: string) =>
    guidedSearches.find((row) =>
      row.method === "regularized_evolution_small" && row.guide === guide && row.judge === "hwt@1d"
    )!.found.mean;
  assert.ok(found("noisy") < found("baseline") && found("baseline") < found("hwt"));
});

Deno.test("committed histories give the agreed keys, and simulated random search its expectation", async () => {
  const histories = await readAllHistories();
  const numbers = Object.fromEntries(searchValues(studyOf({ benchmark, searches: histories })));
  for (const method of ["random_search", "regularized_evolution", "local_search"]) {
    for (const query of [50, 100, 200, 500]) {
      for (const statistic of ["median", "q25", "q75", "mean"]) {
        const value = numbers[`search.${method}.hwt@1d.${query}.${statistic}`];
        assert.ok(typeof value === "number" && value > 80 && value < 91, `${method} ${query}`);
      }
    }
  }
  for (const query of [50, 100, 200, 500]) {
    const z = numbers[`search.random_search.hwt@1d.${query}.z_to_exact`];
    assert.ok(typeof z === "number" && Math.abs(z) < 4, `z = ${z} at ${query}`);
  }
  for (const { method, seeds } of histories) {
    assert.ok(seeds.length >= 50 && seeds[0] === 1, `${method} has ${seeds.length} runs`);
  }
  assert.ok(Object.values(numbers).every((v) => typeof v === "string" || Number.isFinite(v)));
});
