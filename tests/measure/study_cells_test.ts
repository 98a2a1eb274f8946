import assert from "node:assert/strict";
import { matchedFamilies, stratifiedCells } from "@/measure/mod.ts";
import { prng } from "@/random.ts";
import { cellAt, isConnected } from "@/space/mod.ts";

/** A stand-in for a metric: distinct values, high for high indices. */
const rising = Float64Array.from({ length: 15_625 }, (_, i) => (100 * i) / 15_625);

Deno.test("a matched family is five usable cells that differ in one edge alone", () => {
  const families = matchedFamilies(2, 3, rising, 20, prng(0, "families"));
  assert.equal(families.length, 3);
  for (const [family, members] of families.entries()) {
    assert.equal(members.length, 5);
    const cells = members.map(({ cell_index }) => cellAt(cell_index));
    assert.deepEqual(cells.map((cell) => cell[2]).sort(), [0, 1, 2, 3, 4]);
    assert.equal(new Set(cells.map((cell) => cell.with(2, 0).join())).size, 1);
    assert.ok(cells.every(isConnected));
    assert.ok(members.every(({ cell_index }) => rising[cell_index] >= 20));
    assert.ok(members.every(({ reason }) => reason === `matched edge (0,3) family ${family + 1}`));
  }
  const more = matchedFamilies(2, 7, rising, 20, prng(0, "families"));
  assert.deepEqual(
    more.slice(0, 3),
    families,
    "a larger study keeps the families of a smaller one",
  );
  assert.throws(() => matchedFamilies(2, 3, rising, 99.99, prng(0, "x")), /Only 0 families/);
});

Deno.test("a stratified sample takes one new connected cell from each stratum", () => {
  const taken = new Set([15_624]);
  const choices = stratifiedCells(10, rising, taken, prng(0, "strata"));
  const indices = choices.map(({ cell_index }) => cell_index);
  assert.ok(indices.every((i) => isConnected(cellAt(i)) && !taken.has(i)));
  assert.deepEqual(indices, indices.toSorted((a, b) => a - b), "strata rise with the metric");
  assert.deepEqual(choices, stratifiedCells(10, rising, taken, prng(0, "strata")), "one seed");
  assert.notDeepEqual(choices, stratifiedCells(10, rising, taken, prng(1, "strata")));
});
