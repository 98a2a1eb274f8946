/** A live figure carries the drawing and its tooltips beside the still picture; a cell is named in many ways. */
import assert from "node:assert/strict";
import { openStudy } from "@/analyse/mod.ts";
import { showFigure } from "@/figure/draw.ts";
import { cellDiagram } from "@/figure/notebook/cell_diagram.ts";
import { showAll, showInstead } from "@/figure/notebook/chart.ts";

const study = await openStudy();
const display = Symbol.for("Jupyter.display");

Deno.test("a live figure has the picture and a specification whose marks have tooltips", async () => {
  const still = await showFigure("width_and_depth", study)[display]();
  const live = await showFigure("width_and_depth", study, { live: true })[display]();
  const spec = live["application/vnd.vegalite.v5+json"] as {
    $schema: string;
    config: { mark: { tooltip: unknown } };
  };
  assert.match(spec.$schema, /vega-lite\/v5/);
  assert.deepEqual(spec.config.mark.tooltip, { content: "data" });
  assert.equal(live["image/png"], still["image/png"]);
  assert.equal(still["application/vnd.vegalite.v5+json"], undefined);
});

Deno.test("no number of a live figure has more digits than a tooltip can use", async () => {
  const live = await showFigure("best_cells", study, { live: true })[display]();
  const text = JSON.stringify(live["application/vnd.vegalite.v5+json"]);
  const shown = [...text.matchAll(/"accuracy":([\d.]+)/g)].map(([, digits]) => digits);
  assert.ok(shown.length >= 52, "four cells under thirteen metrics");
  assert.ok(shown.every((digits) => digits.replace(".", "").length <= 6), String(shown));
});

Deno.test("a cell is drawn by index, text, operations, report and row alike", async () => {
  const text = async (cell: Parameters<typeof cellDiagram>[0]) =>
    (await cellDiagram(cell)[display]())["text/plain"];
  const wanted = await text(7_611);
  const row = study.cells.where((cell) => cell.cell_index === 7_611).rows()[0];
  for (
    const cell of [
      study.cell(7_611).cell,
      study.cell(7_611).arch_str,
      study.cell(7_611),
      row as { cell_index: number },
    ]
  ) {
    assert.equal(await text(cell), wanted);
  }
});

Deno.test("showing does nothing outside a notebook", async () => {
  await showInstead(showFigure("pareto", study));
  await showAll(showFigure("pareto", study), cellDiagram(7_611));
});
