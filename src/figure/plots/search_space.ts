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
import { AT_PX, graphView } from "../grammar/cell_view.ts";
import type { Drawn, View } from "../grammar/figure.ts";
import { count } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
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
  const rows = OPERATIONS.map((name, number) => ({
    number,
    name,
    does: DOES[number],
    operation: OPERATION[name].label,
    x: 0,
    y: 10 + number * 22,
  }));
  const text = (field: string, x: number, color?: string) => ({
    mark: { type: "text" as const, align: "left" as const, dx: x, ...(color ? { color } : {}) },
    encoding: { ...AT_PX, text: { field } },
  });
  return {
    title: panelTitle("c", "The five operations, as numbered in the published table"),
    width,
    height: 110,
    data: { values: rows },
    layer: [
      text("number", 0),
      {
        mark: { type: "rect", width: 22, height: 5, xOffset: 26 },
        encoding: {
          ...AT_PX,
          color: { field: "operation", type: "nominal", scale: OPERATION_SCALE, legend: null },
        },
      },
      text("name", 46),
      text("does", 124, MUTED),
    ],
  };
}

/** How many cells remain when copies of the same function count once. */
function countBars(rows: readonly { what: string; cells: number }[], width: number): View {
  const y = { field: "what", type: "nominal", sort: null, axis: null } as const;
  return {
    title: panelTitle("d", "How many cells there are"),
    width,
    height: rows.length * 20,
    data: { values: rows.map((row) => ({ ...row, text: `${count(row.cells)}  ${row.what}` })) },
    encoding: {
      y,
      x: {
        field: "cells",
        type: "quantitative",
        axis: null,
        scale: { domain: [0, CELL_COUNT], range: [0, width * 0.6] },
      },
    },
    layer: [
      { mark: { type: "bar", color: SEQUENTIAL[3], height: 12 } },
      { mark: { type: "text", align: "left", dx: 5 }, encoding: { text: { field: "text" } } },
    ],
  };
}

/** Needs no rows: the space follows from its definition. */
export function searchSpace(): Drawn {
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
  return {
    numbers: { counts, example: { cell: cellText(EXAMPLE), arch_str: archStr(EXAMPLE) } },
    spec: {
      title: heading(
        `${count(CELL_COUNT)} cells, ${count(distinct)} of them distinct up to isomorphism`,
        `The NAS-Bench-201 space: one of five operations on each of six edges. ${
          count(CELL_COUNT - connected)
        } cells do not connect input to output.`,
      ),
      spacing: 22,
      vconcat: [
        {
          title: panelTitle("a", "Macro skeleton: one cell, repeated in three stages"),
          ...macroSkeletonView(PUBLISHED_SKELETON, CONTENT_WIDTH),
        } as View,
        {
          spacing: 40,
          hconcat: [
            {
              title: panelTitle("b", `Cell ${cellText(EXAMPLE)}: edges e0 to e5 in that order`),
              ...graphView(styles, 270, 125),
            } as View,
            operationList(330),
          ],
        },
        countBars(counts, CONTENT_WIDTH),
      ],
    },
  };
}
