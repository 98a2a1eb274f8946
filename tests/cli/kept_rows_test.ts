import assert from "node:assert/strict";
import { join } from "node:path";
import { keepUnits, readKeptRows } from "@/cli/kept_rows.ts";
import { InputError } from "@/input_error.ts";
import { planUnit } from "@/measure/mod.ts";
import { archStr, cellAt } from "@/space/mod.ts";
import { type Row, writeRows } from "@/table/mod.ts";

const row = (cell_index: number, config_id: string, accuracy_pct: number): Row => ({
  cell_index,
  arch_str: archStr(cellAt(cell_index)),
  condition: "noisy",
  t_inference_s: null,
  repeat: null,
  seed: 0,
  protocol: "as_published",
  source: "ablation",
  config_id,
  accuracy_pct,
  accuracy_sd_pct: null,
  repeats: 1,
  repeat_varies: "none",
});

Deno.test("rows are kept for the unit, the weights and the config that they were measured with", async () => {
  const folder = await Deno.makeTempDir();
  const [one, other] = [7_611, 11_110].map((cell) => planUnit(cell, 0, "published", "trial"));
  assert.deepEqual((await readKeptRows(folder))(one, "aaa", "six_bits"), [], "no earlier run");

  const rows = [row(7_611, "six_bits", 50), row(7_611, "default", 60), row(11_110, "default", 70)];
  await writeRows(join(folder, "rows.parquet"), rows);
  await keepUnits(folder, new Map([[one.unit_id, "aaa"]]));
  const kept = await readKeptRows(folder);
  assert.deepEqual(kept(one, "aaa", "six_bits"), [rows[0]]);
  assert.deepEqual(kept(one, "aaa", "no_such_config"), []);
  assert.deepEqual(kept(one, "bbb", "six_bits"), [], "trained anew since");
  assert.deepEqual(kept(other, "aaa", "default"), [], "rows whose weights are not known");

  await Deno.writeTextFile(join(folder, "units.json"), '{"cut off');
  await assert.rejects(readKeptRows(folder), InputError);
  await Deno.remove(folder, { recursive: true });
});
