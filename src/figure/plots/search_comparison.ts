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
} from "../../analyse/mod.ts";
import { logSteps } from "../grammar/binning.ts";
import type { Drawn, Sources } from "../grammar/figure.ts";
import { fixed, interval } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { metricLabel, SEARCH_METHOD, type SearchMethod } from "../grammar/metrics.ts";
import {
  bandPanel,
  type Curve,
  guidePanel,
  type GuidePoint,
  meanPanel,
  QUERIES,
} from "./search_panels.ts";
import { CONTENT_WIDTH, panelTitle } from "../grammar/theme.ts";

/** Where the title compares methods. */
const TITLE_QUERY = 100;

/** Query counts at which curves are drawn. */
const AT = logSteps(QUERIES[0], QUERIES[1], 60);

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
        return { guide: metricLabel(guide), label: named(method), mean, mean_low, mean_high };
      })
  );
  const random = curves.find(({ method }) => method === "random_search")!;
  const others = curves.filter((curve) => curve !== random);
  const { best, level } = leaders(study, methods, TITLE_QUERY);
  const at = (guide: string) => guides.filter((row) => row.guide === guide).map(({ mean }) => mean);
  const gains = at(metricLabel("hwt")).map((mean, i) => mean - at(metricLabel("baseline"))[i]);
  const gain = interval(Math.min(...gains), Math.max(...gains), 1);
  const runs = methods.map((method) => study.size({ method, guide: SEARCH_TARGET })!.runs);
  const bandWidth = (CONTENT_WIDTH - 60 - 14 * (others.length - 1)) / others.length;
  const chance = fixed(expectedBest(truth, TITLE_QUERY), 1);
  const equals = level.length === 0 ? "" : `, level with ${level.map(named).join(" and ")},`;
  return {
    numbers: { optimum, curves, exact, guides, best: best.method, level },
    spec: {
      title: heading(
        `Best after ${TITLE_QUERY} queries: ${named(best.method)}${equals} with ` +
          `${fixed(best.mean, 1)} % (random search ${chance} %); guided by HWT instead of ` +
          `baseline accuracy, searches gain ${gain} points`,
        `True accuracy of the best cell found, ${Math.max(...runs)} runs a method`,
        `(${Math.min(...runs)} for those with a model). Bands in a and bars in b: normal 95 %`,
        `intervals of the mean; dotted in a: exact expectation of random search. b: the cell that`,
        `looks best to the guide, judged after 1 day; colours as in a. c: against random search in`,
        `grey, over the same axis of queries.`,
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
