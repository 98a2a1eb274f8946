/** Panels of `generality`: one finding each, a row for every source. */
import type { Effect, FindingSummary } from "../../analyse/mod.ts";
import { names, ownColour } from "../grammar/axes.ts";
import type { View } from "../grammar/figure.ts";
import { fixed } from "../grammar/format.ts";
import { wrap } from "../grammar/heading.ts";
import { dots, haloed, layer, panel, reference, spans, words } from "../grammar/marks.ts";
import { ACCENT, CONTENT_WIDTH, INK, MUTED, panelTitle } from "../grammar/theme.ts";

/** Panels side by side. */
export const COLUMNS = 5;
const GUTTER = 126, ROW = 15, TOGETHER = "Mean of spaces";
const WIDTH = (CONTENT_WIDTH - GUTTER - 8 * (COLUMNS - 1)) / COLUMNS;
/** Of a panel's width for the axis; the words stand beside it. */
const AXIS = WIDTH - 42;
/** Intervals that reach this many times as far as the farthest estimate are cut at the panel's edge. */
const FAR = 2.5;

const LOOK = {
  agrees: { shape: "circle", fill: INK, stroke: INK },
  opposite: { shape: "diamond", fill: ACCENT, stroke: ACCENT },
  neutral: { shape: "square", fill: "white", stroke: INK },
  open: { shape: "circle", fill: "white", stroke: MUTED },
} as const;

/** What stands beside an interval, or in its place. */
function word({ verdict, state, n, design, finding }: Effect): string {
  if (state === "too few") return `${n} of ${(design as { fewest: number }).fewest}`;
  if (verdict === null) return state;
  return verdict !== "neutral" ? verdict : finding.unit === "share" ? "half" : "no effect";
}

/** The range of the axis, which holds all estimates and the band. */
function domainOf(
  effects: readonly Effect[],
  summary: FindingSummary["summary"],
): [number, number] {
  const { reference: zero, margin } = effects[0].finding;
  const means = effects.flatMap(({ estimate }) => estimate === null ? [] : [estimate.estimate]);
  const reach = FAR * Math.max(margin, ...means.map((value) => Math.abs(value - zero)));
  const intervals = [...effects.map(({ interval }) => interval), summary && summary.mean];
  const ends = intervals.flatMap((found) => found === null ? [] : [found.low, found.high]);
  const within = ends.map((end) => Math.min(zero + reach, Math.max(zero - reach, end)));
  const all = [...means, ...within, zero - 1.5 * margin, zero + 1.5 * margin];
  return [Math.min(...all), Math.max(...all)];
}

/** One finding; `k` is its place. */
export function findingPanel(
  effects: readonly Effect[],
  summary: FindingSummary["summary"],
  k: number,
): View {
  const { finding: { name, unit, reference: zero, margin } } = effects[0];
  const [low, high] = domainOf(effects, summary), first = k % COLUMNS === 0;
  const order = [...effects.map(({ source }) => source.label), TOGETHER];
  const x = (field: string) => ({
    field,
    type: "quantitative" as const,
    scale: { domain: [low, high], range: [0, AXIS], nice: false, zero: false, clamp: true },
    title: unit === "share" ? "share of the fall" : "points",
    axis: { tickCount: 3, titleFontSize: 9, labelFontSize: 9, titlePadding: 2 },
  });
  const y = names("source", order, { labels: first, grid: true, labelFontSize: 9.5 });
  const rows = effects.filter(({ verdict }) => verdict !== null).map((effect) => ({
    source: effect.source.label,
    text: word(effect),
    estimate: effect.estimate!.estimate,
    low: effect.interval?.low ?? low,
    high: effect.interval?.high ?? high,
    ...LOOK[effect.verdict!],
  }));
  const missing = effects.filter(({ verdict }) => verdict === null)
    .map((effect) => ({ source: effect.source.label, text: word(effect) }));
  const together = summary === null ? [] : [{ source: TOGETHER, ...summary.mean }];
  const ahead = summary === null ? [] : [{ source: TOGETHER, ...summary.prediction }];
  const i2 = summary === null ? "fewer than 3" : `I² ${fixed(100 * summary.i2, 0)} %`;
  const heterogeneity = [{ source: TOGETHER, text: i2 }];
  const small = { fontSize: 8.5, align: "left" } as const, muted = { ...small, color: MUTED };
  const title = { ...panelTitle("abcdefghijklmnopqrstuvwxyz"[k], name), fontSize: 9.5 };
  const wrapped = { ...title, text: wrap(title.text, WIDTH, 9.5, 600) };
  const margins = [{ low: zero - margin, high: zero + margin }];
  const shape = { field: "shape", type: "nominal", scale: null } as const;
  const stroke = ownColour("stroke");
  return panel(wrapped, [WIDTH, ROW * order.length], [
    layer(margins, { type: "rect", color: "#E3ECF4" }, { x: x("low"), x2: { field: "high" } }),
    reference("x", zero, { color: MUTED, strokeWidth: 0.8 }, x("")),
    spans(rows, { x, y, color: stroke }, { strokeWidth: 1.3 }),
    dots(rows, { x, y, shape, fill: ownColour("fill"), stroke }, { size: 24, strokeWidth: 1.2 }),
    spans(ahead, { x, y }, { strokeWidth: 0.8, color: MUTED, strokeDash: [2, 2] }),
    spans(together, { x, y }, { strokeWidth: 2.4, color: INK }),
    dots(together, { x, y }, { size: 30, color: "white", stroke: INK, strokeWidth: 1.2 }),
    words(rows, { x: { value: AXIS + 3 }, y, color: stroke }, small),
    ...haloed(missing, { x: { value: 2 }, y }, 3, muted),
    words(heterogeneity, { x: { value: summary === null ? 2 : AXIS + 3 }, y }, muted),
  ]);
}
