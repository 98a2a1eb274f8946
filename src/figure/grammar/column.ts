/**
 * A figure for one column of a journal, 85 mm: the same marks and numbers, its panels one below another where they
 * do not fit side by side. The layout follows from the widths that panels have when drawn; no figure has a second one.
 */
import type { TopLevelSpec } from "vega-lite";
import { wrap } from "./heading.ts";
import { drawnWidth } from "./render.ts";
import { THEME } from "./theme.ts";

/** Width of a figure in one column (85 mm), in px; and what the padding leaves of it. */
export const COLUMN_WIDTH = 321;
const PADDING = 6, CONTENT = COLUMN_WIDTH - 2 * PADDING;

/** Text in a column, px: 8 px are 6 pt. */
const TITLE = 11, SUBTITLE = 8.5, PANEL_TITLE = 10, LABEL = 8.5, GAP = 10;

const CONFIG = {
  ...THEME,
  title: {
    ...THEME.title,
    ...{ fontSize: TITLE, lineHeight: 13.5, subtitleFontSize: SUBTITLE, subtitleLineHeight: 11 },
  },
  axis: {
    ...THEME.axis,
    labelFontSize: LABEL,
    titleFontSize: LABEL,
    titlePadding: 4,
    labelLimit: 120,
  },
  header: { ...THEME.header, labelFontSize: LABEL, titleFontSize: LABEL },
  legend: { ...THEME.legend, labelFontSize: LABEL, titleFontSize: LABEL },
  text: { ...THEME.text, fontSize: LABEL },
} as const;

/** A part of a specification, as plain JSON. */
type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** Width of a view drawn by itself, axes and labels included, px. */
const widthOf = (view: Node): Promise<number> =>
  drawnWidth({ ...view, config: CONFIG, padding: 0 } as unknown as TopLevelSpec);

/** The title of a view, broken into lines of at most `width` px. */
function titled(title: unknown, size: number, width = CONTENT): unknown {
  const { text, subtitle, ...rest } = isNode(title) ? title : { text: title, subtitle: undefined };
  if (text === undefined || (Array.isArray(text) && text.length === 0)) return title;
  const line = (words: unknown) => [words].flat().join(" ");
  return {
    ...rest,
    text: wrap(line(text), width, size, 600),
    ...(subtitle === undefined ? {} : { subtitle: wrap(line(subtitle), width, SUBTITLE) }),
    ...("fontSize" in rest ? { fontSize: size, lineHeight: size + 2.5 } : {}),
  };
}

const encodingOf = (layer: Node): Node => isNode(layer.encoding) ? layer.encoding : {};
const channelOf = (layer: Node, name: string): Node => {
  const channel = encodingOf(layer)[name];
  return isNode(channel) ? channel : {};
};

/** The layers of a single view, or the view itself. */
const layersOf = (view: Node): Node[] => Array.isArray(view.layer) ? nodes(view.layer) : [view];

/** The view with each of its layers changed. */
const withLayers = (view: Node, change: (layer: Node) => Node): Node =>
  Array.isArray(view.layer) ? { ...view, layer: nodes(view.layer).map(change) } : change(view);

/** Whether a column of the rows holds places in px. */
const inPx = (layer: Node) => channelOf(layer, "x").scale === null;

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
function withLegend(layer: Node): Node {
  const color = channelOf(layer, "color"), { legend } = color;
  if (!isNode(legend)) return layer;
  const { legendX, legendY: _, ...rest } = legend;
  const placed = legendX === undefined
    ? { ...rest, ...(typeof rest.columns === "number" ? { columns: 2 } : {}) }
    : { ...rest, orient: "bottom" };
  return { ...layer, encoding: { ...encodingOf(layer), color: { ...color, legend: placed } } };
}

/** A view with the widths of its panels times `factor`, places in px with them. */
function scaled(view: Node, factor: number): Node {
  const key = ["hconcat", "vconcat", "concat"].find((name) => Array.isArray(view[name]));
  if (key !== undefined) return { ...view, [key]: nodes(view[key]).map((v) => scaled(v, factor)) };
  if (typeof view.width !== "number") return view;
  const from = view.width, width = Math.max(40, from * factor);
  return {
    ...withLayers(view, (layer) => moved(squeezed(layer, width / from), from, width)),
    width,
  };
}

/** Width of a view's panels side by side, without axes, px. */
function panelWidth(view: Node): number {
  const widths = (name: string) => nodes(view[name]).map(panelWidth);
  if (Array.isArray(view.hconcat)) return widths("hconcat").reduce((sum, width) => sum + width, 0);
  if (Array.isArray(view.vconcat)) return Math.max(...widths("vconcat"));
  if (Array.isArray(view.concat)) {
    const columns = Number(view.columns ?? view.concat.length), all = widths("concat");
    const rows = all.map((_, i) =>
      all.slice(i, i + columns).reduce((sum, width) => sum + width, 0)
    );
    return Math.max(...rows);
  }
  return typeof view.width === "number" ? view.width : 0;
}

