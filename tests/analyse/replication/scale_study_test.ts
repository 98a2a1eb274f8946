import assert from "node:assert/strict";
import { LARGER_SCALES, type Scale, type ScaleLevel, scaleStudy, studyOf } from "@/analyse/mod.ts";
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

const configs = { longer: "L", deeper: "D", wider: "W" };
const at = (level: ScaleLevel, scale: Scale) => level.at.find((own) => own.scale === scale)!;

Deno.test("changes are taken cell by cell from the mean over seeds, each scale over its own cells", () => {
  const replication = [
    ...rowsOf(A, "R", 60, 2),
    ...rowsOf(A, "R", 62, 4, 1), // with the seed before: 61 % and 3 points
    ...rowsOf(B, "R", 50, 5),
    ...rowsOf(C, "R", 55, 5),
  ];
  const longer = [...rowsOf(A, "L", 71, 3), ...rowsOf(B, "L", 62, 5)];
  const deeper = [...rowsOf(A, "D", 65, 13), ...rowsOf(B, "D", 40, 16)];
  const { cells, larger, levels } = scaleStudy(
    replication,
    { rows: [...longer, ...deeper], configs },
    published,
  );
  assert.deepEqual([...cells], [A, B], "C was measured at no larger scale");
  const of = (outcome: string) => levels.find((level) => level.outcome === outcome)!;
  const scales = ["replication", "longer", "deeper", "published"];
  for (const level of levels) assert.deepEqual(level.at.map(({ scale }) => scale), scales);

  const baseline = of("baseline"), { change, direction } = at(baseline, "longer");
  assert.deepEqual([...at(baseline, "replication").values], [61, 50]);
  assert.deepEqual(
    [...at(baseline, "published").values],
    [A, B].map((i) => published.accuracy("baseline")[i]),
  );
  assert.equal(at(baseline, "replication").mean, 55.5);
  // Changes 10 and 12: mean 11, SD sqrt(2), t(0.975, 1) = 12.7062 (tables), half width 12.7062.
  assert.equal(change!.estimate, 11);
  assert.ok(Math.abs(change!.high - 23.7062) < 1e-4);
  assert.equal(direction, "open", "the interval reaches 0");

  const gap = of("noisy_gap"); // 3 and 5 points before; unchanged, and 13 and 16
  assert.deepEqual(at(gap, "longer").change, { estimate: 0, low: 0, high: 0 });
  assert.equal(at(gap, "longer").direction, "open");
  assert.deepEqual([...at(gap, "deeper").values], [13, 16]);

  // a cell of a third scale takes nothing from the two, and is held against itself: 58 against 50
  const more = scaleStudy(
    replication,
    { rows: [...longer, ...deeper, ...rowsOf(B, "W", 58, 5)], configs },
    published,
  );
  assert.deepEqual(LARGER_SCALES.map((scale) => more.larger[scale].length), [2, 2, 1]);
  assert.deepEqual(LARGER_SCALES.map((scale) => larger[scale].length), [2, 2, 0]);
  const [with3] = more.levels, wider = at(with3, "wider");
  assert.deepEqual(with3.at.filter(({ scale }) => scale !== "wider"), baseline.at);
  assert.deepEqual(wider.change, { estimate: 8, low: -Infinity, high: Infinity });
  assert.deepEqual([...wider.values], [NaN, 58]);
  assert.deepEqual([wider.mean, wider.direction], [58, "open"]);
});

Deno.test("a change clear of 0 is nearer or farther by its distance from the published mean", () => {
  const cells = [A, B, C];
  const level = (metric: Metric) => cells.map((i) => published.accuracy(metric)[i]);
  const below = (config: string, points: number, of = cells) =>
    of.flatMap((cell, k) => rowsOf(cell, config, level("baseline")[k] - points, 0));
  const directions = (rows: ReturnType<typeof below>) => {
    const { levels: [baseline] } = scaleStudy(below("R", 20), { rows, configs }, published);
    return LARGER_SCALES.map((scale) => at(baseline, scale)?.direction);
  };
  // C, higher than the mean of A and B and not measured wider, would make 20.1 points too much look nearer
  assert.deepEqual(
    directions([...below("L", 12), ...below("D", 45), ...below("W", -20.1, [A, B])]),
    ["nearer", "farther", "farther"],
  );
  assert.deepEqual(
    directions([...below("L", -30), ...below("D", 20)]),
    ["farther", "open", undefined],
  );
});

Deno.test("nothing measured at a larger scale gives no level", () => {
  const none = scaleStudy(
    rowsOf(A, "R", 60, 2),
    { rows: rowsOf(B, "L", 60, 2), configs },
    published,
  );
  assert.deepEqual([none.levels, none.cells.length, none.larger.longer.length], [[], 0, 0]);
  assert.deepEqual(scaleStudy([], { rows: [], configs: {} }, published).levels, []);
});

/** What a unit of a plan records of its scale; the rest is not asked. */
const unit = (epochs: number, cellsPerStage: number, channels = 8) =>
  ({ config: { training: { epochs }, network: { channels, cellsPerStage } } }) as UnitRecord;

Deno.test("how many times larger the scales are is read from the units that were measured", () => {
  const replication = { planned: 2, finished: [unit(4, 2), unit(4, 2)] };
  const times = (finished: readonly UnitRecord[]) => {
    const units = { replication, scale: { planned: 3, finished } };
    return studyOf({ benchmark: published, spent: { units, step_core_s: 1 } }).scaleTimes;
  };
  const all = [unit(4, 5), unit(10, 2), unit(4, 2, 24)];
  assert.deepEqual(times(all), { longer: 2.5, deeper: 2.5, wider: 3 });
  assert.deepEqual(times([unit(20, 2)]), { longer: 5, deeper: null, wider: null });
  const none = { longer: null, deeper: null, wider: null };
  assert.deepEqual(times([]), none, "planned, and nothing of it measured");
  assert.deepEqual(studyOf({ benchmark: published }).scaleTimes, none, "with another table");
});
