/** Curves: in their place, and told apart without their colours. */
import assert from "node:assert/strict";
import { curvesSvg, MOST_CURVES } from "@/explorer/curves.ts";

const curve = (label: string, ...values: number[]) => ({
  label,
  points: values.map((y, i) => ({ x: 10 ** (i + 1), y, low: y - 1, high: y + 1 })),
});
const TICKS = [[10, "ten"], [100, "hundred"], [1000, "thousand"]] as const;
const draw = (...curves: ReturnType<typeof curve>[]) =>
  curvesSvg({ curves, ticks: TICKS, said: "Test", ends: [0, 100] });

/** Points of the first line of curve k: [x, y] of each. */
const pointsOf = (svg: string, k: number) =>
  svg.match(new RegExp(`class="c${k}">.*?class="line"[^>]*d="M([^"]*)"`))![1].split("L")
    .map((point) => point.split(" ").map(Number));

Deno.test("decades stand at even steps, higher values higher up", () => {
  const [[x0, y0], [x1, y1], [x2, y2]] = pointsOf(draw(curve("a", 0, 50, 100)), 0);
  assert.ok(x0 < x1 && Math.abs((x1 - x0) - (x2 - x1)) < 0.2);
  assert.ok(y0 > y1 && Math.abs((y0 - y1) - (y1 - y2)) < 0.2);
});

Deno.test("curves differ by dash and marker, labels keep apart, and all numbers are said", () => {
  const svg = draw(...Array.from({ length: MOST_CURVES }, (_, k) => curve(`curve ${k}`, 50, 50)));
  const dashes = [...svg.matchAll(/class="line" stroke-dasharray="([^"]*)"/g)].map(([, d]) => d);
  assert.equal(new Set(dashes).size, MOST_CURVES);
  const heights = [...svg.matchAll(/y="([\d.]+)">curve/g)].map(([, y]) => Number(y)).sort((a, b) =>
    a - b
  );
  assert.equal(heights.length, MOST_CURVES);
  assert.ok(heights.slice(1).every((y, k) => y - heights[k] >= 14));
  assert.match(svg, /aria-label="Test\. curve 0: 50\.00, 50\.00; curve 1:/);
});

Deno.test("long labels stand in a list, as text", () => {
  const svg = draw(curve("a label that is long & has <signs>", 1, 2));
  assert.match(svg, /<li class="c0">.*a label that is long &amp; has &lt;signs&gt;<\/li>/);
});

Deno.test("without given ends the axis holds all bands and stays within 0 to 100", () => {
  const svg = curvesSvg({ curves: [curve("a", 99.5, 93.2)], ticks: TICKS, said: "" });
  const rows = [...svg.matchAll(/text-anchor="end">([\d.]+)</g)].map(([, text]) => Number(text));
  assert.ok(Math.min(...rows) <= 92.2 && Math.max(...rows) === 100, rows.join());
});