/** The vertical axis of a view's first layer that has one. */
const axisOf = (view: Node): Node | undefined =>
  layersOf(view).map((layer) => channelOf(layer, "y"))
    .find((y) => y.field !== undefined && y.axis !== null);

const hasLabels = ({ axis }: Node) => !isNode(axis) || axis.labels !== false;

/** A view that shares its vertical axis with one before it, made to stand alone: with its labels and title. */
function withAxis(view: Node, before: readonly Node[]): Node {
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
function stretchOf(view: Node): readonly [number, number] {
  const layers = layersOf(view), { axis } = channelOf(layers[0], "x");
  if (layers.some(inPx)) return DRAWN;
  const isNamed = layers.some((layer) =>
    ["nominal", "ordinal"].includes(String(channelOf(layer, "x").type))
  );
  return isNamed && axis !== null ? NAMED : NUMBERED;
}

/** Views of `group` in `columns` columns as wide as the column of the page; null where they get too narrow. */
async function grid(group: Node, views: readonly Node[], columns: number): Promise<Node | null> {
  const stretches = views.map(stretchOf);
  const narrowest = Math.max(...stretches.map(([least]) => least));
  const widest = Math.min(...stretches.map(([, most]) => most));
  const placed = views.map((view, i) => {
    const title = titled(view.title, PANEL_TITLE, CONTENT / columns - 36);
    const alone = withLayers(
      i % columns === 0 && i > 0 ? withAxis(view, views.slice(0, i)) : view,
      withLegend,
    );
    return view.title === undefined ? alone : { ...alone, title };
  });
  const spacing = Math.min(GAP, typeof group.spacing === "number" ? group.spacing : GAP);
  const build = (factor: number): Node => ({
    ...group,
    ...{ columns, spacing, align: "each", concat: placed.map((view) => scaled(view, factor)) },
  });
  const row = Math.max(
    ...views.map((_, i) => views.slice(i, i + columns).reduce((sum, v) => sum + panelWidth(v), 0)),
  );
  let factor = 1;
  for (let step = 0; step < 4; step++) {
    const excess = await widthOf(build(factor)) - CONTENT;
    if (step > 0 && excess <= 0) break;
    factor = Math.min(widest, factor - excess / row);
    if (factor < narrowest) return null;
  }
  return build(factor);
}

/** A view no wider than the column, its panels narrowed together where it was. */
async function fitted(view: Node): Promise<Node> {
  let fit = view;
  for (let step = 0; step < 4; step++) {
    const excess = await widthOf(fit) - CONTENT, width = panelWidth(fit);
    if (excess <= 0 || width <= 60) break;
    fit = scaled(fit, Math.max(60, width - excess) / width);
  }
  return fit;
}

/** A view of any kind, no wider than the column. */
async function inColumn(view: Node): Promise<Node> {
  const { hconcat, vconcat, concat, columns: _, spacing, title, bounds: __, ...rest } = view;
  const below = nodes(vconcat), rows = below.map((part) => nodes(part.hconcat));
  const isTable = rows.length > 1 &&
    rows.every(({ length }) => length > 1 && length <= rows[0].length);
  const side = nodes(hconcat ?? concat), panels = isTable ? rows.flat() : side;
  const group = title === undefined ? rest : { ...rest, title: titled(title, PANEL_TITLE) };
  if (side.length === 0 && below.length === 0) return fitted(withLayers(group, withLegend));
  for (let columns = Math.min(4, panels.length); columns > 1; columns--) {
    const found = await grid({ ...group, spacing }, panels, columns);
    if (found !== null) return fitted(found);
  }
  const parts: Node[] = [];
  for (const [i, part] of [...side, ...below].entries()) {
    parts.push(await inColumn(i > 0 && side.length > 0 ? withAxis(part, side.slice(0, i)) : part));
  }
  return fitted({ ...group, spacing: GAP, vconcat: parts });
}

/** Least factor by which a drawing whose words stand in places of px may be squeezed. */
const NARROWEST_PICTURE = 0.8;

/** Whether a view holds a drawing that a column would squeeze until its words overlap. */
function isTooWide(view: Node): boolean {
  const parts = [view.hconcat, view.vconcat, view.concat].flatMap(nodes);
  if (parts.length > 0) return parts.some(isTooWide);
  return layersOf(view).some(inPx) && CONTENT < NARROWEST_PICTURE * panelWidth(view);
}

/** The same figure for one column; null where a drawing in it has no narrower form. */
export async function columnSpec(spec: TopLevelSpec): Promise<TopLevelSpec | null> {
  const { title, ...body } = spec as unknown as Node;
  if (isTooWide(body)) return null;
  const column = { ...await inColumn(body), title: titled(title, TITLE), config: CONFIG };
  return column as unknown as TopLevelSpec;
}
