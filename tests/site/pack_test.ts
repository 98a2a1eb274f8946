/** The data of the page against the table they were made from. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { quantile } from "simple-statistics";
import { CONNECTED, FUNCTIONS, openStudy, repeatedClasses } from "@/analyse/mod.ts";
import { decodeColumns, encodeColumns, openPack, rankRange, withNoise } from "@/explorer/mod.ts";
import { packOf } from "@/site/mod.ts";
import { queryCell } from "@/table/mod.ts";

const study = await openStudy();
const data = openPack(JSON.parse(JSON.stringify(packOf(study))));

Deno.test("doubles near a decimal grid go through the page's text bit for bit", () => {
  const near = fc.tuple(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: -3, max: 3 }))
    .map(([steps, ulps]) => steps / 100_000 * (1 + ulps * Number.EPSILON));
  fc.assert(fc.property(fc.array(fc.tuple(near, near), { minLength: 1, maxLength: 40 }), (rows) => {
    const columns = [0, 1].map((c) => Float64Array.from(rows, (row) => row[c]));
    assert.deepEqual(decodeColumns(encodeColumns(columns), 2), columns);
  }));
});

Deno.test("what no text can hold is refused", () => {
  for (const value of [Math.PI, -1, NaN, 1e9]) {
    assert.throws(() => encodeColumns([[value]]), RangeError);
  }
});

Deno.test("columns in the page have the checksums of the study's", () => {
  const digest = (values: Float64Array) =>
    createHash("sha256").update(new Uint8Array(Float64Array.from(values).buffer)).digest("hex");
  for (const metric of study.benchmark.metrics) {
    const [own, page] = [study.benchmark, data.benchmark];
    assert.equal(digest(page.accuracy(metric)), digest(own.accuracy(metric)), metric);
    const sd = own.sd(metric);
    assert.equal(page.sd(metric) === null, sd === null);
    if (sd !== null) assert.equal(digest(page.sd(metric)!), digest(sd), metric);
  }
});

Deno.test("50 cells asked in the page answer as the table does", () => {
  for (let k = 0; k < 50; k++) {
    const index = k * 311 + 7;
    assert.deepEqual(queryCell(data.benchmark, index), queryCell(study.benchmark, index));
  }
});

Deno.test("copies are those of the study's functions; a rank is a range over them", () => {
  const accuracy = study.benchmark.accuracy("hwt@1d");
  const rank = (i: number) =>
    1 + accuracy.filter((v, j) => v > accuracy[i] || (v === accuracy[i] && j < i)).length;
  for (const index of [0, 7611, 12_345, CONNECTED[9000]]) {
    const copies = [...FUNCTIONS.keys()].filter((i) => FUNCTIONS[i] === FUNCTIONS[index]);
    assert.deepEqual(data.copies(index), copies);
    const ranks = copies.slice(0, 60).map(rank);
    const range = rankRange(data, index, "hwt@1d");
    assert.equal(range.copies, copies.length);
    if (copies.length <= 60) {
      assert.deepEqual([range.best, range.worst], [Math.min(...ranks), Math.max(...ranks)]);
    }
  }
});

Deno.test("a difference has the noise of two measurements, each at its own accuracy", () => {
  const noise = { level_pct: [40, 80, 90], sd_pp: [4, 3, 0.5] };
  // half way from 40 to 80: 3.5; 1.96 sqrt(3.5^2 + 0.5^2) = 6.9296
  const far = withNoise(60, 92, noise);
  assert.ok(Math.abs(far.low_pp - (32 - 6.9296)) < 1e-3 && !far.mayBeChance);
  // 1.96 sqrt(2) 0.5 = 1.386
  assert.ok(withNoise(91, 92.3, noise).mayBeChance);
  assert.equal(withNoise(92.4, 91, noise).mayBeChance, false);
  assert.ok(Math.abs(withNoise(10, 20, noise).high_pp - (10 + 1.95996 * Math.SQRT2 * 4)) < 1e-3);
});

Deno.test("copies differ by chance alone: about 95 % of their intervals say so, among good cells too", () => {
  for (const metric of study.benchmark.metrics) {
    const accuracy = study.benchmark.accuracy(metric), noise = data.noise(metric);
    const pairs = repeatedClasses().map(([a, b]) => [accuracy[a], accuracy[b]]);
    const share = (of: readonly number[][]) =>
      of.filter(([a, b]) => withNoise(a, b, noise).mayBeChance).length / of.length;
    const middle = quantile(pairs.map(([a]) => a), 0.5);
    const better = pairs.filter(([a]) => a > middle);
    assert.ok(share(pairs) > 0.92 && share(pairs) < 0.985, `${metric}: ${share(pairs)}`);
    assert.ok(share(better) > 0.9 && share(better) < 0.99, `${metric}, better: ${share(better)}`);
  }
});

Deno.test("contradictions are marked at their cells", () => {
  const { cell_index, metric, rule } = study.contradictions[0];
  assert.ok(data.marks(cell_index).some((m) => m.metric === metric && m.rule === rule));
  assert.equal(
    [...FUNCTIONS.keys()].reduce((sum, i) => sum + data.marks(i).length, 0),
    study.contradictions.length,
  );
});
