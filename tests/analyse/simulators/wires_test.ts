/** What wires cost, from rows made by hand. */
import assert from "node:assert/strict";
import { studyOf } from "@/analyse/mod.ts";
import { archStr, cellAt } from "@/space/mod.ts";
import { loadReference, type Measured } from "@/table/mod.ts";
import { metricText, type Row } from "@/table/schema.ts";
import { OF_FIVE, OF_SIX } from "../expressions.ts";

const benchmark = await loadReference();
const CELLS = Array.from({ length: 7 }, (_, k) => 7_000 + 61 * k);
const OHM = [2, 0, 0.5];
/** Points that cell k loses to `ohm`: twice as much untouched, and from cell to cell not the same. */
const lost = (k: number, ohm: number, condition: string) =>
  ohm * (condition === "noisy" ? 2 : 1) * (1 + k);

const rows = CELLS.flatMap((cell_index, k) =>
  OHM.flatMap((ohm) =>
    (["noisy", "hwt"] as const).flatMap((condition) =>
      [null, 27].map((t_inference_s): Row => ({
        space: "nas_bench_201",
        arch_str: archStr(cellAt(cell_index)),
        ...{ cell_index, condition, t_inference_s, metric: metricText(condition, t_inference_s) },
        ...{ repeat: null, seed: 0, protocol: "as_published", source: "wires" },
        ...{ simulator: "crosssim", device: "pcm_joshi", config_id: `wire ${ohm}` },
        // Levels of cells are far apart: what is lost can only be found cell by cell.
        accuracy_pct: 90 - 9 * k - (t_inference_s === null ? 0 : lost(k, ohm, condition)),
        ...{ accuracy_sd_pct: 1, repeats: 5, repeat_varies: "programming" },
      }))
    )
  )
);
const settings = OHM.map((value) => ({
  setting: "wire_ohm",
  value,
  config_id: `wire ${value}`,
}));
const lossesOf = (rows: readonly Row[]) =>
  studyOf({
    benchmark,
    measured: {
      ...studyOf({ benchmark }).measured,
      wires: { rows, settings, untested: [] },
    } as Measured,
  }).wireLosses;

Deno.test("wires cost what a cell reaches without them less what it reaches with them", () => {
  const losses = lossesOf(rows);
  const seen = losses.map(({ condition, wire_ohm, loss }) => [condition, wire_ohm, loss.estimate]);
  // The mean of 1 + k over seven cells is 4.
  assert.deepEqual(seen, [["noisy", 0.5, 4], ["noisy", 2, 16], ["hwt", 0.5, 2], ["hwt", 2, 8]]);
  const { loss, ...rest } = losses[3];
  assert.deepEqual(rest, {
    ...{
      device: "pcm_joshi",
      condition: "hwt",
      t_inference_s: 27,
      wire_ohm: 2,
      cells: 7,
      events: 5,
    },
  });
  // Seven cells of as many expressions, 2 to 14 points: 8 -+ 2.446912 (Student, 6) x 2 x SD(1..7) / sqrt(7).
  assert.ok(
    Math.abs(loss.high - 8 - 2.446912 * 2 * 2.160247 / Math.sqrt(7)) < 1e-4,
    `${loss.high}`,
  );
});

Deno.test("a cell that misses one side is left out, and too few cells give nothing", () => {
  const without = (cell: number) => (row: Row) =>
    row.cell_index !== CELLS[cell] || row.config_id !== "wire 0";
  const fewer = lossesOf(rows.filter(without(6)));
  assert.deepEqual(fewer.map(({ cells }) => cells), [6, 6, 6, 6]);
  assert.equal(fewer[3].loss.estimate, 7, "mean of 2 x (1 .. 6)");
  assert.deepEqual(lossesOf(rows.filter(without(6)).filter(without(5))), []);
  assert.deepEqual(lossesOf([]), []);
});

Deno.test("six cells of five expressions are too few, too", () => {
  const lossesAt = (cells: readonly number[]) =>
    lossesOf(
      rows.flatMap((row) => {
        const cell_index = cells[CELLS.indexOf(row.cell_index!)];
        return cell_index === undefined
          ? []
          : [{ ...row, cell_index, arch_str: archStr(cellAt(cell_index)) }];
      }),
    ).length;
  assert.deepEqual([OF_FIVE, OF_SIX].map(lossesAt), [0, 4]);
});
