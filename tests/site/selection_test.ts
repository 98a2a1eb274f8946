/** Choosing cells in the page against the query of the table. */
import assert from "node:assert/strict";
import { FUNCTIONS, openStudy } from "@/analyse/mod.ts";
import { columnsOf, csvOf, openPack, select } from "@/explorer/mod.ts";
import { packOf } from "@/site/mod.ts";
import { bestCells } from "@/table/mod.ts";

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

Deno.test("CSV has the numbers unrounded", () => {
  const [head, line] = csvOf([7611], [column("qat")]).split("\n");
  assert.equal(head, "cell,cell_index,qat");
  assert.equal(line, `"220421",7611,${study.benchmark.accuracy("qat")[7611]}`);
});
