/** `best_cells`: the best cell of each metric, and how it does under all others. */
import type { Study } from "../../analyse/mod.ts";
import { CELL_COUNT, cellAt, cellText } from "../../space/mod.ts";
import { type Metric, metricParts } from "../../table/schema.ts";
import { inkOn, names, shaded } from "../grammar/axes.ts";
import { cellView } from "../grammar/cell_view.ts";
import { below, figure, grid, type View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { layer, panel, words } from "../grammar/marks.ts";
import { conditionWords, metricLabel } from "../grammar/metrics.ts";
import { CONTENT_WIDTH } from "../grammar/theme.ts";

const COLUMNS = 4, GAP = 24;
const DIAGRAM_WIDTH = (CONTENT_WIDTH - 30 - GAP * (COLUMNS - 1)) / COLUMNS;

/** Cells that are best by one metric or more. */
function winners({ benchmark: { accuracy, metrics }, best }: Study) {
  const groups = Map.groupBy(metrics, (metric) => best(metric).cell_index);
  return [...groups].map(([cell_index, best_by], k) => ({
    letter: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[k],
    cell_index,
    cell: cellText(cellAt(cell_index)),
    best_by,
    accuracy: Object.fromEntries(metrics.map((metric) => [metric, accuracy(metric)[cell_index]])),
  }));
}
type Winner = ReturnType<typeof winners>[number];

/** Some of a table's metrics in few words: a condition at all its times is named once. */
function inWords(metrics: readonly Metric[], held: readonly Metric[]): string {
  const byCondition = Map.groupBy(held, (metric) => metricParts(metric).condition);
  return [...byCondition].flatMap(([condition, all]) => {
    const own = all.filter((metric) => metrics.includes(metric));
    if (own.length < all.length) return own.map(metricLabel);
    return [conditionWords(condition).label + (all.length > 1 ? " at all times" : "")];
  }).join(", ");
}

function diagram({ letter, cell_index, cell, best_by, accuracy }: Winner): View {
  const text = `${letter}\u2002${inWords(best_by, Object.keys(accuracy))}`;
  const look = { fontSize: 10.5, subtitleFontSize: 9.5, subtitlePadding: 2, offset: 2 };
  const title = { text, subtitle: cell, frame: "group", ...look } as const;
  return cellView(cellAt(cell_index), [DIAGRAM_WIDTH, 92], title);
}

/** Accuracy of each cell under each metric; the best of the whole table framed. */
function accuracyTable(cells: readonly Winner[]): View {
  const metrics = Object.keys(cells[0].accuracy);
  const values = cells.flatMap(({ letter, best_by, accuracy }) =>
    metrics.map((metric) => ({
      row: letter,
      metric: metricLabel(metric),
      accuracy: accuracy[metric],
      text: fixed(accuracy[metric], 1),
      best: best_by.includes(metric),
    }))
  );
  const [others, best] = [false, true].map((best) => values.filter((value) => value.best === best));
  const axis = { orient: "top", labelAngle: -40, labelPadding: 6 };
  const at = {
    x: names("metric", metrics.map(metricLabel), axis),
    y: names("row", undefined, { labelFontWeight: 600 }),
  };
  const color = shaded("accuracy", { domain: [0, 100] }), ink = inkOn("datum.accuracy > 50");
  return panel([], [CONTENT_WIDTH - 40, 24 * cells.length], [
    layer(values, { type: "rect", stroke: "white", strokeWidth: 1 }, { ...at, color }),
    layer(best, { type: "rect", stroke: "#E69F00", strokeWidth: 2 }, { ...at, color }),
    words(others, { ...at, color: ink }, { fontSize: 9.5, fontWeight: 400 }),
    words(best, { ...at, color: ink }, { fontSize: 9.5, fontWeight: 600 }),
  ]);
}

export function bestCells(study: Study) {
  const { benchmark, best } = study, cells = winners(study);
  const after1Day = (metric: Metric) =>
    fixed(benchmark.accuracy("hwt@1d")[best(metric).cell_index], 1);
  return figure({
    numbers: { cells },
    alt:
      "Graphs of the cells that are best by one metric or more, and a table of their accuracies " +
      "under every metric with the best of each framed.",
    finding:
      `${cells.length} cells win all ${benchmark.metrics.length} metrics; after HWT and 1 day the best ` +
      `baseline cell keeps ${after1Day("baseline")} %, ` +
      `the best HWT cell ${after1Day("hwt@1d")} %`,
    reading: [
      `Best of ${count(CELL_COUNT)} cells by each metric.`,
      `Edges on no path from input to output are faint.`,
      `Table: accuracy (%) under every metric; framed: best.`,
    ],
    view: below(22, grid(COLUMNS, GAP, cells.map(diagram)), accuracyTable(cells)),
  });
}
