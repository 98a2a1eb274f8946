/**
 * A figure for one column of a journal, 85 mm: the same marks and numbers, its panels one below another where they
 * do not fit side by side. The layout follows from the widths that panels have when drawn; no figure has a second one.
 */
import type { TopLevelSpec } from "vega-lite";
import { COLUMN_CONFIG, COLUMN_CONTENT, COLUMN_GAP, SIZES } from "./column_look.ts";
import {
  inPx,
  layersOf,
  type Node,
  nodes,
  panelWidth,
  scaled,
  stretchOf,
  titled,
  viewsOf,
  widthOf,
  withAxis,
  withLayers,
  withLegend,
} from "./column_view.ts";

/** Views of `group` in `columns` columns as wide as the column of the page; null where they get too narrow. */
async function grid(group: Node, views: readonly Node[], columns: number): Promise<Node | null> {
  const stretches = views.map(stretchOf);
  const narrowest = Math.max(...stretches.map(([least]) => least));
  const widest = Math.min(...stretches.map(([, most]) => most));
  const placed = views.map((view, i) => {
    const title = titled(view.title, SIZES.panelTitle, COLUMN_CONTENT / columns - 36);
    const alone = withLayers(
      i % columns === 0 && i > 0 ? withAxis(view, views.slice(0, i)) : view,
      withLegend,
    );
    return view.title === undefined ? alone : { ...alone, title };
  });
  const own = typeof group.spacing === "number" ? group.spacing : COLUMN_GAP;
  const spacing = Math.min(COLUMN_GAP, own);
  const build = (factor: number): Node => ({
    ...group,
    ...{ columns, spacing, align: "each", concat: placed.map((view) => scaled(view, factor)) },
  });
  const row = panelWidth({ columns, concat: views });
  let factor = 1;
  for (let step = 0; step < 4; step++) {
    const excess = await widthOf(build(factor)) - COLUMN_CONTENT;
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
    const excess = await widthOf(fit) - COLUMN_CONTENT, width = panelWidth(fit);
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
  const group = title === undefined ? rest : { ...rest, title: titled(title, SIZES.panelTitle) };
  if (side.length === 0 && below.length === 0) return fitted(withLayers(group, withLegend));
  for (let columns = Math.min(4, panels.length); columns > 1; columns--) {
    const found = await grid({ ...group, spacing }, panels, columns);
    if (found !== null) return fitted(found);
  }
  const parts: Node[] = [];
  for (const [i, part] of [...side, ...below].entries()) {
    parts.push(await inColumn(i > 0 && side.length > 0 ? withAxis(part, side.slice(0, i)) : part));
  }
  return fitted({ ...group, spacing: COLUMN_GAP, vconcat: parts });
}

/** Least factor by which a drawing whose words stand in places of px may be squeezed. */
const NARROWEST_PICTURE = 0.8;

/** Whether a view holds a drawing that a column would squeeze until its words overlap. */
function isTooWide(view: Node): boolean {
  const parts = viewsOf(view);
  if (parts.length > 0) return parts.some(isTooWide);
  return layersOf(view).some(inPx) && COLUMN_CONTENT < NARROWEST_PICTURE * panelWidth(view);
}

/** The same figure for one column; null where a drawing in it has no narrower form. */
export async function columnSpec(spec: TopLevelSpec): Promise<TopLevelSpec | null> {
  const { title, ...body } = spec as unknown as Node;
  if (isTooWide(body)) return null;
  const column = {
    ...await inColumn(body),
    title: titled(title, SIZES.title),
    config: COLUMN_CONFIG,
  };
  return column as unknown as TopLevelSpec;
}
