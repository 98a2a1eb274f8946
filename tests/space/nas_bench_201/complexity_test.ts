import assert from "node:assert/strict";
import {
  cellAt,
  complexity,
  parseCell,
  PUBLISHED_SKELETON,
  tileSplit,
} from "../../../src/space/mod.ts";
import xautodl from "../../golden/network/complexity.json" with { type: "json" };
import aihwkit from "../../golden/space/tiles.json" with { type: "json" };
import golden from "../../golden/space/space.json" with { type: "json" };

Deno.test("parameters and MACs equal xautodl's, all 123 rows", () => {
  assert.equal(xautodl.rows.length, 123);
  for (const row of xautodl.rows) {
    const { parameters, macs } = complexity(cellAt(row.cell_index), PUBLISHED_SKELETON);
    assert.equal(parameters, row.parameters, row.arch_str);
    assert.equal(macs, Math.round(row.flops_million * 1e6), row.arch_str);
  }
});

Deno.test("crossbar tiles equal a walk over every layer", () => {
  for (const row of golden.cells) {
    for (const [name, tiles] of Object.entries(row.tiles)) {
      const [channels, cellsPerStage] = name.slice(1).split("N").map(Number);
      const size = complexity(cellAt(row.cell_index), { channels, cellsPerStage });
      assert.equal(size.tiles, tiles, `cell ${row.cell_index}, ${name}`);
    }
  }
});

Deno.test("crossbar tiles equal those that AIHWKit makes", () => {
  for (const { cell, tiles, ...skeleton } of aihwkit.rows) {
    assert.equal(complexity(parseCell(cell), skeleton).tiles, tiles, cell);
  }
});

Deno.test("a side longer than a crossbar is split near-equally", () => {
  // AIHWKit 1.1.0: 576 -> 288 + 288, 513 -> 257 + 256, 512 stays whole.
  assert.deepEqual(tileSplit(576), [288, 288]);
  assert.deepEqual(tileSplit(513), [257, 256]);
  assert.deepEqual(tileSplit(512), [512]);
  assert.deepEqual(tileSplit(1100), [367, 367, 366]);
});
