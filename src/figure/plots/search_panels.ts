/** Panels of `search_comparison`: means with intervals, other guides, quartiles beside random search. */
import { AWARE_QUERIES, SEARCH_TARGET, type SearchSummary } from "../../analyse/mod.ts";
import { position } from "../grammar/axes.ts";
import type { Channel, Layer, View } from "../grammar/figure.ts";
import { fixed } from "../grammar/format.ts";
import { metricLabel, SEARCH_METHOD, type SearchMethod } from "../grammar/metrics.ts";
import { spread } from "../grammar/spread.ts";
import { INK, MUTED, panelTitle } from "../grammar/theme.ts";

/** Query counts of the axis. */
export const QUERIES = [10, 500] as const;
/** Per cent; what lies below is cut off the axis. */
const ACCURACY = [86, 90.8] as const;
const CURVE_WIDTH = 270, CURVE_HEIGHT = 210, GUIDE_WIDTH = 196;

/** Summaries of one method's runs at ascending query counts. */
export interface Curve {
  readonly method: SearchMethod;
  readonly points: readonly SearchSummary[];
}

/** The same colour for a method in all panels. */
function colour(methods: readonly SearchMethod[]): Channel<"color"> {
  return {
    field: "label",
    type: "nominal",
    scale: {
      domain: methods.map((m) => SEARCH_METHOD[m].label),
      range: methods.map((m) => SEARCH_METHOD[m].colour),
    },
    legend: null,
  };
}

function queryAxis(values: readonly number[]) {
  return {
    ...position("query", "queries", QUERIES, {
      values: [...values],
      format: "d",
      tickCount: values.length, // else every other one is dropped
    }),
    scale: { type: "log" as const, domain: [...QUERIES], nice: false },
  };
}

/** Means with intervals, the exact expectation of random search, and the optimum. */
export function meanPanel(
  curves: readonly Curve[],
  exact: readonly { query: number; mean: number }[],
  optimum: number,
): View {
  const x = queryAxis([10, 20, 50, 100, 200, 500]);
  const y = (field: string) => ({
    ...position(field, SEARCH_TARGET, ACCURACY, { grid: true, values: [86, 87, 88, 89, 90] }),
    title: "Best HWT accuracy after 1 day found (%)",
  });
  const color = colour(curves.map(({ method }) => method));
  const rows = curves.flatMap(({ method, points }) =>
    points.map((p) => ({ label: SEARCH_METHOD[method].label, ...p }))
  );
  const ends = curves.map(({ method, points }) => ({ method, last: points[points.length - 1] }));
  const places = spread(ends.map(({ last }) => last.mean), 0.235); // % between two lines of text
  const labels = ends.map(({ method }, i) => ({
    label: SEARCH_METHOD[method].label,
    query: 500,
    mean: places[i],
    text: SEARCH_METHOD[method].label,
  }));
  return {
    title: panelTitle("a", `Mean of the runs, guided by ${metricLabel(SEARCH_TARGET)}`),
    width: CURVE_WIDTH,
    height: CURVE_HEIGHT,
    layer: [
      {
        data: {
          values: [{ query: QUERIES[0], mean: optimum }, { query: QUERIES[1], mean: optimum }],
        },
        mark: { type: "line", color: MUTED, strokeWidth: 1, strokeDash: [2, 3] },
        encoding: { x, y: y("mean") },
      },
      {
        data: {
          values: [{
            query: 10.6,
            mean: optimum - 0.14,
            text: `best cell of the table: ${fixed(optimum, 2)} %`,
          }],
        },
        mark: { type: "text", align: "left", color: MUTED, fontSize: 9 },
        encoding: { x, y: y("mean"), text: { field: "text" } },
      },
      {
        data: { values: rows },
        mark: { type: "area", opacity: 0.18, clip: true },
        encoding: { x, y: y("mean_low"), y2: { field: "mean_high" }, color },
      },
      {
        data: { values: rows },
        mark: { type: "line", strokeWidth: 1.5, clip: true },
        encoding: { x, y: y("mean"), color },
      },
      {
        data: { values: [...exact] },
        mark: { type: "line", color: INK, strokeWidth: 1.2, strokeDash: [1.5, 3], clip: true },
        encoding: { x, y: y("mean") },
      },
      {
        data: { values: labels },
        mark: { type: "text", align: "left", dx: 5, fontSize: 9.5, clip: false },
        encoding: { x, y: y("mean"), text: { field: "text" }, color },
      },
    ],
  };
}

/** Mean true accuracy found under a guide, per cent, with the ends of its 95 % interval. */
export interface GuidePoint {
  readonly guide: string;
  readonly label: string;
  readonly mean: number;
  readonly mean_low: number;
  readonly mean_high: number;
}

/** The same methods under other guides, judged after a day. */
export function guidePanel(rows: readonly GuidePoint[], methods: readonly SearchMethod[]): View {
  const low = Math.floor(Math.min(...rows.map(({ mean_low }) => mean_low)));
  const x = (field: string) => ({
    ...position(field, SEARCH_TARGET, [low, 90.6], { grid: true, tickCount: 6, format: "d" }),
    title: "HWT accuracy after 1 day (%)",
  });
  const y: Channel<"y"> = {
    field: "guide",
    type: "nominal",
    sort: [...new Set(rows.map(({ guide }) => guide))],
    title: null,
    axis: { domain: false, ticks: false, labelPadding: 6 },
  };
  const yOffset: Channel<"yOffset"> = {
    field: "label",
    type: "nominal",
    sort: methods.map((m) => SEARCH_METHOD[m].label),
    scale: { paddingOuter: 1.2 },
  };
  const color = colour(methods);
  return {
    title: panelTitle("b", `Guided by …, ${AWARE_QUERIES} queries`),
    width: GUIDE_WIDTH,
    height: CURVE_HEIGHT,
    layer: [
      {
        data: { values: [...rows] },
        mark: { type: "rule", strokeWidth: 1.4 },
        encoding: { x: x("mean_low"), x2: { field: "mean_high" }, y, yOffset, color },
      },
      {
        data: { values: [...rows] },
        mark: { type: "point", size: 22 },
        encoding: { x: x("mean"), y, yOffset, color },
      },
    ],
  };
}

/** Median and quartiles of one method over those of random search. */
export function bandPanel(curve: Curve, random: Curve, k: number, width: number): View {
  const x = { ...queryAxis([10, 100]), title: k === 0 ? "Queries" : null };
  const y = (field: string) => ({
    ...position(field, SEARCH_TARGET, ACCURACY, {
      grid: true,
      values: [86, 88, 90],
      labels: k === 0,
    }),
    title: k === 0 ? "Found (%)" : null,
  });
  const band = ({ method, points }: Curve): Layer[] => [
    {
      data: { values: [...points] },
      mark: { type: "area", color: SEARCH_METHOD[method].colour, opacity: 0.28, clip: true },
      encoding: { x, y: y("q25"), y2: { field: "q75" } },
    },
    {
      data: { values: [...points] },
      mark: { type: "line", color: SEARCH_METHOD[method].colour, strokeWidth: 1.5, clip: true },
      encoding: { x, y: y("median") },
    },
  ];
  const { short, colour: ink } = SEARCH_METHOD[curve.method];
  return {
    title: { text: short, color: ink, fontSize: 10, frame: "group", offset: 5 },
    width,
    height: 78,
    layer: [...band(random), ...band(curve)],
  };
}
