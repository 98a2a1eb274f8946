import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import {
  allCells,
  canonicalString,
  type Cell,
  CELL_COUNT,
  cellAt,
  depth,
  isomorphismClasses,
  pathCount,
  width,
} from "../../../src/space/mod.ts";
import golden from "../../golden/space/space.json" with { type: "json" };

const digest = (numbers: Iterable<number>) =>
  createHash("sha256").update([...numbers].join(",")).digest("hex");

Deno.test("classes equal the second implementation's, cell by cell", () => {
  const merged = isomorphismClasses(), fine = isomorphismClasses("skip");
  assert.equal(new Set(merged).size, 6_466);
  assert.equal(new Set(fine).size, 12_751);
  assert.equal(digest(merged), golden.class_digest.skip_and_none);
  assert.equal(digest(fine), golden.class_digest.skip);
});

Deno.test("a dead input is '#', and a sum of dead inputs stays a sum", () => {
  // Worked out by hand from the rule.
  const text = (...cell: Cell) => canonicalString(cell, "skip_and_none");
  assert.equal(text(1, 1, 1, 1, 1, 1), "#+#+#");
  assert.equal(text(1, 1, 1, 1, 1, 2), "#+#+(#+#)@nor_conv_3x3");
  assert.equal(text(2, 1, 1, 1, 0, 1), "#+#+(0)@nor_conv_3x3");
  assert.equal(text(1, 1, 3, 1, 0, 0), "#+#+#+(0)@nor_conv_1x1");
  assert.equal(
    canonicalString([0, 1, 1, 3, 0, 1], "skip"),
    "((0)@none+(0)@nor_conv_1x1)@none+(0)@none+0",
  );
});

const operation = fc.integer({ min: 0, max: 4 });

Deno.test("a node 1 that only copies the input may change places with it", () => {
  fc.assert(
    fc.property(
      fc.tuple(operation, operation, operation, operation, operation),
      ([b, c, d, e, f]) => {
        const cell = [0, b, c, d, e, f] as unknown as Cell;
        const swapped = [0, d, e, b, c, f] as unknown as Cell;
        assert.equal(
          canonicalString(cell, "skip_and_none"),
          canonicalString(swapped, "skip_and_none"),
        );
      },
    ),
  );
});

Deno.test("cells of one class compute one function, whatever the operations compute", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
      (w) => {
        const value = new Map<number, number>();
        const classes = isomorphismClasses();
        for (let index = 0; index < CELL_COUNT; index++) {
          const result = output(cellAt(index), w), known = value.get(classes[index]);
          if (known === undefined) value.set(classes[index], result);
          else assert.ok(Math.abs(known - result) < 1e-9, `cell ${index}`);
        }
      },
    ),
    { numRuns: 10 },
  );
});

/** The cell's output for the input w[0] when operations are nonlinear functions with the weights w. */
function output(cell: Cell, w: readonly number[]): number {
  const apply = (edge: number, x: number) =>
    cell[edge] === 0 ? x : cell[edge] === 1 ? 0 : Math.sin(w[cell[edge] - 1] * 3 * x);
  const node1 = apply(0, w[0]), node2 = apply(1, w[0]) + apply(3, node1);
  return apply(2, w[0]) + apply(4, node1) + apply(5, node2);
}

Deno.test("depth, width and paths belong to the class, not to the notation", () => {
  for (const property of [depth, width, pathCount]) {
    const ofClass = new Map<number, number>(), classes = isomorphismClasses();
    allCells().forEach((cell, index) => {
      const known = ofClass.get(classes[index]) ?? property(cell);
      assert.equal(property(cell), known, `${property.name} of cell ${index}`);
      ofClass.set(classes[index], known);
    });
  }
});
