/** A cell in a notebook: its drawing beside its numbers. */
import type { TopLevelSpec } from "vega-lite";
import {
  archStr,
  type Cell,
  cellIndex,
  cellText,
  complexity,
  depth,
  pathCount,
  PUBLISHED_SKELETON,
  width,
} from "../../space/mod.ts";
import { type Benchmark, type CellLike, toCell } from "../../table/mod.ts";
import { metricParts, metricText, overTime, timeText } from "../../table/schema.ts";
import { AT_PX, ownColour } from "../grammar/axes.ts";
import { cellView } from "../grammar/cell_view.ts";
import { words } from "../grammar/marks.ts";
import { type Displayable, drawing } from "./chart.ts";
import type { View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { conditionWords, timeInWords } from "../grammar/metrics.ts";
import { INK, MUTED } from "../grammar/theme.ts";

const ROW_PX = 19, COLUMN_PX = 46;

/** Accuracies as a table: a row per condition, a column per inference time. */
function accuracyTable(cell: Cell, benchmark: Benchmark): View {
  const timed = [...overTime(benchmark.metrics).values()].flat();
  const times_s = [...new Set(timed.map(({ t_inference_s }) => t_inference_s))];
  const times = [null, ...times_s.sort((a, b) => a - b)];
  const conditions = [...new Set(benchmark.metrics.map((m) => metricParts(m).condition))];
  const at = (column: number, row: number) => ({
    x: 105 + column * COLUMN_PX,
    y: 12 + row * ROW_PX,
  });
  const head = times.map((time_s, column) => ({
    text: time_s === null ? "no drift" : timeInWords(timeText(time_s)),
    colour: MUTED,
    ...at(column, 0),
  }));
  const names = conditions.map((condition, row) => {
    const { label, colour } = conditionWords(condition);
    return { text: label, colour, ...at(0, row + 1), x: 55 };
  });
  const values = conditions.flatMap((condition, row) =>
    times.flatMap((time_s, column) => {
      const metric = metricText(condition, time_s);
      if (!benchmark.metrics.includes(metric)) return [];
      const text = fixed(benchmark.accuracy(metric)[cellIndex(cell)], 2);
      return [{ text, colour: INK, ...at(column, row + 1) }];
    })
  );
  const rows = [...head, ...names, ...values], color = ownColour("colour");
  return {
    width: 105 + (times.length - 1) * COLUMN_PX,
    height: Math.max(135, (conditions.length + 2) * ROW_PX),
    title: { text: "Accuracy (%)", fontSize: 10.5, fontWeight: 400, frame: "group", dx: 20 },
    ...words(rows, { ...AT_PX, color }, { align: "right" }),
  };
}

/** One line on the cell's shape and on the size of the published network around it. */
function sizeText(cell: Cell): string {
  const { parameters, macs, tiles } = complexity(cell, PUBLISHED_SKELETON);
  const paths = pathCount(cell);
  return `depth ${depth(cell)}, width ${width(cell)}, ${paths} path${paths === 1 ? "" : "s"}; ` +
    `${count(parameters / 1e3)} k parameters, ${fixed(macs / 1e6, 1)} M MACs, ${tiles} tiles`;
}

/** The drawing as a Vega-Lite spec; without a benchmark no accuracies. */
function cellDiagramSpec(cell: Cell, benchmark?: Benchmark): TopLevelSpec {
  return {
    title: {
      text: `Cell ${cellText(cell)}, index ${count(cellIndex(cell))}`,
      subtitle: [archStr(cell), sizeText(cell)],
    },
    spacing: 10,
    hconcat: [
      cellView(cell, [260, 135]),
      ...(benchmark === undefined ? [] : [accuracyTable(cell, benchmark)]),
    ],
  };
}

/**
 * A cell as a notebook output: graph, notations, size and, with a benchmark, its accuracies.
 */
export function cellDiagram(cellLike: CellLike, benchmark?: Benchmark): Displayable {
  const cell = toCell(cellLike);
  const accuracies = benchmark === undefined
    ? ""
    : "\n" + benchmark.metrics.map((metric) =>
      `${metric} ${fixed(benchmark.accuracy(metric)[cellIndex(cell)], 2)} %`
    ).join(", ");
  return drawing(
    cellDiagramSpec(cell, benchmark),
    `${cellText(cell)} ${archStr(cell)}\n${sizeText(cell)}${accuracies}`,
  );
}
