/** What a drawing says must not hang on its colours. */
import assert from "node:assert/strict";
import { cellSvg } from "@/explorer/drawing.ts";
import { decimals, escaped } from "@/explorer/mod.ts";

Deno.test("a drawing names every edge's operation in words", () => {
  const svg = cellSvg([2, 3, 0, 4, 1, 2]);
  const said = svg.match(/aria-label="([^"]*)"/)![1];
  assert.equal(
    said,
    "Cell (2,3,0,4,1,2): 0→1 conv 3×3, 0→2 conv 1×1, 0→3 skip, 1→2 avg pool 3×3, 1→3 none, 2→3 conv 3×3",
  );
});

Deno.test("numbers have a true minus sign, and nothing rounded away has one", () => {
  assert.deepEqual([decimals(-1.5), decimals(1.5, true), decimals(-0.001, true)], [
    "−1.50",
    "+1.50",
    "0.00",
  ]);
});

Deno.test("text in markup stays text", () => {
  assert.equal(escaped(`<b title="x">&`), "&lt;b title=&quot;x&quot;&gt;&amp;");
});
