import assert from "node:assert/strict";
import { evenlyRanked, matchedFamilies, stratifiedCells } from "@/measure/mod.ts";
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

Deno.test("units are chosen evenly by the published rank of their cells, both ends among them", () => {
  const metric = Float64Array.from({ length: 100 }, (_, i) => (i * 37) % 100); // a permutation
  const units = Array.from({ length: 23 }, (_, k) => ({ cell_index: 4 * k }));
  const sorted = units.map(({ cell_index }) => metric[cell_index]).sort((a, b) => a - b);
  const chosen = evenlyRanked([...units, { cell_index: null }], metric, 12);
  const ranks = chosen.map((unit) => sorted.indexOf(metric[unit.cell_index!]));
  assert.deepEqual(ranks, [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22], "every second of 23");
  assert.equal(evenlyRanked(units, metric, 99).length, 23);
  assert.equal(metric[evenlyRanked(units, metric, 1)[0].cell_index!], sorted[0]);
});
