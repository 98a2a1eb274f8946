/** Drawings of a page: a cell as a graph, and its accuracy over time. SVG as text. */
import { type Cell, cellText, EDGES, liveEdges, OPERATIONS } from "../space/mod.ts";
import type { Benchmark } from "../table/query.ts";
import { EDGE_LABELS, metricLabel, OPERATION } from "../figure/grammar/metrics.ts";
import { decimals, escaped } from "./html.ts";

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

const TIMES = ["60s", "1h", "1d", "30d"] as const;
/** Drawing area of a curve, px. */
const LEFT = 42, RIGHT = 400, TOP = 12, BOTTOM = 200;
const CONDITIONS = [{ id: "noisy", dash: "6 4" }, { id: "hwt", dash: "" }] as const;

/**
 * Accuracy after programming, both conditions on hardware, with a band of one published SD over read-outs. Times
 * stand at equal steps, as they nearly do on a logarithmic scale.
 */
export function driftSvg(benchmark: Benchmark, cell_index: number): string {
  const x = (k: number) => LEFT + 30 + k * (RIGHT - LEFT - 90) / (TIMES.length - 1);
  const y = (accuracy: number) => BOTTOM - accuracy / 100 * (BOTTOM - TOP);
  const grid = [0, 20, 40, 60, 80, 100].map((pct) =>
    `<path class="grid" d="M${LEFT} ${y(pct)}H${RIGHT}"/>` +
    `<text x="${LEFT - 6}" y="${y(pct) + 4}" text-anchor="end">${pct}</text>`
  );
  const times = TIMES.map((time, k) =>
    `<text x="${x(k)}" y="${BOTTOM + 18}" text-anchor="middle">${
      escaped(
        metricLabel(`hwt@${time}`).split(", ")[1],
      )
    }</text>`
  );
  const curves = CONDITIONS.map(({ id, dash }) => {
    const value = TIMES.map((time) => benchmark.accuracy(`${id}@${time}`)[cell_index]);
    const sd = TIMES.map((time) => benchmark.sd(`${id}@${time}`)?.[cell_index] ?? 0);
    const point = (k: number, accuracy: number) => `${x(k)} ${y(accuracy).toFixed(1)}`;
    const upper = value.map((v, k) => point(k, Math.min(100, v + sd[k])));
    const lower = value.map((v, k) => point(k, Math.max(0, v - sd[k]))).reverse();
    return `<path class="band ${id}" d="M${[...upper, ...lower].join("L")}Z"/>` +
      `<path class="line ${id}" stroke-dasharray="${dash}" d="M${
        value.map((v, k) => point(k, v)).join("L")
      }"/><text x="${x(3) + 8}" y="${y(value[3]) + 4}">${metricLabel(id)}</text>`;
  });
  const said = CONDITIONS.map(({ id }) =>
    `${metricLabel(id)}: ${
      TIMES.map((time) => `${decimals(benchmark.accuracy(`${id}@${time}`)[cell_index])} %`).join(
        ", ",
      )
    }`
  ).join("; ");
  return `<svg viewBox="0 0 420 225" role="img" aria-label="Accuracy after 1 min, 1 hour, 1 day and ` +
    `30 days. ${said}">${grid.join("")}${times.join("")}${curves.join("")}</svg>`;
}
