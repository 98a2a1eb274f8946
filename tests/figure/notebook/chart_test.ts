import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { cellDiagram } from "@/figure/notebook/cell_diagram.ts";
import { chart } from "@/figure/notebook/chart.ts";
import { loadReference } from "@/table/mod.ts";

const display = Symbol.for("Jupyter.display");
const PNG_SIGNATURE = "89504e470d0a1a0a";

Deno.test("a chart shows as Vega-Lite v5, SVG and PNG", async () => {
  const values = [{ a: "x", b: 1 }, { a: "y", b: 2 }];
  const shown = await chart({
    data: { values },
    mark: "bar",
    encoding: { x: { field: "a", type: "nominal" }, y: { field: "b", type: "quantitative" } },
  })[display]();
  const live = shown["application/vnd.vegalite.v5+json"] as Record<string, unknown>;
  assert.equal(live.$schema, "https://vega.github.io/schema/vega-lite/v5.json");
  assert.deepEqual(live.data, { values });
  assert.match(String(shown["image/svg+xml"]), /^<svg [\s\S]*Source Sans 3[\s\S]*<\/svg>$/);
  const png = Buffer.from(String(shown["image/png"]), "base64");
  assert.equal(png.subarray(0, 8).toString("hex"), PNG_SIGNATURE);
});

Deno.test("a cell shows as a drawing with its notations, size and accuracies", async () => {
  const shown = await cellDiagram([0, 0, 0, 4, 3, 2], await loadReference())[display]();
  const text = String(shown["text/plain"]), svg = String(shown["image/svg+xml"]);
  const archStr = "|skip_connect~0|+|skip_connect~0|avg_pool_3x3~1|+" +
    "|skip_connect~0|nor_conv_1x1~1|nor_conv_3x3~2|";
  for (const said of ["(0,0,0,4,3,2)", archStr]) {
    assert.ok(text.includes(said), text);
    assert.ok(svg.includes(`>${said}`) || svg.includes(said), said);
  }
  assert.match(text, /hwt@1d \d+\.\d\d %/);
  for (const label of ["skip", "pool", "1×1", "3×3", "30 days"]) {
    assert.ok(svg.includes(`>${label}</text>`), label);
  }
  assert.equal(
    Buffer.from(String(shown["image/png"]), "base64").subarray(0, 8).toString("hex"),
    PNG_SIGNATURE,
  );
});

Deno.test("a cell without a benchmark shows no accuracies", async () => {
  const shown = await cellDiagram([2, 2, 0, 2, 3, 1])[display]();
  assert.doesNotMatch(String(shown["text/plain"]), /hwt/);
});
