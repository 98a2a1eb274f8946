/** What becomes of one view in a column: its titles, legends, axes and widths, as plain JSON. */
import type { TopLevelSpec } from "vega-lite";
import { COLUMN_CONFIG, COLUMN_CONTENT, SIZES } from "./column_look.ts";
import { wrap } from "./heading.ts";
import { drawnWidth } from "./render.ts";

/** A part of a specification, as plain JSON. */
export type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** Width of a view drawn by itself, axes and labels included, px. */
export const widthOf = (view: Node): Promise<number> =>
  drawnWidth({ ...view, config: COLUMN_CONFIG, padding: 0 } as unknown as TopLevelSpec);

/** The title of a view, broken into lines of at most `width` px. */
export function titled(title: unknown, size: number, width = COLUMN_CONTENT): unknown {
  const { text, subtitle, ...rest } = isNode(title) ? title : { text: title, subtitle: undefined };
  if (text === undefined || (Array.isArray(text) && text.length === 0)) return title;
  const line = (words: unknown) => [words].flat().join(" ");
  return {
    ...rest,
    text: wrap(line(text), width, size, 600),
    ...(subtitle === undefined ? {} : { subtitle: wrap(line(subtitle), width, SIZES.subtitle) }),
    ...("fontSize" in rest ? { fontSize: size, lineHeight: size + 2.5 } : {}),
  };
}

const encodingOf = (layer: Node): Node => isNode(layer.encoding) ? layer.encoding : {};
const channelOf = (layer: Node, name: string): Node => {
  const channel = encodingOf(layer)[name];
  return isNode(channel) ? channel : {};
};

/** The layers of a single view, or the view itself. */
export const layersOf = (view: Node): Node[] =>
  Array.isArray(view.layer) ? nodes(view.layer) : [view];

/** The view with each of its layers changed. */
export const withLayers = (view: Node, change: (layer: Node) => Node): Node =>
  Array.isArray(view.layer) ? { ...view, layer: nodes(view.layer).map(change) } : change(view);

/** Whether a column of the rows holds places in px. */
export const inPx = (layer: Node) => channelOf(layer, "x").scale === null;

/** A layer with its places in px times `factor`. */
function squeezed(layer: Node, factor: number): Node {
  if (!inPx(layer) || !isNode(layer.data)) return layer;
  const fields = ["x", "x2"].map((name) => channelOf(layer, name).field).filter((f) =>
    f !== undefined
  );
  const values = nodes(layer.data.values).map((row) => ({
    ...row,
    ...Object.fromEntries(fields.map((f) => [f, Number(row[String(f)]) * factor])),
  }));
  return { ...layer, data: { values } };
}

/** A layer with what stands to the right of its panel moved along with the panel's edge. */
function moved(layer: Node, from: number, to: number): Node {
  const { value } = channelOf(layer, "x");
  if (typeof value !== "number" || value < from) return layer;
  return { ...layer, encoding: { ...encodingOf(layer), x: { value: value + to - from } } };
}

/** A legend placed beyond the column, or too wide for it, goes below the panel in two columns. */
export function withLegend(layer: Node): Node {
  const color = channelOf(layer, "color"), { legend } = color;
  if (!isNode(legend)) return layer;
  const { legendX, legendY: _, ...rest } = legend;
  const placed = legendX === undefined
    ? { ...rest, ...(typeof rest.columns === "number" ? { columns: 2 } : {}) }
    : { ...rest, orient: "bottom" };
  return { ...layer, encoding: { ...encodingOf(layer), color: { ...color, legend: placed } } };
}

/** The name under which a group holds its views; undefined for a single view. */
const groupOf = (view: Node) =>
  ["hconcat", "vconcat", "concat"].find((name) => Array.isArray(view[name]));

/** The views of a group; none of a single view. */
export const viewsOf = (view: Node): Node[] => nodes(view[groupOf(view) ?? ""]);

/** A view with the widths of its panels times `factor`, places in px with them. */
export function scaled(view: Node, factor: number): Node {
  const group = groupOf(view);
  if (group !== undefined) {
    return { ...view, [group]: viewsOf(view).map((part) => scaled(part, factor)) };
  }
  if (typeof view.width !== "number") return view;
  const from = view.width, width = Math.max(40, from * factor);
  return {
    ...withLayers(view, (layer) => moved(squeezed(layer, width / from), from, width)),
    width,
  };
}

/** Width of a view's panels side by side, without axes, px. */
export function panelWidth(view: Node): number {
  const group = groupOf(view), widths = viewsOf(view).map(panelWidth);
  if (group === undefined) return typeof view.width === "number" ? view.width : 0;
  const columns = group === "vconcat" ? 1 : Number(view.columns ?? widths.length);
  const from = (k: number) => widths.slice(k, k + columns).reduce((sum, width) => sum + width, 0);
  return Math.max(...widths.map((_, k) => from(k)));
}

/** The vertical axis of a view's first layer that has one. */
const axisOf = (view: Node): Node | undefined =>
  layersOf(view).map((layer) => channelOf(layer, "y"))
    .find((y) => y.field !== undefined && y.axis !== null);

const hasLabels = ({ axis }: Node) => !isNode(axis) || axis.labels !== false;

/** A view that shares its vertical axis with one before it, made to stand alone: with its labels and title. */
export function withAxis(view: Node, before: readonly Node[]): Node {
  const axes = before.map(axisOf).filter((axis) => axis !== undefined);
  return withLayers(view, (layer) => {
    const y = channelOf(layer, "y");
    const given = axes.findLast((axis) =>
      axis.type === y.type && hasLabels(axis) && (axis.title !== null || y.type === "nominal")
    );
    if (y.field === undefined || y.scale === null || given === undefined) return layer;
    const title = y.title === null ? { title: given.title } : {};
    if (hasLabels(y)) {
      return { ...layer, encoding: { ...encodingOf(layer), y: { ...y, ...title } } };
    }
    const { labels: _, ticks: __, domain: ___, ...own } = y.axis as Node;
    const axis = { ...own, ...isNode(given.axis) ? given.axis : {} };
    return { ...layer, encoding: { ...encodingOf(layer), y: { ...y, ...title, axis } } };
  });
}

/**
 * Least and largest factor by which panels side by side may be narrowed or widened: names along an axis need their
 * room, and drawings keep their size.
 */
const NUMBERED = [0.62, 1.2] as const, NAMED = [0.85, 1.2] as const, DRAWN = [1, 1] as const;

/** Those factors for a panel. */
export function stretchOf(view: Node): readonly [number, number] {
  const layers = layersOf(view), { axis } = channelOf(layers[0], "x");
  if (layers.some(inPx)) return DRAWN;
  const isNamed = layers.some((layer) =>
    ["nominal", "ordinal"].includes(String(channelOf(layer, "x").type))
  );
  return isNamed && axis !== null ? NAMED : NUMBERED;
}
