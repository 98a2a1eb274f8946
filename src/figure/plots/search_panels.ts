/** Panels of `search_comparison`: means with intervals, other guides, quartiles beside random search. */
import { AWARE_QUERIES, methodName, SEARCH_TARGET, type SearchSummary } from "../../analyse/mod.ts";
import { along, coloured, logarithmic, names } from "../grammar/axes.ts";
import type { Channel, Layer, View } from "../grammar/figure.ts";
import { fixed } from "../grammar/format.ts";
import { band, endLabels, intervals, layer, panel, polyline, words } from "../grammar/marks.ts";
import { colourScale, metricLabel, SEARCH_METHOD, type SearchMethod } from "../grammar/metrics.ts";
import { INK, MUTED, panelTitle } from "../grammar/theme.ts";

/** Query counts of the axis. */
export const QUERIES = [10, 500] as const;
/** Per cent; all curves, bands and quartiles are within. */
const ACCURACY = [84, 91.6] as const;
const CURVE_WIDTH = 270, CURVE_HEIGHT = 210, GUIDE_WIDTH = 196;

/** Summaries of one method's runs at ascending query counts. */
interface Curve {
  readonly method: SearchMethod;
  readonly points: readonly SearchSummary[];
}

/** The same colour for a method in all panels. */
const colour = (methods: readonly SearchMethod[]) => {
  const words = methods.map((m) => ({ label: methodName(m), colour: SEARCH_METHOD[m].colour }));
  return coloured("label", colourScale(words));
};

/** `tickCount`, else every other tick is dropped. */
const queryAxis = (values: readonly number[]) =>
  logarithmic("queries", QUERIES, { values, format: "d", tickCount: values.length })("query");

/** Means with intervals, the exact expectation of random search, and the optimum. */
export function meanPanel(
  curves: readonly Curve[],
  exact: readonly { query: number; mean: number }[],
  optimum: number,
): View {
  const x = queryAxis([10, 20, 50, 100, 200, 500]);
  const title = "Best HWT accuracy after 1 day found (%)", values = [84, 85, 86, 87, 88, 89, 90];
  const y = along(SEARCH_TARGET, ACCURACY, { title, grid: true, values });
  const at = { x, y: y("mean") };
  const color = colour(curves.map(({ method }) => method));
  const named = curves.map(({ method, points }) => ({ label: methodName(method), points }));
  const rows = named.flatMap(({ label, points }) => points.map((point) => ({ label, ...point })));
  const ends = named.map(({ label, points }) => ({ label, text: label, at: points.at(-1)!.mean }));
  const best = `best cell of the table: ${fixed(optimum, 2)} %`;
  const bestAt = [{ query: 10.6, mean: optimum - 0.22, text: best }];
  const dotted = { color: INK, strokeWidth: 1.2, strokeDash: [1.5, 3], clip: true };
  const text = panelTitle("a", `Mean of the runs, guided by ${metricLabel(SEARCH_TARGET)}`);
  return panel(text, [CURVE_WIDTH, CURVE_HEIGHT], [
    polyline(QUERIES.map((query) => ({ query, mean: optimum })), at, { strokeDash: [2, 3] }),
    words(bestAt, at, { align: "left", color: MUTED, fontSize: 9 }),
    band(rows, { x, y, color }, { opacity: 0.18, clip: true }, ["mean_low", "mean_high"]),
    layer(rows, { type: "line", strokeWidth: 1.5, clip: true }, { ...at, color }),
    polyline(exact, at, dotted),
    // 0.4 %: distance of two lines of text
    endLabels(ends, CURVE_WIDTH, 0.4, y, { color }, { fontSize: 9.5, clip: false }),
  ]);
}

/** Mean true accuracy found by a method under a guide, per cent, with the ends of its 95 % interval. */
export interface GuidePoint extends Pick<SearchSummary, "mean" | "mean_low" | "mean_high"> {
  readonly guide: string;
  readonly label: string;
}

/** The same methods under other guides, judged after a day. */
export function guidePanel(rows: readonly GuidePoint[], methods: readonly SearchMethod[]): View {
  const low = Math.floor(Math.min(...rows.map(({ mean_low }) => mean_low)));
  const title = "HWT accuracy after 1 day (%)";
  const x = along(SEARCH_TARGET, [low, 90.6], { title, grid: true, tickCount: 6, format: "d" });
  const y = names("guide", [...new Set(rows.map(({ guide }) => guide))], { labelPadding: 6 });
  const yOffset: Channel<"yOffset"> = {
    field: "label",
    type: "nominal",
    sort: methods.map(methodName),
    scale: { paddingOuter: 1.2 },
  };
  const at = { x, y, yOffset, color: colour(methods) };
  const text = panelTitle("b", `Guided by …, ${AWARE_QUERIES} queries`);
  const columns = ["mean", "mean_low", "mean_high"] as const;
  const layers = intervals(rows, at, { strokeWidth: 1.4 }, { size: 22 }, columns);
  return panel(text, [GUIDE_WIDTH, CURVE_HEIGHT], layers);
}

/** Median and quartiles of one method over those of random search. */
export function bandPanel(curve: Curve, random: Curve, k: number, width: number): View {
  const first = k === 0, x = { ...queryAxis([10, 100]), title: first ? "Queries" : null };
  const found = { title: first ? "Found (%)" : null, labels: first };
  const y = along(SEARCH_TARGET, ACCURACY, { ...found, grid: true, values: [84, 86, 88, 90] });
  const quartiles = ({ method, points }: Curve): Layer[] => {
    const look = { color: SEARCH_METHOD[method].colour, clip: true };
    return [
      band(points, { x, y }, { ...look, opacity: 0.28 }, ["q25", "q75"]),
      layer(points, { type: "line", strokeWidth: 1.5, ...look }, { x, y: y("median") }),
    ];
  };
  const { short, colour } = SEARCH_METHOD[curve.method];
  const title = { text: short, color: colour, fontSize: 10, frame: "group", offset: 5 } as const;
  return panel(title, [width, 78], [...quartiles(random), ...quartiles(curve)]);
}
