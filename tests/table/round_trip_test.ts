import assert from "node:assert/strict";
import { join } from "node:path";
import pl from "nodejs-polars";
import { archStr, cellAt } from "@/space/mod.ts";
import { frameRows, readFrame, type Row, rowsFrame } from "@/table/mod.ts";

const folder = await Deno.makeTempDir();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

const rows: readonly Row[] = [117, 7_611].map((cell_index, k) => ({
  space: "nas_bench_201",
  arch_str: archStr(cellAt(cell_index)),
  cell_index,
  condition: "hwt",
  t_inference_s: k === 0 ? null : 86_400,
  metric: k === 0 ? "hwt" : "hwt@1d",
  repeat: k === 0 ? null : 3,
  seed: 9_007_199_254_740_991,
  protocol: "corrected",
  simulator: "aihwkit",
  device: "pcm",
  source: "trip",
  config_id: "abc",
  accuracy_pct: 0.1 + 0.2,
  accuracy_sd_pct: k === 0 ? null : 1.5,
  repeats: 1,
  repeat_varies: "read_and_output_noise",
}));

/** Reads the frame back from a Parquet file; also what was said. */
async function readBack(frame: pl.DataFrame): Promise<[Row[], string[]]> {
  const path = join(folder, `${crypto.randomUUID()}.parquet`), notes: string[] = [];
  frame.writeParquet(path);
  return [frameRows(await readFrame(path, (note) => notes.push(note))), notes];
}

Deno.test("a table as pandas writes it back is read, and what was mended is said", async () => {
  const frame = rowsFrame(rows);
  // Whole numbers with a gap become floating point, the row numbers a column.
  const back = frame.withColumns(
    pl.col("repeat").cast(pl.Float64),
    pl.col("cell_index").cast(pl.Int64),
    pl.lit(5).cast(pl.Int64).alias("__index_level_0__"),
  );
  const [read, notes] = await readBack(back);
  assert.deepEqual(read, rows);
  assert.equal(notes.length, 3);
  assert.match(notes[0], /passed over the index column "__index_level_0__"/);
  assert.match(notes.join("\n"), /read cell_index from Int64 as Int32/);
  assert.match(notes.join("\n"), /read repeat from Float64 as Int32/);
  assert.deepEqual((await readBack(frame))[1], [], "an untouched table has nothing to say");
});

Deno.test("a missing value may come back as NaN, an empty column without a type", async () => {
  const holes = rows.map((row) => ({ ...row, repeat: null }));
  const frame = rowsFrame(holes);
  const sd = pl.Series("accuracy_sd_pct", [NaN, 1.5], pl.Float64);
  const back = frame.drop("accuracy_sd_pct", "repeat").withColumns(
    sd,
    pl.lit(null).cast(pl.Float64).alias("repeat"),
  );
  assert.deepEqual((await readBack(back))[0], holes);
});

Deno.test("what would change a value is refused", async () => {
  const half = rowsFrame(rows).withColumn(pl.lit(1.5).alias("repeats"));
  await assert.rejects(() => readBack(half), {
    name: "InputError",
    message: /row 0 has repeats 1\.5; it must be a whole number/,
  });
});

Deno.test("CSV with a byte-order mark is read; decimal commas and other separators are one message", async () => {
  const path = join(folder, "table.csv");
  const text = String(rowsFrame(rows).writeCSV());
  const csv = (changed: string) => Deno.writeTextFile(path, changed);
  await csv("\uFEFF" + text);
  assert.deepEqual(frameRows(await readFrame(path, () => {})), rows);
  const refused = (message: RegExp) =>
    assert.rejects(() => readFrame(path, () => {}), { name: "InputError", message });
  await csv(text.replace(",1.5,", ',"1,5",'));
  await refused(/table\.csv, line 3: accuracy_sd_pct "1,5" has a decimal comma/);
  await csv(text.replaceAll(",", ";"));
  await refused(/line 1: columns are separated by semicolons/);
  await csv(text.replace(",1.5,", ",about 1,"));
  await refused(/line 3: accuracy_sd_pct "about 1" is no number/);
  await csv("");
  await refused(/has no header/);
});
