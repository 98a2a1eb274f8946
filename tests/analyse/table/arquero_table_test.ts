import assert from "node:assert/strict";
import * as aq from "arquero";
import { arqueroTable, FEATURES } from "@/analyse/mod.ts";
import { loadReference, METRICS } from "@/table/mod.ts";
import { GOLDEN } from "../golden.ts";

const table = arqueroTable(await loadReference());

Deno.test("a row per cell, a column per metric and feature", () => {
  assert.equal(table.numRows(), 15625);
  for (const name of [...METRICS, ...FEATURES]) assert.ok(table.columnNames().includes(name), name);
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
