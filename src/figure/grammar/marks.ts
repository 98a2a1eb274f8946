/** Layers that many figures share: intervals, bands, lines of reference, words. */
import type { Channel, Encoding, Layer, Mark, View } from "./figure.ts";
import { spread } from "./spread.ts";
import { MUTED } from "./theme.ts";

/** Layers over each other, below a title. */
export function panel(
  title: NonNullable<View["title"]>,
  [width, height]: readonly [number, number],
  layers: readonly Layer[],
): View {
  return { title, width, height, layer: [...layers] };
}

/** One mark over rows of its own. */
export function layer(rows: readonly object[], mark: Mark, encoding: Encoding): Layer {
  return { data: { values: [...rows] }, mark, encoding };
}

/** The encodings of an interval: the channel along which it lies is a function of the column. */
export type Along =
  & { readonly [Name in Exclude<keyof Encoding, "x" | "y">]?: Encoding[Name] }
  & (
    | { readonly x: (field: string) => Channel<"x">; readonly y: Channel<"y"> }
    | { readonly x: Channel<"x">; readonly y: (field: string) => Channel<"y"> }
  );

/** Properties of a mark. */
type Look = Omit<Mark, "type">;

/** `encodings` at one column, or from one column to another. */
function at({ x, y, ...rest }: Along, from: string, to?: string): Encoding {
  const end = to === undefined ? {} : { [typeof x === "function" ? "x2" : "y2"]: { field: to } };
  return {
    x: typeof x === "function" ? x(from) : x,
    y: typeof y === "function" ? y(from) : y,
    ...rest,
    ...end,
  } as Encoding;
}

/** A mark that reaches from one column to another. */
const reaching =
  (type: "rule" | "bar" | "area") =>
  (rows: readonly object[], encodings: Along, look: Look = {}, [low, high] = ["low", "high"]) =>
    layer(rows, { type, ...look } as Mark, at(encodings, low, high));

/** Lines from column `low` to column `high`; bars; and a band along x. */
export const spans = reaching("rule"), bars = reaching("bar"), band = reaching("area");

/** Dots at a column. */
export function dots(
  rows: readonly object[],
  encodings: Along,
  look: Look = {},
  field = "estimate",
): Layer {
  return layer(rows, { type: "point", ...look }, at(encodings, field));
}

/** Columns of an interval: its middle and its ends. */
const INTERVAL = ["estimate", "low", "high"] as const;

/**
 * Estimates with their intervals: a line from low to high below a dot.
 *
 * @param line look of the line
 * @param dot look of the dot
 */
export function intervals(
  rows: readonly object[],
  encodings: Along,
  line: Look,
  dot: Look,
  [middle, low, high]: readonly [string, string, string] = INTERVAL,
): Layer[] {
  return [spans(rows, encodings, line, [low, high]), dots(rows, encodings, dot, middle)];
}

/** Rectangles from columns `x` and `y` to `x2` and `y2`. */
export function boxes(rows: readonly object[], encoding: Encoding, look: Look = {}): Layer {
  const ends = { x2: { field: "x2" }, y2: { field: "y2" } };
  return layer(rows, { type: "rect", ...look }, { ...encoding, ...ends });
}

/** A line across the panel at one value of an axis; `position` where the axis is not another layer's. */
export function reference(
  channel: "x" | "y",
  value: number | string,
  look: Look = {},
  position: object = { type: typeof value === "number" ? "quantitative" : "ordinal" },
): Layer {
  const encoding = { [channel]: { ...position, field: "reference" } };
  return layer([{ reference: value }], { type: "rule", ...look }, encoding as Encoding);
}

/** A straight line between points in the units of the axes, dashed and muted unless told otherwise. */
export function polyline(points: readonly object[], encoding: Encoding, look: Look = {}): Layer {
  const mark: Mark = { type: "line", color: MUTED, strokeWidth: 1, strokeDash: [3, 3], ...look };
  return layer(points, mark, encoding);
}

/** Words at places of the panel, from column `text`. */
export function words(rows: readonly object[], encoding: Encoding, look: Look = {}): Layer {
  return layer(rows, { type: "text", ...look }, { ...encoding, text: { field: "text" } });
}

/** Words that stay legible on a dark ground: white around the letters, `halo` px wide. */
export function haloed(
  rows: readonly object[],
  encoding: Encoding,
  halo: number,
  look: Look = {},
): Layer[] {
  const around: Look = { stroke: "white", strokeWidth: halo, strokeJoin: "round" };
  return [words(rows, encoding, { ...look, ...around }), words(rows, encoding, look)];
}

/**
 * Names of curves to the right of a panel, moved apart where they would overlap.
 *
 * @param ends last points: `text`, the value `at` which the curve ends, and what `encoding` needs
 * @param width px of the panel
 * @param gap distance of two names in units of y
 */
export function endLabels(
  ends: readonly { readonly text: string; readonly at: number }[],
  width: number,
  gap: number,
  y: (field: string) => Channel<"y">,
  encoding: Encoding = {},
  look: Look = {},
): Layer {
  const places = spread(ends.map(({ at }) => at), gap);
  const rows = ends.map((end, i) => ({ ...end, place: places[i] }));
  return words(rows, { x: { value: width + 4 }, y: y("place"), ...encoding }, {
    align: "left",
    ...look,
  });
}
