/** Where a cell is drawn, and that the brush reads the same place. */
import assert from "node:assert/strict";
import { fromPx, paint, pixelsOf, scaleOf, SIDE_PX } from "@/explorer/scatter.ts";

const column = (...values: number[]) => ({
  name: "",
  label: "",
  values: Float64Array.from(values),
});

Deno.test("low is left and below, and the place read back is the value", () => {
  const x = column(-2, 3, 10), y = column(50, 90, 10);
  const places = [...pixelsOf(x, y)].map((
    at,
  ) => [at % SIDE_PX, SIDE_PX - 1 - Math.floor(at / SIDE_PX)]);
  assert.ok(places[0][0] < places[1][0] && places[1][0] < places[2][0]);
  assert.ok(places[2][1] < places[0][1] && places[0][1] < places[1][1]);
  places.forEach(([right, up], i) => {
    assert.ok(Math.abs(fromPx(scaleOf(x), right) - x.values[i]) < 12 / SIDE_PX);
    assert.ok(Math.abs(fromPx(scaleOf(y), up) - y.values[i]) < 80 / SIDE_PX);
  });
});

Deno.test("a column of one value has a place too", () => {
  assert.ok(pixelsOf(column(5, 5), column(1, 2)).every((at) => at >= 0 && at < SIDE_PX ** 2));
});

const count = (image: Uint32Array, ink: number) => image.filter((colour) => colour === ink).length;

Deno.test("chosen cells are larger than the rest, within the image", () => {
  const image = new Uint32Array(SIDE_PX ** 2), pixels = pixelsOf(column(0, 1), column(0, 1));
  paint(image, pixels, [1], { rest: 1, chosen: 2, own: null });
  assert.deepEqual([count(image, 2), count(image, 1)], [9, 1]);
});

Deno.test("cells have colours of their own; while some are chosen, the rest has none", () => {
  const image = new Uint32Array(SIDE_PX ** 2), pixels = pixelsOf(column(0, 1), column(0, 1));
  const own = Uint32Array.of(7, 8);
  paint(image, pixels, [0, 1], { rest: 1, chosen: 2, own });
  assert.deepEqual([count(image, 7), count(image, 8)], [1, 1]);
  paint(image, pixels, [1], { rest: 1, chosen: 2, own });
  assert.deepEqual([count(image, 7), count(image, 8), count(image, 1)], [0, 9, 1]);
});
