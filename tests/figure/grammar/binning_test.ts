import assert from "node:assert/strict";
import fc from "fast-check";
import { histogram, histogram2d, stacked } from "@/figure/grammar/binning.ts";

Deno.test("a histogram by hand: half-open bins, the last closed", () => {
  assert.deepEqual(histogram([0, 0.9, 1, 2, 4], [0, 4], 4), [
    { x: 0, x2: 1, cells: 2 },
    { x: 1, x2: 2, cells: 1 },
    { x: 2, x2: 3, cells: 1 },
    { x: 3, x2: 4, cells: 1 },
  ]);
  assert.deepEqual(histogram2d([0, 4, 4], [0, 1, 1], [0, 4], [0, 2], 2), [
    { x: 0, x2: 2, y: 0, y2: 1, cells: 1 },
    { x: 2, x2: 4, y: 1, y2: 2, cells: 2 },
  ]);
});

Deno.test("every value is counted once, and its marginal is the plain histogram", () => {
  const value = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(fc.property(fc.array(fc.tuple(value, value), { minLength: 1 }), (points) => {
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const tiles = histogram2d(xs, ys, [0, 100], [0, 100], 7);
    assert.equal(tiles.reduce((sum, tile) => sum + tile.cells, 0), points.length);
    for (const bin of histogram(xs, [0, 100], 7)) {
      const column = tiles.filter((tile) => tile.x === bin.x);
      assert.equal(column.reduce((sum, tile) => sum + tile.cells, 0), bin.cells);
    }
  }));
});

Deno.test("a value outside is an error, not a lost point", () => {
  assert.throws(() => histogram([101], [0, 100], 10), /cannot hold 101/);
  assert.throws(() => histogram([NaN], [0, 100], 10), RangeError);
});

Deno.test("parts of a whole stand one after another", () => {
  assert.deepEqual(stacked([20, 0, 50]), [
    { low: 0, high: 20 },
    { low: 20, high: 20 },
    { low: 20, high: 70 },
  ]);
});
