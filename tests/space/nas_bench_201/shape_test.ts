import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  allCells,
  archStr,
  CONV_3X3,
  depth,
  inDegrees,
  isConnected,
  operationCount,
  outDegrees,
  pathCount,
  paths,
  width,
} from "../../../src/space/mod.ts";
import golden from "../../golden/space/space.json" with { type: "json" };

const sha256 = (lines: readonly string[]) =>
  createHash("sha256").update(lines.join("\n")).digest("hex");

Deno.test("shape of all 15,625 cells equals the second implementation's", () => {
  const list = (numbers: readonly number[]) => `[${numbers.join(",")}]`;
  const lines = allCells().map((c) =>
    `${depth(c)} ${width(c)} ${pathCount(c)} ${list(inDegrees(c))} ${list(outDegrees(c))}`
  );
  for (const row of golden.cells) {
    const { depth, width, paths } = row;
    const expected = `${depth} ${width} ${paths} ${list(row.in)} ${list(row.out)}`;
    assert.equal(lines[row.cell_index], expected, `cell ${row.cell_index}`);
  }
  assert.equal(sha256(lines), golden.shape_digest);
  assert.equal(sha256(allCells().map(archStr)), golden.arch_str_digest);
});

Deno.test("341 cells do not connect input to output", () => {
  assert.equal(allCells().filter((cell) => !isConnected(cell)).length, 341);
});

Deno.test("only live edges count", () => {
  // 0-1 and 1-2 carry convolutions, yet nothing leaves node 2: one live path, the skip 0-3.
  assert.deepEqual(paths([2, 1, 0, 2, 1, 1]), [[2]]);
  assert.deepEqual(outDegrees([2, 1, 0, 2, 1, 1]), [1, 0, 0, 0]);
  assert.equal(depth([2, 1, 0, 2, 1, 1]), 0);
  assert.equal(operationCount([2, 1, 0, 2, 1, 1], CONV_3X3), 2);
});
