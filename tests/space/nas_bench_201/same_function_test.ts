import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  allCells,
  type Cell,
  expressionClasses,
  functionClasses,
  isConnected,
  isomorphismClasses,
  sameExpression,
  sameFunction,
} from "../../../src/space/mod.ts";
import golden from "../../golden/space/functions.json" with { type: "json" };

const functions = functionClasses(), expressions = expressionClasses();
const published = isomorphismClasses();
const connected = allCells().flatMap((cell, i) => isConnected(cell) ? [i] : []);

for (
  const [name, labels, expected] of [
    ["same function", functions, golden.same_function],
    ["same expression", expressions, golden.same_expression],
  ] as const
) {
  Deno.test(`${name}: classes equal the second derivation's, cell by cell`, () => {
    assert.equal(new Set(labels).size, expected.all);
    const sizes = [...Map.groupBy(connected, (i) => labels[i]).values()].map((c) => c.length);
    const copied = sizes.filter((size) => size > 1);
    assert.equal(sizes.length, expected.connected);
    assert.equal(copied.length, expected.with_copies);
    assert.equal(copied.reduce((a, b) => a + b), expected.cells_in_them);
    assert.equal(Math.max(...sizes), expected.largest);
    assert.equal(createHash("sha256").update([...labels].join(",")).digest("hex"), expected.digest);
  });
}

Deno.test("a sample of cells has the labels of the second derivation", () => {
  for (const { cell_index, tuple, ...label } of golden.sample) {
    assert.deepEqual([...allCells()[cell_index]], tuple);
    assert.deepEqual(label, {
      function: functions[cell_index],
      expression: expressions[cell_index],
    });
  }
});

Deno.test("normal forms worked out by hand", () => {
  const text = (...cell: Cell) => sameFunction(cell).text;
  assert.equal(text(1, 1, 1, 1, 1, 1), "0");
  assert.equal(text(0, 1, 1, 1, 4, 1), "avg_pool_3x3(x)");
  assert.equal(text(0, 0, 0, 0, 0, 0), "x + x + x + x");
  // one convolution used twice, and two separate ones
  assert.equal(text(2, 1, 1, 0, 0, 0), "nor_conv_3x3#0(x) + nor_conv_3x3#0(x)");
  assert.equal(text(2, 1, 2, 1, 0, 1), "nor_conv_3x3#0(x) + nor_conv_3x3#1(x)");
  // a convolution of nothing is an offset, whatever its kernel; pooling nothing is nothing
  assert.equal(text(1, 1, 0, 1, 2, 1), "offset#0 + x");
  assert.equal(text(1, 1, 0, 1, 3, 1), "offset#0 + x");
  assert.equal(text(1, 1, 0, 1, 4, 1), "x");
  // what does not reach the output is dead
  assert.equal(text(2, 3, 0, 2, 1, 1), "x");
});

Deno.test("the edges say whose weights a number has", () => {
  // |3x3 on (0,1)|, |1x1 on (1,3)| around it
  assert.deepEqual(sameFunction([2, 1, 1, 1, 3, 1]), {
    text: "nor_conv_1x1#0(nor_conv_3x3#1(x))",
    convolutions: [4, 0],
  });
});

Deno.test("an expression drops numbers, offsets and what only offsets feed", () => {
  assert.equal(sameExpression([2, 1, 1, 0, 0, 0]), sameExpression([2, 1, 2, 1, 0, 1]));
  assert.equal(sameExpression([1, 1, 0, 1, 2, 1]), "x");
  assert.equal(sameExpression([1, 1, 0, 2, 1, 3]), "x");
});

Deno.test("cells of one function are of one expression", () => {
  const expressionOf = new Map<number, number>();
  functions.forEach((label, i) => {
    const known = expressionOf.get(label) ?? expressions[i];
    assert.equal(expressions[i], known);
    expressionOf.set(label, known);
  });
});

Deno.test("the published rule splits functions and joins others, as often as in the second derivation", () => {
  const split = (labels: Int32Array, others: Int32Array) =>
    [...Map.groupBy(connected, (i) => labels[i]).values()]
      .filter((cells) => new Set(cells.map((i) => others[i])).size > 1).length;
  assert.deepEqual({
    functions_split: split(functions, published),
    expressions_split: split(expressions, published),
    strings_of_several_functions: split(published, functions),
  }, golden.published_rule);
});
