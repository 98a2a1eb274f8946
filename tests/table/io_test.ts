import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import pl from "nodejs-polars";
import { InputError } from "../../src/input_error.ts";
import { archStr, CELL_COUNT, cellAt } from "../../src/space/mod.ts";
import {
  bestCells,
  cellFrame,
  CONDITIONS,
  DIGITAL_CONDITIONS,
  frameRows,
  loadReference,
  metricText,
  PUBLISHED_METRICS,
  queryAccuracy,
  queryCell,
  readFrame,
  readRows,
  REFERENCE,
  type Row,
  rowsFrame,
  writeFrame,
  writeRows,
} from "../../src/table/mod.ts";

const folder = await Deno.makeTempDir();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** A good row of cell `index`. */
const row = (index: number, changed: Partial<Row> = {}): Row => ({
  space: "nas_bench_201",
  arch_str: archStr(cellAt(index)),
  cell_index: index,
  condition: "hwt",
  t_inference_s: 60,
  repeat: null,
  seed: 1,
  protocol: "corrected",
  ...(DIGITAL_CONDITIONS.includes(changed.condition ?? "hwt")
    ? { simulator: null, device: null }
    : { simulator: "aihwkit", device: "pcm" }),
  source: "test",
  config_id: "abc",
  accuracy_pct: 50.5,
  accuracy_sd_pct: null,
  repeats: 3,
  repeat_varies: "read_and_output_noise+programming",
  ...changed,
  metric: changed.metric ??
    metricText(
      changed.condition ?? "hwt",
      changed.t_inference_s === undefined ? 60 : changed.t_inference_s,
    ),
});

/** Writes a frame as it is, good or not, and reads it back. */
async function readBack(frame: pl.DataFrame): Promise<unknown> {
  const path = join(folder, `${crypto.randomUUID()}.parquet`);
  frame.writeParquet(path);
  return await readFrame(path);
}

const rejects = (work: () => Promise<unknown>, message: RegExp) =>
  assert.rejects(work, (error) => {
    assert.ok(error instanceof InputError, String(error));
    assert.match(error.message, message);
    return true;
  });

const anyRow = fc.record({
  index: fc.integer({ min: 0, max: CELL_COUNT - 1 }),
  condition: fc.constantFrom(...CONDITIONS),
  t_inference_s: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
  repeat: fc.option(fc.integer({ min: 0, max: 1000 })),
  seed: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  accuracy_pct: fc.double({ min: 0, max: 100, noNaN: true }),
  accuracy_sd_pct: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
}).map(({ index, ...changed }) => row(index, { ...changed, source: "property" }));

