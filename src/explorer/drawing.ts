/** Drawings of a page: a cell as a graph, and its accuracy over time. SVG as text. */
import { type Cell, cellText, EDGES, liveEdges, OPERATIONS } from "../space/mod.ts";
import { EDGE_LABELS, OPERATION } from "../figure/grammar/metrics.ts";

/** Height of an edge's arc above the line of nodes, px. */
const BEND_PX = [0, -52, -104, 0, 52, 0];
const NODE_X = [30, 150, 270, 390], NODE_Y = 110;

/** The middle of an edge's arc, per cent of the drawing's width and height: where its operation is named. */
export function edgeMiddle(edge: number): { readonly x_pct: number; readonly y_pct: number } {
  const [from, to] = EDGES[edge], x = (NODE_X[from] + NODE_X[to]) / 2;
  return { x_pct: x / 420 * 100, y_pct: (NODE_Y + BEND_PX[edge] + 20) / 210 * 100 };
}

/**
 * The graph of `cell`; an operation is told by its word, `none` is dotted, a dead edge is dashed.
 *
 * @param words false where buttons stand in the place of the words
 */
export function cellSvg(cell: Cell, words = true): string {
  const live = liveEdges(cell);
  const edges = EDGES.map(([from, to], edge) => {
    const { label, colour } = OPERATION[OPERATIONS[cell[edge]]];
    const [x0, x1] = [NODE_X[from], NODE_X[to]], middle = (x0 + x1) / 2;
    const dash = label === "none" ? "1 6" : live[edge] ? "" : "7 4";
    return `<path d="M${x0} ${NODE_Y}Q${middle} ${NODE_Y + 2 * BEND_PX[edge]} ${x1} ${NODE_Y}" ` +
      `fill="none" stroke="${colour}" stroke-width="4" stroke-linecap="round" stroke-dasharray="${dash}"/>` +
      (words
        ? `<text class="halo" x="${middle}" y="${
          NODE_Y + BEND_PX[edge] + 5
        }" text-anchor="middle">` +
          `${label}</text>`
        : "");
  });
  const nodes = NODE_X.map((x, node) =>
    `<circle class="node" cx="${x}" cy="${NODE_Y}" r="13"/>` +
    `<text x="${x}" y="${NODE_Y + 5}" text-anchor="middle">${node}</text>`
  );
  const said = EDGES.map((_, edge) =>
    `${EDGE_LABELS[edge]} ${OPERATION[OPERATIONS[cell[edge]]].label}`
  ).join(", ");
  return `<svg viewBox="0 -20 420 210" role="img" aria-label="Cell ${cellText(cell)}: ${said}">` +
    `${edges.join("")}${nodes.join("")}</svg>`;
}
