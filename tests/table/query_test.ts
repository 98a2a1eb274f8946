import assert from "node:assert/strict";
import * as aq from "arquero";
import fc from "fast-check";
import { InputError } from "../../src/input_error.ts";
import { allCells, archStr, CELL_COUNT, cellAt, cellText } from "../../src/space/mod.ts";
import {
  bestCells,
  cellColumns,
  cellFrame,
  loadReference,
  neighbourhood,
  PUBLISHED_METRICS,
  queryAccuracy,
  queryCell,
  queryIsomorphic,
} from "../../src/table/mod.ts";
import golden from "../golden/table/table.json" with { type: "json" };

const benchmark = await loadReference();
const anyIndex = fc.integer({ min: 0, max: CELL_COUNT - 1 });

Deno.test("a cell's report is the same for every notation, and equals the published numbers", () => {
  for (const expected of golden.cells) {
    const cell = cellAt(expected.cell_index);
    for (const asked of [cell, cellText(cell), expected.cell_index, archStr(cell)]) {
      const report = queryCell(benchmark, asked);
      assert.deepEqual(report.accuracy_pct, expected.accuracy_pct);
      assert.deepEqual(report.accuracy_sd_pct, expected.accuracy_sd_pct);
      assert.equal(report.cell_index, expected.cell_index);
    }
  }
});

Deno.test("one number by an old metric name", () => {
  // The published package: query_metric((0,0,0,4,3,2), "analog_drift_86400") is 85.64 +- 0.69.
  assert.equal(queryAccuracy(benchmark, [0, 0, 0, 4, 3, 2], "analog_drift_86400"), 85.64);
  assert.throws(() => queryAccuracy(benchmark, "220421", "hwt@2d"), {
    name: "InputError",
    message: /holds no "hwt@2d". The nearest is hwt@1d. /,
  });
  assert.throws(() => queryAccuracy(benchmark, [0, 0, 0, 4, 3, 5 as 4], "hwt"), InputError);
  assert.throws(() => queryAccuracy(benchmark, -1, "hwt"), InputError);
});

Deno.test("the best cells, with and without constraints, are those of the second implementation", () => {
  const found = {
    "hwt@1d": bestCells(benchmark, "hwt@1d"),
    "hwt@1d, at most 500000 parameters": bestCells(benchmark, "hwt@1d", { maxParameters: 500_000 }),
    "noisy@30d, baseline at least 92": bestCells(benchmark, "baseline_drift_2592000", {
      top: 5,
      atLeast: { baseline_accuracy: 92 },
    }),
  };
  const metrics = ["hwt@1d", "hwt@1d", "noisy@30d"] as const;
  Object.entries(found).forEach(([question, reports], q) => {
    const pairs = reports.map((report) => [report.cell_index, report.accuracy_pct[metrics[q]]]);
    assert.deepEqual(pairs, golden.best[question as keyof typeof found], question);
  });
});

Deno.test("constraints hold for every returned cell, and distinct ones compute different functions", () => {
  const reports = bestCells(benchmark, "hwt", {
    top: 50,
    maxMacs: 60_000_000,
    maxTiles: 60,
    maxEnergy: 30,
    distinct: true,
  });
  assert.equal(reports.length, 50);
  for (const { macs, tiles, energy_uJ } of reports) {
    assert.ok(macs <= 60_000_000 && tiles <= 60 && energy_uJ <= 30);
  }
  const [best] = bestCells(benchmark, "hwt", { top: 1, maxMacs: 60_000_000, maxTiles: 60 });
  assert.ok(best.energy_uJ > 30 && !reports.some(({ cell }) => cell === best.cell));
  const families = reports.map((report) => queryIsomorphic(benchmark, report.cell)[0].cell_index);
  assert.equal(new Set(families).size, 50);
  assert.throws(() => bestCells(benchmark, "hwt", { top: 0 }), InputError);
});

Deno.test("a cell is among its isomorphic cells, which agree on shape and size of live parts", () => {
  fc.assert(
    fc.property(anyIndex, (index) => {
      const family = queryIsomorphic(benchmark, index);
      assert.ok(family.some((report) => report.cell_index === index));
      assert.equal(new Set(family.map((report) => report.depth)).size, 1);
    }),
    { numRuns: 20 },
  );
});

Deno.test("neighbours are ranked by their difference to the cell", () => {
  const near = neighbourhood(benchmark, "(2,2,0,4,2,1)", "hwt@1d");
  assert.equal(near.length, 24);
  for (const { report, difference_pp } of near) {
    assert.equal(difference_pp, report.accuracy_pct["hwt@1d"] - 90.53);
  }
  assert.ok(near.every((n, i) => i === 0 || n.difference_pp <= near[i - 1].difference_pp));
});

Deno.test("Polars and Arquero read the wide view", () => {
  const frame = cellFrame(benchmark), table = aq.table(cellColumns(benchmark));
  assert.equal(frame.height, 15_625);
  assert.equal(table.numRows(), 15_625);
  for (const metric of PUBLISHED_METRICS) {
    assert.equal(frame.getColumn(metric).get(7611), benchmark.accuracy(metric)[7611]);
    assert.equal(table.get(metric, 7611), benchmark.accuracy(metric)[7611]);
  }
  assert.equal(frame.getColumn("hwt@1d_sd").get(117), 0.69);
  // 73,306 parameters without a convolution: xautodl, see tests/golden/network/complexity.json.
  assert.equal(frame.getColumn("parameters").min(), 73_306);
  // no convolution but the stem's, two reductions' and the classifier: 9 crossbars, 1.79 mm2 each
  assert.ok(Math.abs(frame.getColumn("area_mm2").min() / (9 * 1.793) - 1) < 1e-3);
  for (const name of ["energy_uJ", "latency_us", "area_mm2"] as const) {
    assert.equal(frame.getColumn(name).get(7611), queryCell(benchmark, 7611)[name]);
  }
  assert.equal(allCells().length, new Set(frame.getColumn("cell").toArray()).size);
});
