/** Summarised search curves: what methods find with so many queries. Markup as text. */
import { metricLabel } from "../figure/grammar/metrics.ts";
import { type Curve, curvesSvg } from "./curves.ts";
import { decimals, escaped, table } from "./html.ts";

/** The runs of one method under one guide after one number of queries; per cent. */
export interface SearchPoint {
  readonly query: number;
  /** Mean over runs of what the incumbents are worth, and its 95 % interval. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** One method under one guide. */
export interface SearchCurve {
  readonly method: string;
  readonly label: string;
  readonly guide: string;
  /** Metric by which incumbents are judged. */
  readonly judge: string;
  readonly runs: number;
  readonly points: readonly SearchPoint[];
}

/** All curves, and the best that each judge has. JSON. */
export interface SearchPack {
  readonly curves: readonly SearchCurve[];
  readonly optimum_pct: Readonly<Record<string, number>>;
  /** Numbers of queries that the table tells. */
  readonly budgets: readonly number[];
}

/** What the page shows. */
export interface SearchPlace {
  readonly guide: string;
  readonly judge: string;
  /** Methods drawn. */
  readonly methods: readonly string[];
}

/** Methods drawn at first, as far as there are so many. */
const DRAWN = 4;

/** "guide=hwt%401d&judge=hwt%401d&methods=bananas,local_search". */
export function searchAddress({ guide, judge, methods }: SearchPlace): string {
  const parts = [["guide", guide], ["judge", judge], ["methods", methods.join(",")]];
  return parts.map(([name, text]) => `${name}=${encodeURIComponent(text)}`).join("&");
}

/** Curves of a guide and judge, the best by the mean of the second budget first. */
function curvesOf({ curves, budgets }: SearchPack, guide: string, judge: string) {
  const at = (curve: SearchCurve) => atBudget(curve, budgets[1])?.mean ?? -Infinity;
  return curves.filter((curve) => curve.guide === guide && curve.judge === judge)
    .sort((a, b) => at(b) - at(a) || (a.method < b.method ? -1 : 1));
}

const atBudget = ({ points }: SearchCurve, budget: number) =>
  points.find(({ query }) => query === budget);

/** The place that an address names; what it does not say, or says wrongly, is `guide`, and the best methods. */
export function parseSearchAddress(
  address: string,
  pack: SearchPack,
  otherwise: string,
): { readonly place: SearchPlace; readonly fault: string } {
  const parts = new URLSearchParams(address.replace(/^#/, ""));
  const guide = parts.get("guide") ?? otherwise, judge = parts.get("judge") ?? guide;
  const curves = curvesOf(pack, guide, judge);
  if (curves.length === 0) {
    const { place } = parseSearchAddress("", pack, otherwise);
    return {
      place,
      fault: `No search was guided by “${guide}” and judged by “${judge}”. Shown is ` +
        `${metricLabel(otherwise)}.`,
    };
  }
  const asked = parts.get("methods")?.split(",") ?? [];
  const methods = curves.map(({ method }) => method).filter((method) => asked.includes(method));
  const best = curves.slice(0, DRAWN).map(({ method }) => method);
  return { place: { guide, judge, methods: methods.length > 0 ? methods : best }, fault: "" };
}

/** The plot of the chosen methods, and the table of all with a box to choose each by. */
export function searchSection(pack: SearchPack, { guide, judge, methods }: SearchPlace): string {
  const curves = curvesOf(pack, guide, judge);
  const drawn = curves.filter(({ method }) => methods.includes(method)).map((curve): Curve => ({
    label: curve.label,
    points: curve.points.map(({ query, mean, low, high }) => ({ x: query, y: mean, low, high })),
  }));
  const title = `Mean of the best ${metricLabel(judge)} found (%) against queries`;
  const ticks = [10, 20, 50, 100, 200, 500].map((q) => [q, String(q)] as const);
  const rows = curves.map((curve) => {
    const checked = methods.includes(curve.method) ? " checked" : "";
    return [
      `<label class="pick"><input type="checkbox" data-method="${curve.method}"${checked}> ${
        escaped(curve.label)
      }</label>`,
      String(curve.runs),
      ...pack.budgets.map((budget) => {
        const point = atBudget(curve, budget);
        return point === undefined
          ? "–"
          : `${decimals(point.mean)} (${decimals(point.low)} to ${decimals(point.high)})`;
      }),
    ];
  });
  return `<figure>${curvesSvg({ curves: drawn, ticks, said: title })}<figcaption>${
    escaped(title)
  }; band: ` +
    `95 % interval of the mean over runs. The best cell has ${
      decimals(pack.optimum_pct[judge])
    } %.</figcaption></figure>` +
    table(
      `Guided by ${escaped(metricLabel(guide))}, judged by ${
        escaped(metricLabel(judge))
      }: mean of what is found after so many queries, per cent, with its 95 % interval`,
      ["Method", "Runs", ...pack.budgets.map((budget) => `${budget} queries`)],
      rows,
    );
}
