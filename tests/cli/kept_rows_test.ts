import assert from "node:assert/strict";
import { join } from "node:path";
import { keepUnits, readKeptRows } from "@/cli/kept_rows.ts";
import { InputError } from "@/input_error.ts";
import { planUnit } from "@/measure/mod.ts";
import { archStr, cellAt } from "@/space/mod.ts";
import { type Row, writeRows } from "@/table/mod.ts";

const row = (cell_index: number, config_id: string, accuracy_pct: number): Row => ({
  space: "nas_bench_201",
  arch_str: archStr(cellAt(cell_index)),
  cell_index,
  condition: "noisy",
  t_inference_s: null,
  metric: "noisy",
  repeat: null,
  seed: 0,
  protocol: "as_published",
  simulator: "aihwkit",
  device: "pcm",
  source: "ablation",
  config_id,
  accuracy_pct,
  accuracy_sd_pct: null,
  repeats: 1,
  repeat_varies: "none",
});

const now = (weights: string, threads = 2) => ({ weights, threads });

Deno.test("rows are kept for the unit, the weights and the config that they were measured with", async () => {
  const folder = await Deno.makeTempDir();
  const [one, other] = [7_611, 11_110].map((cell) => planUnit(cell, 0, "published", "trial"));
  assert.deepEqual(
    (await readKeptRows(folder)).rows(one, now("aaa"), "six_bits"),
    [],
    "no earlier run",
  );

  const rows = [row(7_611, "six_bits", 50), row(7_611, "default", 60), row(11_110, "default", 70)];
  await writeRows(join(folder, "rows.parquet"), rows);
  await keepUnits(folder, new Map([[one.unit_id, now("aaa")]]));
  const { rows: kept, measuredWith } = await readKeptRows(folder);
  assert.deepEqual(kept(one, now("aaa"), "six_bits"), [rows[0]]);
  assert.deepEqual(kept(one, now("aaa", 1), "six_bits"), [], "with another number of threads");
  assert.deepEqual(measuredWith(one), { weights: "aaa", threads: 2 });
  assert.deepEqual(kept(one, now("aaa"), "no_such_config"), []);
  assert.deepEqual(kept(one, now("bbb"), "six_bits"), [], "trained again since");
  assert.deepEqual(kept(other, now("aaa"), "default"), [], "rows whose weights are not known");

  const early = JSON.stringify({ [one.unit_id]: "aaa" });
  await Deno.writeTextFile(join(folder, "units.json"), early);
  const before = await readKeptRows(folder);
  assert.deepEqual(
    before.rows(one, now("aaa", 1), "six_bits"),
    [rows[0]],
    "threads not noted then",
  );
  assert.deepEqual(before.measuredWith(one), { weights: "aaa", threads: null });

  await Deno.writeTextFile(join(folder, "units.json"), '{"cut off');
  await assert.rejects(readKeptRows(folder), InputError);
  await Deno.remove(folder, { recursive: true });
});
