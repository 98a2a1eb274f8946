/** `search_comparison`: which search finds drift-robust cells, how surely, and what guides it well. */
import {
  AWARE_QUERIES,
  duels,
  expectedBest,
  guidedMethods,
  GUIDES,
  maximum,
  ranking,
  SEARCH_TARGET,
  type SearchReading,
  type SearchStudy,
  searchStudy,
  type SearchSummary,
} from "../analyse/mod.ts";
import { position } from "./axes.ts";
import type { Channel, Drawn, Layer, Sources, View } from "./figure.ts";
import { fixed } from "./format.ts";
import { heading } from "./heading.ts";
import { metricLabel, SEARCH_METHOD, type SearchMethod } from "./metrics.ts";
import { spread } from "./spread.ts";
import { CONTENT_WIDTH, INK, MUTED, panelTitle } from "./theme.ts";

/** Per cent; what lies below is cut off the axis. */
const ACCURACY = [86, 90.8] as const;
const QUERIES = [10, 500] as const;
/** Where the title compares methods. */
const TITLE_QUERY = 100;
const CURVE_WIDTH = 270, CURVE_HEIGHT = 210, GUIDE_WIDTH = 196;

/** Query counts at which curves are drawn: evenly spaced on a logarithmic axis. */
const AT = [
  ...new Set(
    Array.from(
      { length: 60 },
      (_, i) => Math.round(QUERIES[0] * (QUERIES[1] / QUERIES[0]) ** (i / 59)),
    ),
  ),
];

interface Curve {
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
function meanPanel(
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

interface GuidePoint {
  readonly guide: string;
  readonly label: string;
  readonly mean: number;
  readonly mean_low: number;
  readonly mean_high: number;
}

/** The same methods under other guides, judged after a day. */
function guidePanel(rows: readonly GuidePoint[], methods: readonly SearchMethod[]): View {
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
function bandPanel(curve: Curve, random: Curve, k: number, width: number): View {
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

/**
 * The method with the highest mean after so many queries, and those level with it: the 95 % interval of the
 * paired difference reaches 0, as in the criteria of the claim about the best method.
 */
function leaders(study: SearchStudy, methods: readonly SearchMethod[], query: number) {
  const able = methods.filter((method) =>
    (study.size({ method, guide: SEARCH_TARGET })?.queries ?? 0) >= query
  );
  const [best, ...others] = ranking(study, able, SEARCH_TARGET, query);
  const pairs = others.map(({ method }): readonly [SearchReading, SearchReading] => [
    { method: best.method, guide: SEARCH_TARGET },
    { method, guide: SEARCH_TARGET },
  ]);
  const level = duels(study, pairs, query).filter(({ difference }) => difference.low <= 0);
  return { best, level: level.map(({ second }) => second.method) };
}

const named = (method: string) => SEARCH_METHOD[method as SearchMethod].label;

export function searchComparison({ published, searches = [] }: Sources): Drawn {
  if (searches.length === 0) throw new RangeError("search_comparison needs stored searches.");
  const study = searchStudy(published, searches);
  const truth = published.accuracy(SEARCH_TARGET), optimum = maximum(truth);
  const stored = study.methods(SEARCH_TARGET, TITLE_QUERY);
  const methods = (Object.keys(SEARCH_METHOD) as SearchMethod[]).filter((m) => stored.includes(m));
  const curves = methods.map((method): Curve => ({
    method,
    points: study.curve({ method, guide: SEARCH_TARGET }, AT),
  }));
  const exact = AT.map((query) => ({ query, mean: expectedBest(truth, query) }));
  const guided = guidedMethods(study).filter((m): m is SearchMethod => m in SEARCH_METHOD);
  const guides = GUIDES.flatMap((guide) =>
    guided.filter((method) => (study.size({ method, guide })?.queries ?? 0) >= AWARE_QUERIES)
      .map((method): GuidePoint => {
        const reading = { method, guide, judge: SEARCH_TARGET };
        const [{ mean, mean_low, mean_high }] = study.curve(reading, [AWARE_QUERIES]);
        const { label } = SEARCH_METHOD[method];
        return { guide: metricLabel(guide), label, mean, mean_low, mean_high };
      })
  );
  const random = curves.find(({ method }) => method === "random_search")!;
  const others = curves.filter((curve) => curve !== random);
  const { best, level } = leaders(study, methods, TITLE_QUERY);
  const at = (guide: string) => guides.filter((row) => row.guide === guide).map(({ mean }) => mean);
  const gains = at(metricLabel("hwt")).map((mean, i) => mean - at(metricLabel("baseline"))[i]);
  const runs = (method: SearchMethod) => study.size({ method, guide: SEARCH_TARGET })!.runs;
  const few = Math.min(...methods.map(runs)), many = Math.max(...methods.map(runs));
  const bandWidth = (CONTENT_WIDTH - 60 - 14 * (others.length - 1)) / others.length;
  return {
    numbers: { optimum, curves, exact, guides, best: best.method, level },
    spec: {
      title: heading(
        `Best after ${TITLE_QUERY} queries: ${named(best.method)}${
          level.length === 0 ? "" : `, level with ${level.map(named).join(" and ")},`
        } with ${fixed(best.mean, 1)} % (random search ${
          fixed(expectedBest(truth, TITLE_QUERY), 1)
        } %); guided by HWT instead of ` +
          `baseline accuracy, searches gain ${fixed(Math.min(...gains), 1)} to ${
            fixed(Math.max(...gains), 1)
          } points`,
        `True accuracy of the best cell found, ${many} runs a method (${few} for those with a model). Bands in ` +
          `a and bars in b: normal 95 % intervals of the mean; dotted in a: exact expectation of random ` +
          `search. b: the cell that looks best to the guide, judged after 1 day; colours as in a. c: against ` +
          `random search in grey, over the same axis of queries.`,
      ),
      spacing: 14,
      vconcat: [
        {
          spacing: 18,
          hconcat: [meanPanel(curves, exact, optimum), guidePanel(guides, methods)],
        },
        {
          title: panelTitle("c", "Median and quartiles", 6),
          spacing: 12,
          hconcat: others.map((curve, k) => bandPanel(curve, random, k, bandWidth)),
        },
      ],
    },
  };
}
