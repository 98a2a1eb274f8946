/**
 * `search_comparison`: which search finds drift-robust cells, how surely, and what guides it well.
 *
 * On the study's target; `study.searchStudy` answers for any other metric.
 */
import { methodName, SEARCH_TARGET, type Study } from "../../analyse/mod.ts";
import { logSteps } from "../grammar/binning.ts";
import { below, beside, figure } from "../grammar/figure.ts";
import { fixed, interval } from "../grammar/format.ts";
import { metricLabel, SEARCH_METHOD, type SearchMethod } from "../grammar/metrics.ts";
import { bandPanel, guidePanel, type GuidePoint, meanPanel, QUERIES } from "./search_panels.ts";
import { CONTENT_WIDTH, panelTitle } from "../grammar/theme.ts";

/** Where the title compares methods. */
const TITLE_QUERY = 100;

/** Query counts at which curves are drawn. */
const AT = logSteps(QUERIES[0], QUERIES[1], 60);

export function searchComparison(study: Study) {
  const { guidedSearches, searchMethods, searchStudy } = study;
  if (study.searches.length === 0) throw new RangeError("search_comparison needs stored searches.");
  const optimum = study.best(SEARCH_TARGET).accuracy_pct;
  const isDrawn = (method: string): method is SearchMethod => method in SEARCH_METHOD;
  const methods = (Object.keys(SEARCH_METHOD) as SearchMethod[])
    .filter((method) => searchMethods.includes(method));
  const curves = methods.map((method) => {
    return { method, points: searchStudy.curve({ method, guide: SEARCH_TARGET }, AT) };
  });
  const exact = AT.map((query) => ({ query, mean: study.randomSearch(query) }));
  const guides = guidedSearches.filter(({ judge }) => judge === SEARCH_TARGET)
    .filter(({ method }) => isDrawn(method)).map(({ method, guide, found }): GuidePoint => {
      const { mean, mean_low, mean_high } = found;
      return { guide: metricLabel(guide), label: methodName(method), mean, mean_low, mean_high };
    });
  const random = curves.find(({ method }) => method === "random_search")!;
  const guided = curves.filter((curve) => curve !== random);
  const { best, level } = study.searchLeaders(TITLE_QUERY);
  const at = (guide: string) => guides.filter((row) => row.guide === guide).map(({ mean }) => mean);
  const gains = at(metricLabel("hwt")).map((mean, i) => mean - at(metricLabel("baseline"))[i]);
  const gain = interval(Math.min(...gains), Math.max(...gains), 1);
  const runs = methods.map((method) => searchStudy.size({ method, guide: SEARCH_TARGET })!.runs);
  const bandWidth = (CONTENT_WIDTH - 60 - 14 * (guided.length - 1)) / guided.length;
  const chance = fixed(study.randomSearch(TITLE_QUERY), 1);
  const others = level.filter(isDrawn).map(methodName).join(" and ");
  const equals = others === "" ? "" : `, level with ${others},`;
  return figure({
    numbers: { optimum, curves, exact, guides, best: best.method, level },
    alt:
      "Curves of the best accuracy found against the number of queries, one a method; dots with " +
      "intervals of what searches find under other guides; small panels of median and quartiles " +
      "beside random search.",
    finding: `Best after ${TITLE_QUERY} queries: ${methodName(best.method)}${equals} with ` +
      `${fixed(best.mean, 1)} % (random search ${chance} %); guided by HWT instead of ` +
      `baseline accuracy, searches gain ${gain} points`,
    reading: [
      `True accuracy of the best cell found, ${Math.max(...runs)} runs a method`,
      `(${Math.min(...runs)} for those with a model). Bands in a and bars in b: normal 95 %`,
      `intervals of the mean; dotted in a: exact expectation of random search. b: the cell that`,
      `looks best to the guide, judged after 1 day; colours as in a. c: against random search in`,
      `grey, over the same axis of queries.`,
    ],
    view: below(
      14,
      beside(18, meanPanel(curves, exact, optimum), guidePanel(guides, methods)),
      {
        title: panelTitle("c", "Median and quartiles", 6),
        ...beside(12, ...guided.map((curve, k) => bandPanel(curve, random, k, bandWidth))),
      },
    ),
  });
}
