/** `search_space`: macro skeleton, cell, operations and the number of distinct cells. */
import {
  allCells,
  archStr,
  type Cell,
  CELL_COUNT,
  cellText,
  isConnected,
  isomorphismClasses,
  OPERATIONS,
  PUBLISHED_SKELETON,
} from "../../space/mod.ts";
import { AT_PX, coloured } from "../grammar/axes.ts";
import { graphView } from "../grammar/cell_view.ts";
import { below, beside, type Channel, figure, type Layer, type View } from "../grammar/figure.ts";
import { count } from "../grammar/format.ts";
import { layer, panel, words } from "../grammar/marks.ts";
import { macroSkeletonView } from "./macro_skeleton.ts";
import { OPERATION, OPERATION_SCALE } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, MUTED, panelTitle, SEQUENTIAL } from "../grammar/theme.ts";

/** One operation on each kind of edge; the example that the design fixes for both edge orders. */
const EXAMPLE: Cell = [0, 0, 0, 4, 3, 2];

const DOES = [
  "identity",
  "zero: the edge is absent",
  "ReLU, convolution 3 × 3, batch norm",
  "ReLU, convolution 1 × 1, batch norm",
  "average pooling 3 × 3, stride 1",
];

/** The five operations: number in the published table, colour, name, what it computes. */
function operationList(width: number): View {
  const rows = OPERATIONS.map((name, number) => {
    const { label: operation } = OPERATION[name], y = 10 + number * 22;
    return { number, name, does: DOES[number], operation, x: 0, y };
  });
  const column = (field: string, dx: number, look: { color?: string } = {}): Layer =>
    layer(rows, { type: "text", align: "left", dx, ...look }, { ...AT_PX, text: { field } });
  const color = coloured("operation", OPERATION_SCALE);
  const title = panelTitle("c", "The five operations, as numbered in the published table");
  return panel(title, [width, 110], [
    column("number", 0),
    layer(rows, { type: "rect", width: 22, height: 5, xOffset: 26 }, { ...AT_PX, color }),
    column("name", 46),
    column("does", 124, { color: MUTED }),
  ]);
}

/** How many cells remain when copies of the same function count once. */
function countBars(counts: readonly { what: string; cells: number }[], width: number): View {
  const rows = counts.map((row) => ({ ...row, text: `${count(row.cells)}  ${row.what}` }));
  const y: Channel<"y"> = { field: "what", type: "nominal", sort: null, axis: null };
  const scale = { domain: [0, CELL_COUNT], range: [0, width * 0.6] };
  const x: Channel<"x"> = { field: "cells", type: "quantitative", axis: null, scale };
  return panel(panelTitle("d", "How many cells there are"), [width, rows.length * 20], [
    layer(rows, { type: "bar", color: SEQUENTIAL[3], height: 12 }, { x, y }),
    words(rows, { x, y }, { align: "left", dx: 5 }),
  ]);
}

/** Needs no rows: the space follows from its definition. */
export function searchSpace() {
  const connected = allCells().filter(isConnected).length;
  const classes = (collapse: "skip" | "skip_and_none") =>
    new Set(isomorphismClasses(collapse)).size;
  const distinct = classes("skip_and_none");
  const counts = [
    { what: "all cells", cells: CELL_COUNT },
    { what: "connect input to output", cells: connected },
    { what: "distinct when skip connections collapse", cells: classes("skip") },
    {
      what: "distinct when skip connections and absent edges collapse (isomorphism classes)",
      cells: distinct,
    },
  ];
  const styles = EXAMPLE.map((operation, edge) => {
    const { label, short } = OPERATION[OPERATIONS[operation]];
    return { operation: label, text: `e${edge} ${short}`, live: true };
  });
  const skeleton = panelTitle("a", "Macro skeleton: one cell, repeated in three stages");
  const example = panelTitle("b", `Cell ${cellText(EXAMPLE)}: edges e0 to e5 in that order`);
  return figure({
    numbers: { counts, example: { cell: cellText(EXAMPLE), arch_str: archStr(EXAMPLE) } },
    alt:
      "Diagrams: the network as a row of boxes with three stages of cells; one cell as a graph " +
      "of four nodes and six labelled edges; a list of the five operations; bars that count " +
      "all, connected and distinct cells.",
    finding: `${count(CELL_COUNT)} cells, ${count(distinct)} of them distinct up to isomorphism`,
    reading: [
      `The NAS-Bench-201 space: one of five operations on each of six edges.`,
      `${count(CELL_COUNT - connected)} cells do not connect input to output.`,
    ],
    view: below(
      22,
      macroSkeletonView(skeleton, PUBLISHED_SKELETON, CONTENT_WIDTH),
      beside(40, graphView(styles, [270, 125], example), operationList(330)),
      countBars(counts, CONTENT_WIDTH),
    ),
  });
}
