import assert from "node:assert/strict";
import { join } from "node:path";
import pl from "nodejs-polars";
import { resolveConfig } from "@/config.ts";
import { configId } from "@/config_id.ts";
import { archStr, cellAt } from "@/space/mod.ts";
import { readRows } from "@/table/mod.ts";

interface FirstRow {
  readonly condition: string;
  readonly t_inference_s?: number;
  readonly protocol?: string;
  readonly source?: string;
  readonly config_id: string;
  readonly repeats: number;
  readonly repeat_varies: string;
}

/** A file of the thirteen columns that rows had in the first edition. */
function writeFirstEdition(path: string, rows: readonly FirstRow[]): void {
  const text = (name: string, value: (row: FirstRow) => string) =>
    pl.Series(name, rows.map(value), pl.String);
  const number = (
    name: string,
    type: pl.DataType,
    value: (row: FirstRow, k: number) => number | null,
  ) => pl.Series(name, rows.map(value), pl.Float64).cast(type, true);
  pl.DataFrame([
    number("cell_index", pl.Int32, (_, k) => k),
    pl.Series("arch_str", rows.map((_, k) => archStr(cellAt(k))), pl.String),
    text("condition", (row) => row.condition),
    number("t_inference_s", pl.Float64, (row) => row.t_inference_s ?? null),
    number("repeat", pl.Int32, () => null),
    number("seed", pl.Int64, () => 0),
    text("protocol", (row) => row.protocol ?? "as_published"),
    text("source", (row) => row.source ?? "trial"),
    text("config_id", (row) => row.config_id),
    number("accuracy_pct", pl.Float64, () => 50),
    number("accuracy_sd_pct", pl.Float64, () => null),
    number("repeats", pl.Int32, (row) => row.repeats),
    text("repeat_varies", (row) => row.repeat_varies),
  ]).writeParquet(path);
}

Deno.test("rows of the first edition are read, what they lacked taken from the configs beside them", async () => {
  const folder = await Deno.makeTempDir();
  const reram = resolveConfig({ protocol: "as_published", hardware: { device: "reram_wan2022" } });
  const plain = resolveConfig({ protocol: "as_published", departures: { augmentTest: false } });
  const path = join(folder, "rows.parquet"), noise = "read_and_output_noise";
  writeFirstEdition(path, [
    { condition: "baseline", config_id: configId(reram), repeats: 1, repeat_varies: "none" },
    {
      condition: "noisy",
      t_inference_s: 86_400,
      config_id: configId(reram),
      repeats: 3,
      repeat_varies: noise,
    },
    {
      condition: "hwt",
      t_inference_s: 60,
      config_id: configId(plain),
      repeats: 3,
      repeat_varies: "programming",
    },
    { condition: "hwt", t_inference_s: 60, config_id: "unknown", repeats: 3, repeat_varies: noise },
    {
      condition: "hwt",
      t_inference_s: 60,
      protocol: "corrected",
      config_id: "u",
      repeats: 3,
      repeat_varies: "programming",
    },
    {
      condition: "ptq",
      source: "published",
      config_id: "published",
      repeats: 1,
      repeat_varies: "none",
    },
  ]);
  const settings = [{ setting: "device", config: reram }, {
    setting: "augmentTest",
    config: plain,
  }];
  await Deno.writeTextFile(join(folder, "settings.json"), JSON.stringify(settings));
  const rows = await readRows(path);
  assert.deepEqual(
    rows.map((r) => [r.metric, r.simulator, r.device, r.repeats, r.repeat_varies]),
    [
      ["baseline", null, null, 1, "none"],
      ["noisy@1d", "aihwkit", "reram_wan2022", 3, `${noise}+test_augmentation`],
      ["hwt@60s", "aihwkit", "pcm", 3, `${noise}+programming`],
      ["hwt@60s", "aihwkit", "pcm", 3, `${noise}+test_augmentation`],
      ["hwt@60s", "aihwkit", "pcm", 3, `${noise}+programming`],
      ["ptq", null, null, 25, "test_augmentation"],
    ],
  );
  assert.deepEqual(
    rows.map((r) => [r.space, r.cell_index]),
    rows.map((_, k) => ["nas_bench_201", k]),
  );
  await Deno.remove(folder, { recursive: true });
});