Deno.test("rows come back as they were written, doubles and nulls alike", async () => {
  const key = (r: Row) => [r.cell_index, r.condition, r.t_inference_s, r.repeat, r.seed].join();
  const rows = fc.uniqueArray(anyRow, { selector: key, minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(rows, async (written) => {
      const path = join(folder, "round_trip.parquet");
      await writeRows(path, written);
      const read = await readRows(path);
      assert.deepEqual(read, written);
    }),
    { numRuns: 40 },
  );
});

Deno.test("the same rows give the same bytes", async () => {
  const [a, b] = [join(folder, "a.parquet"), join(folder, "b.parquet")];
  await writeRows(a, [row(1), row(2)]);
  await writeRows(b, [row(1), row(2)]);
  assert.deepEqual(await Deno.readFile(a), await Deno.readFile(b));
});

Deno.test("a value out of range is an error that names the file and the row", async () => {
  const faults: [Partial<Row>, RegExp][] = [
    [{ accuracy_pct: 100.5 }, /row 1 has accuracy_pct 100.5; it must be from 0 to 100/],
    [{ accuracy_pct: NaN }, /row 1 has accuracy_pct NaN/],
    [{ accuracy_sd_pct: -1 }, /row 1 has accuracy_sd_pct -1/],
    [{ t_inference_s: -1 }, /row 1 has t_inference_s -1; it must be null or at least 0 seconds/],
    [{ condition: "Analog!" }, /row 1 has condition Analog!; it must be lower case letters/],
    [{ space: "" }, /row 1 has space ; it must be lower case letters/],
    [{ space: "resnet" }, /row 1 has cell_index 7; it must be .* null in other spaces/],
    [
      { cell_index: null },
      /row 1 has cell_index null; it must be from 0 to 15624 in nas_bench_201/,
    ],
    [{ metric: "hwt@1h" }, /row 1 has metric hwt@1h, but condition and time are those of hwt@60s/],
    [{ simulator: null, device: null }, /row 1 has simulator null; .* a name for noisy, hwt/],
    [
      { condition: "ptq", simulator: "aihwkit" },
      /row 1 has simulator aihwkit; it must be null for/,
    ],
    [{ device: null }, /row 1 has device null; it must be a name where there is a simulator/],
    [
      { repeat_varies: "programming+read_and_output_noise" },
      /row 1 has repeat_varies programming+/,
    ],
    [{ protocol: "other" as "corrected" }, /row 1 has protocol other/],
    [{ repeat_varies: "all" as "none" }, /row 1 has repeat_varies all/],
    [{ cell_index: 15_625 }, /row 1 has cell_index 15625; it must be from 0 to 15624 in/],
    [{ repeats: 0 }, /row 1 has repeats 0/],
    [{ source: "" }, /row 1 has source ; it must be not empty/],
    [{ arch_str: archStr(cellAt(8)) }, /row 1 has arch_str .*, but cell 7 is \|/],
    [{ cell_index: 6, arch_str: archStr(cellAt(6)) }, /rows 0 and 1 have the same key/],
  ];
  for (const [changed, message] of faults) {
    const rows = [row(6), row(7, changed)];
    await rejects(() => readBack(rowsFrame(rows)), message);
    await rejects(() => readBack(rowsFrame(rows)), /\.parquet: /);
    const path = join(folder, "never.parquet");
    await rejects(() => writeRows(path, rows), message);
    await assert.rejects(() => Deno.stat(path), Deno.errors.NotFound);
  }
});

Deno.test("a missing, unknown or mistyped column is an error that names it", async () => {
  const frame = rowsFrame([row(6), row(7)]);
  await rejects(() => readBack(frame.drop("seed", "repeats")), /column seed, repeats is missing/);
  await rejects(() => readBack(frame.withColumn(pl.lit(1).alias("lr"))), /unknown column lr/);
  const text = frame.withColumn(pl.col("seed").cast(pl.String));
  assert.deepEqual(frameRows(await readBack(text) as pl.DataFrame), [row(6), row(7)]);
  const holes = frame.withColumn(pl.col("accuracy_pct").mul(pl.lit(null)).cast(pl.Float64));
  await rejects(() => readBack(holes), /row 0 has no accuracy_pct/);
});

Deno.test("a truncated or altered file is an error, whichever way it is read", async () => {
  const bytes = await Deno.readFile(REFERENCE.path);
  const write = async (name: string, data: Uint8Array) => {
    await Deno.writeFile(join(folder, name), data);
    return join(folder, name);
  };
  const cut = await write("cut.parquet", bytes.subarray(0, 500_000));
  await rejects(() => loadReference(cut), /cut\.parquet is no whole Parquet file/);
  await rejects(() => readFrame(cut), /is no whole Parquet file/);
  const empty = await write("empty.parquet", new Uint8Array());
  await rejects(() => readFrame(empty), /is no whole Parquet file/);
  await rejects(() => readFrame(join(folder, "none.parquet")), /there is no such file/);
});

Deno.test("a benchmark needs each of its metrics for every cell once, whichever these are", async () => {
  const { frame } = await loadReference();
  const published = await loadReference();
  const load = async (name: string, changed: pl.DataFrame) => {
    const path = join(folder, name);
    await writeFrame(path, changed);
    return await loadReference(path);
  };
  const some = frame.filter(pl.col("metric").isIn(["noisy@1h", "hwt@1d", "baseline"]));
  const three = await load("three.parquet", some.sort("accuracy_pct"));
  assert.deepEqual(three.metrics, ["baseline", "noisy@1h", "hwt@1d"]);
  assert.deepEqual(three.accuracy("hwt@1d"), published.accuracy("hwt@1d"));
  assert.deepEqual(three.sd("noisy@1h"), published.sd("noisy@1h"));
  assert.equal(three.sd("baseline"), null);
  assert.throws(() => three.accuracy("hwt@30d"), {
    name: "InputError",
    message:
      /three\.parquet holds no "hwt@30d"\. The nearest is hwt@1d\. .*baseline, noisy@1h, hwt@1d/,
  });
  const first = some.filter(pl.col("metric").eq(pl.lit("baseline")));
  await rejects(
    () => load("hole.parquet", first.slice(1, CELL_COUNT - 1)),
    /baseline of cell 0 is missing/,
  );
  const twice = first.vstack(
    rowsFrame([row(3, { condition: "baseline", t_inference_s: null, simulator: null })]),
  );
  await rejects(() => load("twice.parquet", twice), /row 15625 is another baseline of cell 3/);
  const time = first.vstack(rowsFrame([row(3, { t_inference_s: 7 })]));
  await rejects(() => load("time.parquet", time), /hwt@7s of cell 0 is missing/);
});

Deno.test("a made-up condition and a new time reach frame, report and best cells", async () => {
  const { frame } = await loadReference();
  const made = (condition: string, t_inference_s: number, value: (i: number) => number) =>
    rowsFrame(
      Array.from({ length: CELL_COUNT }, (_, i) =>
        row(i, {
          condition,
          t_inference_s,
          accuracy_pct: value(i),
          accuracy_sd_pct: i / CELL_COUNT,
        })),
    );
  const path = join(folder, "open.parquet");
  const year = made("hwt", 31_536_000, (i) => i / 200);
  const pruned = made("pruned_4bit", 27, (i) => 80 - i / 200);
  await writeFrame(path, frame.vstack(year).vstack(pruned));
  const open = await loadReference(path);
  assert.deepEqual(open.metrics, [...PUBLISHED_METRICS, "hwt@1y", "pruned_4bit@27s"]);
  const wide = cellFrame(open);
  assert.equal(wide.getColumn("hwt@1y").get(400), 2);
  assert.equal(wide.getColumn("pruned_4bit@27s_sd").get(15_624), 15_624 / CELL_COUNT);
  assert.equal(queryAccuracy(open, 400, "HWT@365d"), 2);
  assert.equal(queryCell(open, 400).accuracy_pct["pruned_4bit@27s"], 78);
  assert.equal(bestCells(open, "pruned_4bit@27", { top: 1 })[0].cell_index, 0);
  assert.deepEqual(open.accuracy("noisy"), (await loadReference()).accuracy("noisy"));
});

Deno.test("a place that cannot be written is an error, and nothing is left behind", async () => {
  const file = join(folder, "a_file");
  await Deno.writeTextFile(file, "");
  await rejects(() => writeRows(join(file, "x.parquet"), [row(1)]), /Cannot write .*x\.parquet/);
  const leftovers = [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".part"));
  assert.deepEqual(leftovers, []);
});
