import assert from "node:assert/strict";
import { scaleStudy, studyOf } from "@/analyse/mod.ts";
import { loadReference, type UnitRecord } from "@/table/mod.ts";
import { type Metric, PUBLISHED_METRICS } from "@/table/schema.ts";
import { cellRow } from "../../cell_row.ts";

const published = await loadReference();
const [A, B, C] = [7_611, 11_110, 6_307];

/** All 13 metrics of a cell: `baseline` per cent, and `loss` points below it for each analog one. */
const rowsOf = (cell_index: number, config_id: string, baseline: number, loss: number, seed = 0) =>
  PUBLISHED_METRICS.map((metric) =>
    cellRow(cell_index, metric, /noisy|hwt/.test(metric) ? baseline - loss : baseline, {
      seed,
      config_id,
    })
  );

const configs = { longer: "L", deeper: "D" };

Deno.test("changes are taken cell by cell from the mean over seeds, and cells missing at a scale are left out", () => {
  const replication = [
    ...rowsOf(A, "R", 60, 2),
    ...rowsOf(A, "R", 62, 4, 1), // with the seed before: 61 % and 3 points
    ...rowsOf(B, "R", 50, 5),
    ...rowsOf(C, "R", 55, 5),
  ];
  const rows = [
    ...[...rowsOf(A, "L", 71, 3), ...rowsOf(B, "L", 62, 5), ...rowsOf(C, "L", 65, 5)],
    ...[...rowsOf(A, "D", 65, 13), ...rowsOf(B, "D", 40, 16)],
  ];
  const { cells, levels } = scaleStudy(replication, { rows, configs }, published);
  assert.deepEqual([...cells], [A, B], "C was not measured deeper");
  const of = (outcome: string) => levels.find((level) => level.outcome === outcome)!;

  const baseline = of("baseline");
  assert.deepEqual([...baseline.values.replication], [61, 50]);
  assert.deepEqual(
    [...baseline.values.published],
    [A, B].map((i) => published.accuracy("baseline")[i]),
  );
  assert.equal(baseline.mean.replication, 55.5);
  // Changes 10 and 12: mean 11, SD sqrt(2), t(0.975, 1) = 12.7062 (tables), half width 12.7062.
  assert.equal(baseline.change.longer.estimate, 11);
  assert.ok(Math.abs(baseline.change.longer.high - 23.7062) < 1e-4);
  assert.equal(baseline.direction.longer, "open", "the interval reaches 0");

  const gap = of("noisy_gap"); // 3 and 5 points before; unchanged, and 13 and 16
  assert.deepEqual(gap.change.longer, { estimate: 0, low: 0, high: 0 });
  assert.equal(gap.direction.longer, "open");
  assert.deepEqual([...gap.values.deeper], [13, 16]);
});

Deno.test("a change clear of 0 is nearer or farther by its distance from the published mean", () => {
  const cells = [A, B, C];
  const level = (metric: Metric) => cells.map((i) => published.accuracy(metric)[i]);
  const at = (config: string, below: number) =>
    cells.flatMap((cell, k) => rowsOf(cell, config, level("baseline")[k] - below, 0));
  const { levels: [baseline] } = scaleStudy(at("R", 20), {
    rows: [...at("L", 12), ...at("D", 45)],
    configs,
  }, published);
  assert.deepEqual(baseline.direction, { longer: "nearer", deeper: "farther" });
  const past = scaleStudy(
    at("R", 20),
    { rows: [...at("L", -30), ...at("D", 20)], configs },
    published,
  );
  assert.deepEqual(past.levels[0].direction, { longer: "farther", deeper: "open" });
});

Deno.test("nothing measured at every scale gives no level", () => {
  const none = scaleStudy(
    rowsOf(A, "R", 60, 2),
    { rows: rowsOf(A, "L", 60, 2), configs },
    published,
  );
  assert.deepEqual(none.levels, []);
  assert.deepEqual(scaleStudy([], { rows: [], configs: {} }, published).levels, []);
});

/** What a unit of a plan records of its scale; the rest is not asked. */
const unit = (epochs: number, cellsPerStage: number) =>
  ({ config: { training: { epochs }, network: { channels: 8, cellsPerStage } } }) as UnitRecord;

Deno.test("how many times larger the scales are is read from the units that were measured", () => {
  const replication = { planned: 2, finished: [unit(4, 2), unit(4, 2)] };
  const times = (finished: readonly UnitRecord[]) => {
    const units = { replication, scale: { planned: 3, finished } };
    return studyOf({ benchmark: published, spent: { units, step_core_s: 1 } }).scaleTimes;
  };
  assert.deepEqual(times([unit(4, 5), unit(10, 2), unit(4, 5)]), { longer: 2.5, deeper: 2.5 });
  assert.deepEqual(times([unit(20, 2), unit(4, 6)]), { longer: 5, deeper: 3 });
  assert.equal(times([]), null, "planned, and nothing of it measured");
  assert.equal(studyOf({ benchmark: published }).scaleTimes, null, "beside another table");
});
