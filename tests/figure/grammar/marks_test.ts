/** The grammar's marks stand where their numbers say: places in px, by hand from a linear axis. */
import assert from "node:assert/strict";
import type { TopLevelSpec } from "vega-lite";
import { along, names, timeAxis } from "@/figure/grammar/axes.ts";
import type { Layer } from "@/figure/grammar/figure.ts";
import { band, endLabels, intervals, layer, panel, reference } from "@/figure/grammar/marks.ts";
import { renderSvg } from "@/figure/grammar/render.ts";

/** Text of the SVG of some layers, 200 by 100 px. */
const draw = (layers: readonly Layer[]) =>
  renderSvg(panel("A panel", [200, 100], layers) as TopLevelSpec);

/** Attributes of each element of a role, such as "rule mark". */
function marks(svg: string, role: string): Record<string, string>[] {
  return [...svg.matchAll(/<\w+ [^>]*>/g)].map(([tag]) =>
    Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]))
  ).filter((attributes) => attributes["aria-roledescription"] === role);
}

/** Numbers of a translation. */
const shift = ({ transform }: Record<string, string>) => transform.match(/-?[\d.]+/g)!.map(Number);

// 0..40 % on 200 px: 5 px a point; on 100 px of height 2.5 px a point, downwards.
const x = along("accuracy", [0, 40]), y = along("accuracy", [0, 40]);
const rows = [{ name: "one", estimate: 20, low: 10, high: 36 }];

Deno.test("an interval along x runs from low to high through its dot", async () => {
  const svg = await draw(intervals(rows, { x, y: names("name") }, {}, { size: 34 }));
  const [line] = marks(svg, "rule mark"), [dot] = marks(svg, "point");
  assert.deepEqual([shift(line)[0], Number(line.x2)], [50, 130]);
  assert.equal(shift(dot)[0], 100);
  assert.equal(shift(dot)[1], shift(line)[1]);
});

Deno.test("an interval along y runs from low up to high through its dot", async () => {
  const svg = await draw(intervals(rows, { x: names("name"), y }, {}, { size: 34 }));
  const [line] = marks(svg, "rule mark"), [dot] = marks(svg, "point");
  assert.deepEqual([shift(line)[1], Number(line.y2)], [75, -65]);
  assert.equal(shift(dot)[1], 50);
});

Deno.test("a band is bounded by both columns, a reference crosses the panel at its value", async () => {
  const path = [{ at: 0, low: 4, high: 8 }, { at: 40, low: 12, high: 16 }];
  const svg = await draw([
    band(path, { x: x("at"), y }, { color: "#0072B2" }),
    reference("x", 30, {}, x("")),
  ]);
  // Along the low ends from left to right, back along the high ones.
  const [area] = marks(svg, "area mark"), [rule] = marks(svg, "rule mark");
  assert.deepEqual(area.d.match(/-?[\d.]+/g)!.map(Number), [0, 90, 200, 70, 200, 60, 0, 80]);
  assert.equal(shift(rule)[0], 150);
});

Deno.test("names keep the order given", async () => {
  const order = ["late", "early", "never"];
  const values = [{ name: "early", estimate: 1 }, { name: "late", estimate: 2 }];
  const svg = await draw([
    layer(values, { type: "point" }, { x: x("estimate"), y: names("name", order) }),
  ]);
  const [early, late] = marks(svg, "point").map((mark) => shift(mark)[1]);
  assert.ok(late < early, "the order given, not that of the rows");
  const labels = [...svg.matchAll(/>(late|early|never)<\/text>/g)].map(([, name]) => name);
  assert.deepEqual(labels, order);
});

Deno.test("end labels stand right of the panel, at their values or around them", async () => {
  const ends = [{ text: "a", at: 20 }, { text: "b", at: 20 }, { text: "c", at: 2 }];
  const svg = await draw([endLabels(ends, 200, 4, y)]);
  const places = marks(svg, "text mark").map(shift);
  for (const [right] of places) assert.equal(right, 204);
  // a and b 4 points apart around 20: 22 and 18, which is 45 and 55 px from above; text hangs 3 px lower.
  const [a, b, c] = places.map(([, down]) => Math.round(1e9 * (down - 3)) / 1e9);
  assert.deepEqual([a, b, c], [45, 55, 95]);
});

Deno.test("the time axis is logarithmic and says the table's times in words", async () => {
  const values = [60, 3600, 86_400, 2_592_000].map((t_inference_s) => ({
    t_inference_s,
    estimate: 1,
  }));
  const x = timeAxis([...values, ...values]);
  const svg = await draw([layer(values, { type: "point" }, { x, y: y("estimate") })]);
  const places = marks(svg, "point").map((mark) => shift(mark)[0]);
  const expected = [60, 3600, 86_400, 2_592_000].map((s) => 200 * Math.log(s / 45) / Math.log(8e4));
  places.forEach((at, i) => assert.ok(Math.abs(at - expected[i]) < 1e-6, `${at} ${expected[i]}`));
  for (const words of ["1 min", "1 h", "1 day", "30 days"]) assert.match(svg, RegExp(`>${words}<`));
  const year = [{ t_inference_s: 31_536_000 }];
  // a time of a table's own is on it, and the axis reaches it
  assert.match(
    await draw([layer(values, { type: "point" }, { x: timeAxis(year) })]),
    />1 year</,
  );
});
