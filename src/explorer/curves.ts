/** Curves over a logarithmic scale, told apart by label, dash and marker and not by colour alone. SVG as text. */
import { decimals, escaped } from "./html.ts";

/** One point of a curve; `low` and `high` are its band, null where there is none. */
export interface CurvePoint {
  /** Above 0, as the scale is logarithmic. */
  readonly x: number;
  readonly y: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Curve {
  readonly label: string;
  /** Ascending in x. */
  readonly points: readonly CurvePoint[];
}

/** A drawing of curves. */
export interface CurvesOptions {
  readonly curves: readonly Curve[];
  /** Places on the x axis that are named, and how; the axis holds them and all points. */
  readonly ticks: readonly (readonly [x: number, text: string])[];
  /** What the drawing shows, for who does not see it. */
  readonly said: string;
  /** Ends of the y axis; those of the data, rounded outwards, by default. */
  readonly ends?: readonly [low: number, high: number];
}

/** So many curves are told apart. */
export const MOST_CURVES = 8;

/** Longer labels stand in a list below the plot. */
const LONGEST_LABEL = 18;
const WIDTH = 560, LEFT = 44, RIGHT = 400, TOP = 12, BOTTOM = 230;
const DASHES = ["", "7 4", "2 4", "9 3 2 3", "14 4", "4 2 1 2", "1 3", "10 6"];
/** Outlines of a marker around a point: the order is that of the curves. */
const MARKERS: readonly ((x: number, y: number) => string)[] = [
  (x, y) => `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`,
  (x, y) => `M${x - 4} ${y - 4}h8v8h-8z`,
  (x, y) => `M${x} ${y - 5}l5 9h-10z`,
  (x, y) => `M${x} ${y - 5}l5 5l-5 5l-5 -5z`,
  (x, y) => `M${x} ${y + 5}l5 -9h-10z`,
  (x, y) => `M${x - 4} ${y - 4}l8 8m-8 0l8 -8`,
  (x, y) => `M${x - 5} ${y}h10m-5 -5v10`,
  (x, y) => `M${x - 5} ${y - 2}h10v4h-10z`,
];

/** The step of 1, 2 or 5 times a power of ten that gives about five of a span. */
function stepOf(span: number): number {
  const power = 10 ** Math.floor(Math.log10(span / 5)), lead = span / 5 / power;
  return power * (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1);
}

/** Places of labels at least 14 px apart, as near to the wanted ones as that allows from the top. */
function apart(wanted: readonly number[]): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const placed = [...wanted];
  order.forEach((i, k) => {
    if (k > 0) placed[i] = Math.max(placed[i], placed[order[k - 1]] + 14);
  });
  return placed;
}

/** Labels below a plot, each with its line and marker. */
function labelList(curves: readonly Curve[]): string {
  const items = curves.map(({ label }, k) =>
    `<li class="c${k}"><svg class="key" viewBox="0 0 40 14" aria-hidden="true">` +
    `<path class="line" stroke-dasharray="${DASHES[k]}" d="M0 7H40"/>` +
    `<path class="marker" d="${MARKERS[k](20, 7)}"/></svg> ${escaped(label)}</li>`
  );
  return `<ul class="labels">${items.join("")}</ul>`;
}

/** All curves in one plot, each with its band; at most `MOST_CURVES`. */
export function curvesSvg({ curves, ticks, said, ends }: CurvesOptions): string {
  const points = curves.flatMap((curve) => curve.points);
  const values = points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]);
  const range = ends ?? [Math.min(...values), Math.max(...values)];
  const step = stepOf(Math.max(range[1] - range[0], 0.1));
  const bottom = ends?.[0] ?? Math.max(0, Math.floor(range[0] / step) * step);
  const top = ends?.[1] ?? Math.min(100, Math.ceil(range[1] / step) * step);
  const places = [...ticks.map(([at]) => at), ...points.map((point) => point.x)];
  const [first, last] = [Math.min(...places), Math.max(...places)].map(Math.log);
  const x = (value: number) =>
    Number(
      (LEFT + 16 + (Math.log(value) - first) / (last - first) * (RIGHT - LEFT - 32)).toFixed(1),
    );
  const y = (value: number) => {
    const inside = Math.min(top, Math.max(bottom, value));
    return Number((BOTTOM - (inside - bottom) / (top - bottom || 1) * (BOTTOM - TOP)).toFixed(1));
  };
  const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  const rows = Array.from(
    { length: Math.round((top - bottom) / step) + 1 },
    (_, k) => bottom + k * step,
  );
  const grid = rows.map((value) =>
    `<path class="grid" d="M${LEFT} ${y(value)}H${RIGHT}"/>` +
    `<text x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end">${value.toFixed(digits)}</text>`
  );
  const named = ticks.map(([at, text]) =>
    `<text x="${x(at)}" y="${BOTTOM + 18}" text-anchor="middle">${escaped(text)}</text>`
  );
  const isDirect = curves.every(({ label }) => label.length <= LONGEST_LABEL);
  const labels = apart(curves.map(({ points }) => y(points[points.length - 1].y)));
  const drawn = curves.map(({ label, points }, k) => {
    const banded = points.filter(({ low, high }) => low !== null && high !== null);
    const edge = (end: "low" | "high") => banded.map((p) => `${x(p.x)} ${y(p[end]!)}`);
    const band = banded.length < 2
      ? ""
      : `<path class="band" d="M${[...edge("high"), ...edge("low").reverse()].join("L")}Z"/>`;
    const single = banded.length === 1
      ? `<path class="line" d="M${edge("low")[0]}L${edge("high")[0]}"/>`
      : "";
    const line = points.map((p) => `${x(p.x)} ${y(p.y)}`).join("L");
    const end = points[points.length - 1];
    const direct = !isDirect
      ? ""
      : `<path class="lead" d="M${x(end.x) + 6} ${y(end.y)}L${RIGHT + 4} ${labels[k]}"/>` +
        `<path class="marker" d="${MARKERS[k](RIGHT + 11, labels[k])}"/>` +
        `<text x="${RIGHT + 20}" y="${labels[k] + 4}">${escaped(label)}</text>`;
    return `<g class="c${k}">${band}${single}` +
      `<path class="line" stroke-dasharray="${DASHES[k]}" d="M${line}"/>` +
      `<path class="marker" d="${points.map((p) => MARKERS[k](x(p.x), y(p.y))).join("")}"/>` +
      `${direct}</g>`;
  });
  const words = curves.map(({ label, points }) =>
    `${label}: ${points.map((p) => decimals(p.y)).join(", ")}`
  ).join("; ");
  const width = isDirect ? WIDTH : RIGHT + 24;
  return `<svg class="curves" viewBox="0 0 ${width} ${BOTTOM + 26}" role="img" ` +
    `aria-label="${escaped(`${said}. ${words}`)}">${grid.join("")}${named.join("")}` +
    `${drawn.join("")}</svg>${isDirect ? "" : labelList(curves)}`;
}
