import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "../../../src/input_error.ts";
import {
  allCells,
  archStr,
  type Cell,
  CELL_COUNT,
  cellAt,
  cellIndex,
  cellText,
  isCell,
  neighbours,
  parseCell,
} from "../../../src/space/mod.ts";

const anyIndex = fc.integer({ min: 0, max: CELL_COUNT - 1 });

Deno.test("the two edge orders are told apart", () => {
  // DESIGN's golden pair: the tuple runs by source node, the string by target node.
  assert.equal(
    archStr([0, 0, 0, 4, 3, 2]),
    "|skip_connect~0|+|skip_connect~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_1x1~1|nor_conv_3x3~2|",
  );
  assert.equal(cellIndex([0, 0, 0, 4, 3, 2]), 117);
  assert.deepEqual(cellAt(9843), [3, 0, 3, 3, 3, 3]);
});

Deno.test("every notation of a cell reads back as the cell", () => {
  fc.assert(fc.property(anyIndex, (index) => {
    const cell = cellAt(index);
    assert.equal(cellIndex(cell), index);
    const texts = [cellText(cell), String(index), archStr(cell), cell.join(", ")];
    if (cell[0] !== 0) texts.push(cell.join(""));
    for (const text of texts) assert.deepEqual(parseCell(text), cell, text);
  }));
});

Deno.test("all strings of the space are different", () => {
  assert.equal(new Set(allCells().map(archStr)).size, 15_625);
});

Deno.test("text that is no cell is an error that names the nearest", () => {
  const faults: [string, RegExp][] = [
    ["(0,0,0,4,3,5)", /edge 5 has operation 5.*nearest cell is \(0,0,0,4,3,4\)/],
    ["(0,0,-1,4,3,1)", /edge 2.*\(0,0,0,4,3,1\)/],
    ["(0,0,0)", /names 3 operations; a cell has 6/],
    ["15625", /nearest is 15624, \(4,4,4,4,4,4\)/],
    [
      "|skip_conect~0|+|none~0|none~1|+|none~0|none~1|none~2|",
      /"skip_conect".*nearest cell is \|skip_connect~0\|.*\(0,1,1,1,1,1\)/,
    ],
    ["|none~0|+|none~0|none~1|+|none~0|none~1|", /from node 2 to node 3 is missing/],
    ["conv", /not a cell/],
    [
      "000123",
      /could be the cell \(0,0,0,1,2,3\), or the index 123\. Write "\(0,0,0,1,2,3\)" or 123/,
    ],
    ["000000", /could be the cell \(0,0,0,0,0,0\), or the index 0/],
    ["007611", /or the index 7611\. Write 7611 for the index/],
    ["0123", /six digits, one missing, or the index 123/],
    ["", /not a cell/],
  ];
  for (const [text, message] of faults) {
    assert.throws(() => parseCell(text), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, message);
      return true;
    });
  }
  assert.throws(() => cellAt(15_625), { name: "InputError" });
  assert.ok(!isCell([0, 0, 0, 4, 3, 5]) && !isCell([0, 0, 0, 4, 3]) && isCell([0, 0, 0, 4, 3, 4]));
});

Deno.test("a malformed string is refused by its fault, never repaired into another cell", () => {
  const faults: [string, RegExp][] = [
    ["|none~0|none~0|+|none~0|none~1|+|none~0|none~1|none~2|", /edge 0-1 is given twice/],
    ["|none~0|+|none~0|none~0|+|none~0|none~1|none~2|", /edge 0-2 is given twice/],
    [
      "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|nor_conv_3x3~2|",
      /edge 2-3 is given twice/,
    ],
    ["|none~0|+|none~1|+|none~0|none~1|none~2|", /edge from node 0 to node 2 is missing/],
    ["|none~1|+|none~0|none~1|+|none~0|none~1|none~2|", /node 1 does not lead to node 1/],
    ["|none~0|+|none~0|none~1|+|none~0|none~1|none~3|", /node 3 does not lead to node 3/],
    ["|none~0|+|none~1|none~0|+|none~0|none~1|none~2|", /node 2 are not in the order/],
    ["|none~0|+|none~0|none~1|", /2 groups joined by "\+" instead of 3/],
    ["|none~0|none~0|none~1|none~0|none~1|none~2|", /1 groups joined/],
    ["none~0+|none~0|none~1|+|none~0|none~1|none~2|", /node 1 stand between bars/],
    ["|none~0|+|none~0||none~1|+|none~0|none~1|none~2|", /"" is not an operation and its source/],
    ["|none-0|+|none~0|none~1|+|none~0|none~1|none~2|", /"none-0" is not an operation and its/],
    ["|none~0|+|none~0,none~1|+|none~0|none~1|none~2|", /"none~0,none~1" is not an operation/],
  ];
  for (const [text, message] of faults) {
    assert.throws(() => parseCell(text), { name: "InputError", message }, text);
  }
});

Deno.test("a cell has 24 neighbours, each one edge away, and is a neighbour of theirs", () => {
  fc.assert(fc.property(anyIndex, (index) => {
    const cell = cellAt(index), near = neighbours(cell);
    assert.equal(new Set(near.map(cellIndex)).size, 24);
    for (const other of near) {
      assert.equal(other.filter((operation, edge) => operation !== cell[edge]).length, 1);
    }
    const back = neighbours(near[0] as Cell).map(cellIndex);
    assert.ok(back.includes(index));
  }));
});
