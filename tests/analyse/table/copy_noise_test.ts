/** The noise of one measurement, drawn at a cell's own accuracy. */
import assert from "node:assert/strict";
import {
  agreement,
  type CopyNoise,
  copyNoise,
  repeatedClasses,
  type Replicated,
  take,
} from "@/analyse/mod.ts";
import { prng } from "@/random.ts";
import { kendallTauB, mean, standardError } from "@/stats/mod.ts";
import { loadReference } from "@/table/mod.ts";
import { FUNCTIONS, synthetic } from "./synthetic.ts";

const draws = (
  noise: CopyNoise,
  level: number,
) => {
  const random = prng(3, `at ${level}`);
  return Array.from({ length: 4000 }, () => noise(level)(random));
};

Deno.test("the noise at a level is that of copies at this level, mean 0", () => {
  const random = prng(1, "levels");
  const level = FUNCTIONS.map((f) => f % 2 === 0 ? 90 : 40);
  const table = synthetic((i) => level[i] + (level[i] === 90 ? 0.5 : 5) * random.normal());
  const noise = copyNoise(table, "hwt");
  for (const [at, sd] of [[90, 0.5], [40, 5]]) {
    const drawn = draws(noise, at);
    // a hundred deviations tell their own SD to 7 %
    assert.ok(Math.abs(standardError(drawn) / sd - 1) < 0.25, `${standardError(drawn)} at ${at}`);
    assert.ok(Math.abs(mean(drawn)) < 0.4 * sd);
  }
});

Deno.test("a ceiling meets noise on both sides: 2 / pi asin of the reliability for normal scores", () => {
  const random = prng(2, "ceiling"),
    truth = Float64Array.from({ length: 5485 }, () => 5 * random.normal());
  const table = synthetic((i) => 60 + truth[FUNCTIONS[i]] + 2 * random.normal());
  const cells = Int32Array.from(new Map(Array.from(FUNCTIONS, (f, i) => [f, i])).values()).slice(
    0,
    300,
  );
  const columns = { baseline: take(table.accuracy("baseline"), cells) } as Replicated["measured"];
  const data = {
    metrics: ["baseline"],
    cells,
    clusters: cells,
    measured: columns,
    published: columns,
    seededCells: 0,
  } as const;
  const expected = (here: number) => {
    // published values have the variance 25 + 4 and meet 4 there and here^2 here
    const correlation = 29 / Math.sqrt((29 + 4) * (29 + here * here));
    return 2 / Math.PI * Math.asin(correlation);
  };
  for (const [seedSd, here] of [[null, 2], [6, 6]] as const) {
    const seedSd_pct = { baseline: seedSd } as Replicated["seedSd_pct"];
    const [{ ceiling }] = agreement({ ...data, seedSd_pct }, table, prng(1, "test"));
    // 300 values have a spread of their own: known to 4 %
    assert.ok(Math.abs(ceiling - expected(here)) < 0.03, `${ceiling} is not ${expected(here)}`);
  }
});

Deno.test("copies of the published table agree as the noise drawn at their level lets them", async () => {
  const benchmark = await loadReference(), random = prng(5, "pairs");
  const copies = repeatedClasses();
  for (const metric of ["baseline", "ptq", "noisy", "hwt", "hwt@1d"] as const) {
    const y = benchmark.accuracy(metric), noise = copyNoise(benchmark, metric);
    const truth = copies.map((cells) => mean(take(y, cells)));
    const again = () => truth.map((level) => level + noise(level)(random));
    const drawn = mean(Array.from({ length: 20 }, () => kendallTauB(again(), again())));
    const seen = mean(Array.from({ length: 20 }, () => {
      const pairs = copies.map((cells) => {
        const a = random.integer(cells.length), b = random.integer(cells.length - 1);
        return [y[cells[a]], y[cells[b < a ? b : b + 1]]];
      });
      return kendallTauB(pairs.map(([a]) => a), pairs.map(([, b]) => b));
    }));
    assert.ok(Math.abs(drawn - seen) < 0.02, `${metric}: ${drawn} drawn, ${seen} seen`);
  }
});
