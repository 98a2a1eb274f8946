import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  allCells,
  cellAtNasBench201Index,
  cellIndex,
  nasBench201Index,
  parseCell,
} from "@/space/mod.ts";
import golden from "../../golden/space/nas_bench_201_index.json" with { type: "json" };

Deno.test("NAS-Bench-201's own index of every cell, as Python's random shuffles its authors' list", () => {
  const indices = Uint16Array.from(allCells(), nasBench201Index);
  const digest = createHash("sha256").update(new Uint8Array(indices.buffer)).digest("hex");
  assert.equal(digest, golden.digest);
  for (const { index, arch_str } of golden.asserted) {
    assert.equal(nasBench201Index(parseCell(arch_str)), index);
    assert.deepEqual(cellAtNasBench201Index(index), parseCell(arch_str));
  }
});

Deno.test("it is another number than cell_index, and leads back to the cell", () => {
  const cells = allCells();
  assert.ok(cells.filter((cell) => nasBench201Index(cell) === cellIndex(cell)).length < 10);
  for (const cell of cells) {
    assert.deepEqual(cellAtNasBench201Index(nasBench201Index(cell)), cell);
  }
  for (const bad of [-1, 15_625, 0.5]) {
    assert.throws(() => cellAtNasBench201Index(bad), { name: "InputError" });
  }
});
