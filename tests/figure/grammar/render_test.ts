/** What Vega would leave out of a picture in silence, or with a line on the console, stops the picture. */
import assert from "node:assert/strict";
import type { TopLevelSpec } from "vega-lite";
import { renderSvg } from "@/figure/grammar/render.ts";
import { InputError } from "@/input_error.ts";

/** A scatter plot of columns a and b. */
function scatter(rows: readonly object[], more: object = {}): TopLevelSpec {
  const channel = (field: string) => ({ field, type: "quantitative" as const });
  return {
    data: { values: [...rows] },
    mark: "point",
    encoding: { x: channel("a"), y: channel("b") },
    ...more,
  };
}
const rows = [{ a: 1, b: 2 }, { a: 3, b: 4 }];

Deno.test("a sound chart holds a mark for each row", async () => {
  const svg = await renderSvg(scatter(rows));
  assert.equal(svg.match(/aria-roledescription="point"/g)?.length, rows.length);
});

const faults: readonly [string, TopLevelSpec, RegExp][] = [
  ["a BigInt", scatter([{ a: 1n, b: 2 }]), /BigInt/],
  ["a column that no row has", scatter([{ a: 1 }]), /Infinite extent for field "b"/],
  ["no rows at all", scatter([]), /Infinite extent for field "a"/],
  [
    "zero on a logarithmic axis",
    scatter([{ a: 0, b: 1 }], {
      encoding: { x: { field: "a", type: "quantitative", scale: { type: "log" } } },
    }),
    /Log scale domain includes zero/,
  ],
  [
    "an expression that fails on a row",
    scatter(rows, { transform: [{ calculate: "datum.a.b.c", as: "z" }] }),
    /undefined \(reading 'c'\)/,
  ],
  [
    "a channel that does not exist",
    scatter(rows, { encoding: { x: { field: "a" }, colour: { field: "b" } } }),
    /colour is not a valid encoding channel/,
  ],
  ["a mark that does not exist", scatter(rows, { mark: "dot" }), /Vega cannot draw this chart/],
  [
    "data that cannot be read",
    scatter(rows, { data: { url: "no_such_file.json" } }),
    /Loading failed no_such_file\.json/,
  ],
];
for (const [what, spec, words] of faults) {
  Deno.test(`${what}: one message with Vega's words instead of a picture`, async () => {
    await assert.rejects(renderSvg(spec), (error: Error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, words);
      return true;
    });
  });
}
