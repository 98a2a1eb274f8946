import assert from "node:assert/strict";
import * as aq from "arquero";
import pl from "nodejs-polars";
import { FEATURES, openStudy } from "@/analyse/mod.ts";
import { PUBLISHED_METRICS } from "@/table/mod.ts";
import { GOLDEN } from "../golden.ts";

const { cells } = await openStudy();
const table = cells.arquero();

Deno.test("a row per cell, a column per metric and feature", () => {
  assert.equal(table.numRows(), 15625);
  for (const name of [...PUBLISHED_METRICS, ...FEATURES]) {
    assert.ok(table.columnNames().includes(name), name);
  }
});

Deno.test("the best cell at one day is numpy's", () => {
  const best = table.orderby(aq.desc("hwt@1d")).object(0) as Record<string, unknown>;
  assert.equal(best.cell, GOLDEN["best.hwt@1d.cell"]);
  assert.equal(best["hwt@1d"], GOLDEN["best.hwt@1d"]);
  assert.equal(
    best.arch_str,
    "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|none~2|",
  );
});

Deno.test("means by group come out of Arquero as numpy has them", () => {
  const [row] = table.filter("d => d.connected").rollup({ mean: "d => op.mean(d.hwt)" })
    .objects() as { mean: number }[];
  assert.ok(Math.abs(row.mean - (GOLDEN["mean.hwt"] as number)) < 1e-9);
});

Deno.test("narrowed, sorted and counted as Polars does it", () => {
  const good = cells.where((c) => c.connected && c.baseline > 90 && c.edge0 === "nor_conv_3x3");
  const frame = cells.polars();
  const same = frame.filter(
    pl.col("connected").and(pl.col("baseline").gt(90)).and(
      pl.col("edge0").eq(pl.lit("nor_conv_3x3")),
    ),
  );
  assert.equal(good.length, same.height);
  const sorted = same.sort("hwt@1d", true);
  assert.deepEqual(
    good.sorted("hwt@1d").first(5).column("hwt@1d"),
    Float64Array.from(sorted.getColumn("hwt@1d").toArray().slice(0, 5) as number[]),
  );
  const rising = good.sorted("parameters", "rising").column("parameters") as Float64Array;
  assert.ok(rising.every((value, k) => k === 0 || value >= rising[k - 1]));
  assert.deepEqual(good.first(1).rows("cell_index", "cell"), [
    { cell_index: good.indices[0], cell: cells.column("cell")[good.indices[0]] as string },
  ]);
});

Deno.test("a sample holds different cells, the same for the same seed", () => {
  const drawn = cells.sample(200, 3).indices;
  assert.equal(new Set(drawn).size, 200);
  assert.deepEqual(cells.sample(200, 3).indices, drawn);
  assert.notDeepEqual(cells.sample(200, 4).indices, drawn);
});

Deno.test("an unknown column names the nearest", () => {
  assert.throws(() => cells.sorted("hwt@1dd"), /no column "hwt@1dd"\. Did you mean "hwt@1d"\?/);
  assert.throws(() => cells.rows("depht"), /Did you mean "depth"\?/);
});

/** A CSV file of the given lines, joined to all cells. */
async function join(...lines: string[]) {
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    await Deno.writeTextFile(path, lines.join("\n") + "\n");
    return await cells.join(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("a CSV joins its cells, in the order of the cells, with numbers as numbers", async () => {
  const joined = await join("cell,energy,note", '"(2,2,0,4,2,1)",1.5,b', '"(0,0,0,0,0,0)",,a');
  assert.deepEqual(joined.rows("cell", "energy", "note"), [
    { cell: "(0,0,0,0,0,0)", energy: null, note: "a" },
    { cell: "(2,2,0,4,2,1)", energy: 1.5, note: "b" },
  ]);
  assert.equal(joined.polars().height, 2);
  assert.equal(joined.arquero().get("energy", 1), 1.5);
  assert.equal(joined.where((c) => c.energy !== null).length, 1);
  const few = cells.where((c) => c.cell_index < 10);
  const path = await Deno.makeTempFile();
  await Deno.writeTextFile(path, "cell_index,x\n15624,1\n3,2\n");
  assert.deepEqual((await few.join(path)).indices, Int32Array.of(3));
  await Deno.remove(path);
});

Deno.test("a faulty CSV is one message with its line", async () => {
  await assert.rejects(join("cell,x", '"(0,0,0,0,0,9)",1'), /line 2.*9/s);
  await assert.rejects(join("cell_index,x", "1,2", "1,3"), /line 3 names the cell 1 again.*line 2/);
  await assert.rejects(join("name,x", "a,2"), /line 1 has the columns name, x; one of cell_index/);
  await assert.rejects(
    join("cell_index,x", '1,"2,5"'),
    /line 2 has x = "2,5", with a decimal comma/,
  );
  await assert.rejects(join("cell_index,depth", "1,2"), /column "depth", which cells have already/);
  await assert.rejects(
    join("cell_index,x", "3,1", "1,2,5"),
    /line 3 has 3 fields, the header 2\. A decimal/,
  );
  await assert.rejects(
    join("cell_index,x,y", "3,1,2", "", "1,2"),
    /line 4 has 2 fields, the header 3/,
  );
  await assert.rejects(join("cell,x", "(2,2,0,4,2,1),5"), /line 2 has 7 fields.*wants quotes/);
  await assert.rejects(join("cell_index,x", '1,"two\nlines"', "2,3,4"), /line 4 has 3 fields/);
  await assert.rejects(join("cell_index,x,x", "1,2,3"), /line 1: the column x is there twice/);
  await assert.rejects(join('cell_index,x,"x"', "1,2,3"), /line 1: the column x is there twice/);
  await join('cell_index,"x, first","x, second"', "1,2,3");
  await assert.rejects(
    join("cell_index,x", '1,"-1.234,5"'),
    /with a decimal comma\. Write -1234\.5/,
  );
  await assert.rejects(cells.join("no_such.csv"), /no_such\.csv/);
});
