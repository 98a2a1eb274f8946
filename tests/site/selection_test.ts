/** Choosing cells in the page against the query of the table. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import pl from "nodejs-polars";
import { FUNCTIONS, openStudy } from "@/analyse/mod.ts";
import { groupsOf, legend } from "@/explorer/colouring.ts";
import { sorted, writerOf } from "@/explorer/list.ts";
import { columnsOf, csvOf, openPack, select } from "@/explorer/mod.ts";
import { parquetOf } from "@/explorer/parquet.ts";
import { packOf } from "@/site/mod.ts";
import { bestCells, queryCell } from "@/table/mod.ts";

const study = await openStudy(), data = openPack(packOf(study)), columns = columnsOf(data);
const column = (name: string) => columns.find((c) => c.name === name)!;
const BOUNDS = [
  { column: column("baseline"), low: 92, high: Infinity },
  { column: column("parameters"), low: -Infinity, high: 500_000 },
];

Deno.test("the chosen cells are those of the query, in its order", () => {
  const asked = bestCells(study.benchmark, "hwt@1d", {
    top: 15_625,
    maxParameters: 500_000,
    atLeast: { baseline: 92 },
  });
  assert.ok(asked.length > 100);
  assert.deepEqual(select(data, "hwt@1d", BOUNDS, false), asked.map((r) => r.cell_index));
});

Deno.test("both ends of a bound belong to it", () => {
  const { tiles } = study.features, at = tiles[7611];
  const same = select(data, "hwt@1d", [{ column: column("tiles"), low: at, high: at }], false);
  assert.ok(same.length > 0);
  assert.deepEqual(
    same.toSorted((a, b) => a - b),
    [...tiles.keys()].filter((i) => tiles[i] === at),
  );
});

Deno.test("one per function is the best of each function within the bounds", () => {
  const all = select(data, "hwt@1d", BOUNDS, false), some = select(data, "hwt@1d", BOUNDS, true);
  const first = [...Map.groupBy(all, (i) => FUNCTIONS[i]).values()].map(([best]) => best);
  assert.ok(some.length < all.length);
  assert.deepEqual(some, first);
});

Deno.test("columns are the study's, linear paths and differences too", () => {
  const { features } = study;
  for (const name of ["parameters", "macs", "tiles", "linear_paths"] as const) {
    assert.deepEqual(column(name).values, features[name], name);
  }
  assert.deepEqual(column("drift_drop.hwt").values, study.outcome("drift_drop.hwt"));
  assert.deepEqual(column("hwt_gap@1d").values, study.outcome("hwt_gap@1d"));
});

Deno.test("energy is the model's of the published network, as the query tells it", () => {
  for (const index of [0, 7611, 15_624]) {
    const { energy_uJ, latency_us, area_mm2 } = queryCell(study.benchmark, index);
    assert.deepEqual(
      ["energy_uJ", "latency_us", "area_mm2"].map((name) => column(name).values[index]),
      [energy_uJ, latency_us, area_mm2],
    );
    assert.match(column("energy_uJ").label, /model/);
  }
});

Deno.test("CSV has the numbers unrounded", () => {
  const [head, line] = csvOf([7611], [column("qat")]).split("\n");
  assert.equal(head, "cell,cell_index,qat");
  assert.equal(line, `"220421",7611,${study.benchmark.accuracy("qat")[7611]}`);
});

Deno.test("Parquet of the page gives Polars the names and the doubles", () => {
  const cells = [7611, 0, 15_624], names = ["qat", "drift_drop.hwt", "tiles"];
  const bytes = parquetOf(cells, names.map(column));
  const frame = pl.readParquet(Buffer.from(bytes));
  assert.deepEqual(frame.columns, ["cell", "cell_index", ...names]);
  assert.deepEqual(frame.getColumn("cell").toArray(), [
    "(2,2,0,4,2,1)",
    "(0,0,0,0,0,0)",
    "(4,4,4,4,4,4)",
  ]);
  assert.deepEqual(frame.getColumn("cell_index").toArray(), cells);
  const drop = study.outcome("drift_drop.hwt");
  assert.deepEqual(frame.getColumn("drift_drop.hwt").toArray(), cells.map((i) => drop[i]));
});

Deno.test("a list is sorted either way, ties by cell_index", () => {
  const by = { ...column("tiles"), values: Float64Array.of(3, 1, 3, 2) };
  assert.deepEqual(sorted([3, 2, 1, 0], { column: by, descending: true }), [0, 2, 3, 1]);
  assert.deepEqual(sorted([3, 2, 1, 0], { column: by, descending: false }), [1, 3, 0, 2]);
});

Deno.test("a column writes all its numbers alike: 90 % with decimals among others that have some", () => {
  const percent = writerOf({ ...column("hwt@30d"), values: Float64Array.of(90, 89.5) });
  assert.deepEqual([percent(0), percent(1)], ["90.00", "89.50"]);
  assert.equal(writerOf(column("parameters"))(7611), "802,426");
  assert.equal(writerOf(column("edge2"))(7611), "skip");
});

Deno.test("colours have words, and the legend counts what is chosen", () => {
  // each of five operations stands on an edge in a fifth of all cells
  assert.deepEqual(groupsOf(column("edge3")).map(({ label }) => label), [
    "skip",
    "none",
    "conv 3×3",
    "conv 1×1",
    "avg pool 3×3",
  ]);
  const all = Array.from({ length: 15_625 }, (_, i) => i);
  const markup = legend(column("edge3"), all, column("hwt@1d"));
  assert.equal(markup.match(/<td>3,125<\/td>/g)?.length, 5);
  // binomial(6, k) 4^(6 - k)
  const counts = legend(column("number_of_none"), all, column("hwt@1d"));
  assert.deepEqual([...counts.matchAll(/<td>([\d,]+)<\/td><td>/g)].map(([, n]) => n), [
    ...["4,096", "6,144", "3,840", "1,280", "240", "24", "1"],
  ]);
});
