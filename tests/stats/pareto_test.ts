import assert from "node:assert/strict";
import fc from "fast-check";
import { paretoFront } from "@/stats/pareto.ts";

Deno.test("the front holds exactly the cells that none dominates, one of equals", () => {
  const points = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
    {
      minLength: 1,
      maxLength: 40,
    },
  );
  fc.assert(fc.property(points, (list) => {
    const front = paretoFront(
      list.map(([cost]) => cost),
      list.map(([, value]) => value),
      Int32Array.from(list.keys()),
    );
    const expected = list.flatMap(([c, v], i) =>
      list.some(([c2, v2], j) => c2 <= c && v2 >= v && (c2 < c || v2 > v || j < i) && j !== i)
        ? []
        : [i]
    ).sort((a, b) => list[a][0] - list[b][0]);
    assert.deepEqual([...front], expected);
  }));
});

Deno.test("only candidates are on the front", () => {
  assert.deepEqual([...paretoFront([1, 2, 3], [1, 9, 5], Int32Array.of(0, 2))], [0, 2]);
});
