import assert from "node:assert/strict";
import { costs } from "@/analyse/mod.ts";
import { cellIndex, complexity, PUBLISHED_SKELETON } from "@/space/mod.ts";
import type { UnitRecord } from "@/table/mod.ts";

/** A unit of the replication's scale, seconds by hand. */
const unit = (protocol: string, factor = 1): UnitRecord => ({
  cell_index: cellIndex([2, 2, 0, 4, 2, 1]),
  analog_share_pct: 100,
  core_seconds: {
    ...{ baseline: 100 * factor, ptq: 1, qat: 60, noisy: 1, hwt: 80 },
    ...{ "noisy@60s": 5, "hwt@60s": 15 },
  },
  config: {
    protocol,
    network: { channels: 8, cellsPerStage: 1 },
    training: { epochs: 4 },
    qat: { epochs: 2 },
    hwt: { epochs: 2 },
    measurement: { testImages: 1_000, repeats: 5, inferenceTimes_s: [60] },
  },
});

Deno.test("the cost of the whole space follows from the units' seconds and one step of the full scale", () => {
  const replication = { planned: 10, finished: [unit("as_published"), unit("corrected", 9)] };
  const scale = { planned: 4, finished: [unit("as_published", 3)] };
  const darts: UnitRecord = {
    ...unit("corrected"),
    cell_index: null,
    architecture: "darts:...",
    analog_share_pct: 72,
    config: { ...unit("corrected").config, network: { space: "darts", channels: 4 } },
  };
  const units = {
    replication,
    scale,
    darts: { planned: 18, finished: [darts, { ...darts, analog_share_pct: 80 }] },
    anchor: { planned: 2, finished: [] },
  };
  const values = costs({ units, step_core_s: 2.5 });
  const value = (key: string) => values[`cost.${key}`] as number;
  assert.equal(value("unit_core_s"), 262, "the corrected protocol trains on fewer images");
  assert.equal(value("unit_core_s.quartile_3"), 262, "one unit is its own quartile");
  assert.equal(
    value("spent_core_hours"),
    (262 + 1_062) / 3_600,
    "both units, the planned ones not",
  );
  assert.equal(value("scale.core_hours"), 462 / 3_600, "counted apart, in no median");
  // three of four are to go, as long as the one
  assert.equal(value("scale.core_hours_left"), 3 * 462 / 3_600);
  assert.equal(value("anchor.core_hours_left"), "not known");
  const ofDarts = [
    "units",
    "planned",
    "unit_core_s",
    "analog_share_pct.low",
    "analog_share_pct.high",
  ];
  assert.deepEqual(ofDarts.map((key) => value(`darts.${key}`)), [2, 18, 262, 72, 80]);
  assert.deepEqual([value("anchor.units"), value("anchor.unit_core_s")], [0, undefined]);
  assert.deepEqual(
    ["baseline", "qat", "hwt"].map((stage) => value(`small.${stage}_epoch_s`)),
    [25, 30, 40],
  );
  assert.equal(value("small.read_outs_per_core_s"), 500); // 10,000 images in 20 s
  // The line goes through both points.
  const line = (macs: number) =>
    value("line.offset_s") + value("line.slope_s_per_million_macs") * macs / 1e6;
  const { macs } = complexity([2, 2, 0, 4, 2, 1], { channels: 8, cellsPerStage: 1 });
  assert.ok(Math.abs(line(macs) - 25) < 1e-9);
  const full = complexity([2, 2, 2, 2, 2, 2], PUBLISHED_SKELETON).macs;
  assert.ok(Math.abs(line(full) - 490) < 1e-9, "196 steps of 2.5 s");
  // 200 epochs of the baseline; QAT and HWT at 1.2 and 1.6 of it; 2 million read-outs.
  const epoch = value("published.epoch_s");
  const readOuts = 2_000_000 / 500 * epoch / 25;
  const cell = (200 * epoch + 20 * 1.2 * epoch + 200 * 1.6 * epoch + readOuts) / 3_600;
  assert.ok(Math.abs(value("cell.core_hours") - cell) < 1e-9);
  assert.ok(Math.abs(value("space.core_hours") - 15_625 * cell) < 1e-6);
  const perSecond = 6 * full * 50_000 / 490; // operations of a core
  assert.ok(Math.abs(value("space.gpu_hours") / (15_625 * cell * perSecond / 5e12) - 1) < 1e-12);
});
