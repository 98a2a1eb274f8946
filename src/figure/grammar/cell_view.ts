/** A cell drawn as a graph: nodes on a line, edges as arcs coloured and labelled by operation. */
import { type Cell, EDGES, liveEdges, NONE, OPERATIONS } from "../../space/mod.ts";
import { AT_PX, coloured } from "./axes.ts";
import type { View } from "./figure.ts";
import { haloed, layer, panel, words } from "./marks.ts";
import { OPERATION, OPERATION_SCALE } from "./metrics.ts";
import { INK } from "./theme.ts";

/** Height of each edge's arc, in units of the distance between neighbouring nodes; down is negative. */
const BEND = [0, 0.85, 1.75, 0, -0.85, 0];
const X_DOMAIN = [-0.25, 3.25];
const Y_DOMAIN = [-0.62, 1.02];
const POINTS = 24;

/** Sizes in px; below 200 px of width nodes, heads and letters shrink to leave the edges visible. */
const sizes = (width: number) =>
  width < 200
    ? { radius: 7, arrow: 4.5, head: 24, label: 8.5, halo: 4, node: 7.5 }
    : { radius: 8.5, arrow: 6, head: 38, label: 9.5, halo: 6, node: 8.5 };

type Size = Parameters<typeof panel>[1];
type Title = Parameters<typeof panel>[0];

interface Point {
  readonly x: number;
  readonly y: number;
}

/** How one edge is drawn. */
interface EdgeStyle {
  /** Label of an operation, the key of its colour; "none" is dotted and has no arrow head. */
  readonly operation: string;
  readonly text: string;
  /** An edge on no path from input to output is drawn faint. */
  readonly live: boolean;
}

/** The point at t (0..1) of an edge's arc: a quadratic Bezier curve between its nodes. */
function arcPoint(edge: number, t: number): Point {
  const [from, to] = EDGES[edge];
  return { x: from + (to - from) * t, y: 2 * t * (1 - t) * BEND[edge] };
}

/** Drawing of `cell`, of a width and height in px; legible from 150 by 85. */
export function cellView(cell: Cell, size: Size, title: Title = []): View {
  const live = liveEdges(cell);
  const styles = cell.map((operation, edge) => {
    const { label, short } = OPERATION[OPERATIONS[operation]];
    return { operation: label, text: short, live: live[edge] || operation === NONE };
  });
  return graphView(styles, size, title);
}

/** The cell's graph with any style of its six edges, in the published order. */
export function graphView(styles: readonly EdgeStyle[], size: Size, title: Title = []): View {
  const [width, height] = size;
  const toPx = ({ x, y }: Point) => ({
    x: (x - X_DOMAIN[0]) / (X_DOMAIN[1] - X_DOMAIN[0]) * width,
    y: (Y_DOMAIN[1] - y) / (Y_DOMAIN[1] - Y_DOMAIN[0]) * height,
  });
  const { radius, arrow, head, label, halo, node: nodeText } = sizes(width);
  const node = (x: number) => toPx({ x, y: 0 });
  const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

  /** The part of the arc that the circles of its two nodes leave visible, in px. */
  const visible = (edge: number): Point[] => {
    const [from, to] = EDGES[edge].map(node);
    const kept = Array.from({ length: 201 }, (_, i) => toPx(arcPoint(edge, i / 200))).filter((p) =>
      distance(p, from) > radius + 1 && distance(p, to) > radius + arrow - 1
    );
    const pick = (i: number) => kept[Math.round(i / (POINTS - 1) * (kept.length - 1))];
    return Array.from({ length: POINTS }, (_, i) => pick(i));
  };
  const arcs = EDGES.map((_, edge) => visible(edge));
  const none = OPERATION[OPERATIONS[NONE]].label;

  const lines = arcs.flatMap((arc, edge) =>
    arc.map((p, order) => ({ edge, ...styles[edge], order, ...p }))
  );
  const heads = arcs.flatMap((arc, edge) => {
    if (styles[edge].operation === none) return [];
    const [before, tip] = arc.slice(-2);
    const angle = Math.atan2(tip.y - before.y, tip.x - before.x) * 180 / Math.PI + 90;
    return [{ ...styles[edge], angle, ...tip }];
  });
  const labels = styles.map(({ text }, edge) => ({ text, ...toPx(arcPoint(edge, 0.5)) }));
  const nodes = ["in", "1", "2", "out"].map((text, x) => ({ text, ...node(x) }));

  const opacity = { condition: { test: "datum.live", value: 1 }, value: 0.3 };
  const look = { ...AT_PX, color: coloured("operation", OPERATION_SCALE), opacity };
  const strokeDash = {
    condition: { test: `datum.operation === '${none}'`, value: [1.5, 2.5] },
    value: [1, 0],
  };
  const along = { order: { field: "order" }, detail: { field: "edge" } };
  const angle = { field: "angle", type: "quantitative", scale: null } as const;
  const circle = { type: "point", shape: "circle", size: Math.PI * radius ** 2 } as const;
  return panel(title, size, [
    layer(lines, { type: "line", strokeWidth: 2 }, { ...look, ...along, strokeDash }),
    layer(heads, { type: "point", shape: "triangle", size: head }, { ...look, angle }),
    ...haloed(labels, AT_PX, halo, { fontSize: label }),
    layer(nodes, { ...circle, color: "white", stroke: INK, strokeWidth: 1 }, AT_PX),
    words(nodes, AT_PX, { fontSize: nodeText }),
  ]);
}
