import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { tableFromIPC } from "@uwdata/flechette";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import pl from "nodejs-polars";
import { parquetBytes, REFERENCE } from "../../src/table/mod.ts";

/** Bytes as hyparquet takes them. */
const buffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** Type of each column as Arrow readers will see it: by the footer's Arrow schema, else by Parquet's own. */
function columnTypes(bytes: Uint8Array): Record<string, string> {
  const { schema, key_value_metadata } = parquetMetadata(buffer(bytes));
  const arrow = key_value_metadata?.find(({ key }) => key === "ARROW:schema")?.value;
  if (arrow === undefined) {
    return Object.fromEntries(
      schema.slice(1).map(({ name, type, converted_type }) => [
        name,
        converted_type ?? type ?? "",
      ]),
    );
  }
  const { fields } = tableFromIPC(Buffer.from(arrow, "base64")).schema;
  // Type 24 of Arrow's Schema.fbs is Utf8View; Utf8 is 5 and LargeUtf8 20.
  const name = (id: number) => id === 24 ? "string_view" : id === 5 ? "UTF8" : `arrow ${id}`;
  return Object.fromEntries(fields.map((field) => [field.name, name(field.type.typeId)]));
}

function* parquetFiles(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* parquetFiles(`${folder}/${name}`);
    else if (name.endsWith(".parquet")) yield `${folder}/${name}`;
  }
}

const TEXTS = ["method", "guide", "metric", "condition", "arch_str", "source", "config_id"];

Deno.test("strings of every committed file are plain UTF-8, which all readers know", async () => {
  let files = 0;
  for (const path of parquetFiles("data")) {
    files++;
    for (const [column, type] of Object.entries(columnTypes(await Deno.readFile(path)))) {
      assert.equal(type === "UTF8", !/INT|DOUBLE/.test(type), `${path}: ${column} is ${type}`);
      if (TEXTS.includes(column)) assert.equal(type, "UTF8", `${path}: ${column}`);
    }
  }
  assert.ok(files > 100);
});

Deno.test("what Polars writes itself has string views: the check above would see them", () => {
  const frame = pl.DataFrame({ condition: ["hwt", "ptq"], accuracy_pct: [1.5, 2.5] });
  assert.equal(columnTypes(frame.writeParquet()).condition, "string_view");
});

Deno.test("hyparquet reads the table: 78,125 rows of hwt, the published double bit for bit", async () => {
  const file = buffer(await Deno.readFile(REFERENCE.path));
  const rows = await parquetReadObjects({ file, compressors });
  assert.equal(rows.length, 203_125);
  assert.equal(rows.filter(({ condition }) => condition === "hwt").length, 78_125);
  // The published package: query_metric((0,0,0,4,3,2), "analog_drift_86400") is 85.64 +- 0.69.
  const row = rows.find((r) =>
    r.cell_index === 117 && r.condition === "hwt" && r.t_inference_s === 86_400
  )!;
  assert.deepEqual([row.accuracy_pct, row.accuracy_sd_pct], [85.64, 0.69]);
  assert.equal(row.repeat ?? null, null);
});

Deno.test("a frame comes back with its types, nulls and doubles; other types are refused", async () => {
  const column = (name: string, values: unknown[], type: pl.DataType) =>
    pl.Series(name, values, pl.Float64).cast(type, true);
  const frame = pl.DataFrame([
    pl.Series("text", ["", null, "ü|~0|", "a".repeat(100)], pl.String),
    pl.Series("double", [null, 0.1 + 0.2, -0, 1e-300], pl.Float64),
    column("int32", [-1, null, 2 ** 31 - 1, 0], pl.Int32),
    column("int64", [null, 0, Number.MAX_SAFE_INTEGER, 7], pl.Int64),
    column("uint16", [65_535, 0, null, 1], pl.UInt16),
    column("uint32", [2 ** 32 - 1, null, 0, 1], pl.UInt32),
  ]);
  const read = pl.readParquet(Buffer.from(await parquetBytes(frame)));
  assert.deepEqual(read.dtypes.map(String), frame.dtypes.map(String));
  assert.deepEqual(read.toRecords(), frame.toRecords());
  const odd = pl.DataFrame([pl.Series("yes", [true, false])]);
  await assert.rejects(() => parquetBytes(odd), RangeError);
});
