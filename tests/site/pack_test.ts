/** The data of the page against the table they were made from. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { CONNECTED, FUNCTIONS, openStudy } from "@/analyse/mod.ts";
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

Deno.test("a difference has the noise of two measurements", () => {
  // 1.96 sqrt(2) 0.5 = 1.386
  const near = withNoise(1.3, { sd_pct: 0.5, typical_sd_pct: 0 });
  assert.ok(near.mayBeChance && Math.abs(near.low_pp - (1.3 - 1.3859)) < 1e-3);
  assert.equal(withNoise(-1.4, { sd_pct: 0.5, typical_sd_pct: 0 }).mayBeChance, false);
});

Deno.test("contradictions are marked at their cells", () => {
  const { cell_index, metric, rule } = study.contradictions[0];
  assert.ok(data.marks(cell_index).some((m) => m.metric === metric && m.rule === rule));
  assert.equal(
    [...FUNCTIONS.keys()].reduce((sum, i) => sum + data.marks(i).length, 0),
    study.contradictions.length,
  );
});
