import assert from "node:assert/strict";
import { collapseStudy } from "@/analyse/mod.ts";
import { cellIndex } from "@/space/mod.ts";
import type { CollapseRows, Row } from "@/table/mod.ts";

// Two pairs; in each, the first cell has two linear paths ((0,3), and (0,1)-(1,3)), the second one.
const TWO = [[0, 1, 0, 2, 0, 2], [0, 1, 0, 3, 0, 2]] as const;
const ONE = [[0, 1, 2, 0, 0, 2], [0, 1, 3, 0, 0, 2]] as const;
const index = (cell: readonly number[]) => cellIndex(cell as never);

function measured(): CollapseRows {
  const rows: Partial<Row>[] = [];
  const add = (cell: readonly number[], baseline: number, fixed: number, calibrated: number) => {
    const row = (condition: string, config_id: string, accuracy_pct: number) =>
      rows.push({
        cell_index: index(cell),
        condition,
        config_id,
        accuracy_pct,
        t_inference_s: null,
      });
    row("baseline", "f", baseline);
    row("noisy", "f", fixed);
    row("noisy", "c", calibrated);
    rows.push({
      cell_index: index(cell),
      condition: "noisy",
      config_id: "f",
      accuracy_pct: 1,
      t_inference_s: 60,
    });
  };
  add(TWO[0], 50, 10, 30);
  add(ONE[0], 50, 40, 42);
  add(TWO[1], 60, 20, 45);
  add(ONE[1], 60, 50, 51);
  const layers = (clipped_share: number, rms: number) => [
    { layer: "a", clipped_share: 0, rms: 1, largest: 2, input_range: 3 },
    { layer: "b", clipped_share, rms, largest: 9, input_range: 3 },
  ];
  return {
    rows: rows as Row[],
    configs: { fixed: "f", calibrated: "c" },
    pairs: Object.fromEntries([TWO[0], ONE[0], TWO[1], ONE[1]].map((c, k) => [index(c), k >> 1])),
    inputs: [
      { cell_index: index(ONE[0]), layers: layers(0.2, 2) },
      { cell_index: index(TWO[0]), layers: layers(0.9, 80) },
      { cell_index: index(TWO[1]), layers: layers(0.8, 120) },
      { cell_index: index(ONE[1]), layers: layers(0.3, 4) },
      { cell_index: 0, layers: layers(1, 1) }, // its partner is not measured yet
    ],
  };
}

Deno.test("pairs are compared side by side, half pairs left out", () => {
  const data = measured();
  const whole = {
    ...data,
    rows: [
      ...data.rows,
      ...["baseline", "noisy", "noisy"].map((condition, k) => ({
        cell_index: 0,
        condition,
        config_id: k === 2 ? "c" : "f",
        accuracy_pct: 10,
        t_inference_s: null,
      } as Row)),
    ],
    pairs: { ...data.pairs, 0: 7 },
  };
  const study = collapseStudy(whole)!;
  assert.equal(study.pairs, 2);
  assert.deepEqual(study.cells.map(({ linear_paths }) => linear_paths), [2, 1, 2, 1]);
  const close = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}`);
  // Above chance (10 %): (10-10)/(50-10) and (20-10)/(60-10); calibrated (30-10)/40 and (45-10)/50.
  close(study.kept.two.fixed.estimate, (0 + 10 / 50) / 2);
  close(study.kept.two.calibrated.estimate, (20 / 40 + 35 / 50) / 2);
  close(study.kept.one.fixed.estimate, (30 / 40 + 40 / 50) / 2);
  close(study.clipped.two.estimate, 0.85);
  close(study.largest_rms.one.estimate, 3);
  close(study.clipped_difference.estimate, (0.7 + 0.5) / 2);
  // Calibrating gives back 20 and 25 points to two, 2 and 1 to one: differences 18 and 24.
  close(study.regained_difference.estimate, 21);
  // Student's t with one degree of freedom: quantile 12.7062, SD 6 / sqrt(2).
  assert.ok(Math.abs(study.regained_difference.high - (21 + 12.7062 * 3)) < 1e-3);
});

Deno.test("nothing measured is no study", () => {
  assert.equal(collapseStudy(null), null);
});
