/** Stored searches for the page: means of what they find, with intervals. */
import { methodName, SEARCH_BUDGETS, SEARCH_TARGET, type Study } from "../analyse/mod.ts";
import type { SearchPack } from "../explorer/mod.ts";

/** Numbers of queries at which a curve has points: even steps of the logarithm, budgets among them. */
const AT = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 125, 150, 200, 250, 300, 400, 500];

/** All methods under all guides, judged by the guide and by the target. */
export function searchPackOf({ searches, searchStudy, best }: Study): SearchPack {
  const guides = [...new Set(searches.flatMap(({ guide }) => guide === null ? [] : [guide]))];
  const curves = guides.flatMap((guide) =>
    [...new Set([guide, SEARCH_TARGET])].flatMap((judge) =>
      searchStudy.methods(guide, 1).map((method) => ({
        method,
        label: methodName(method),
        guide,
        judge,
        runs: searchStudy.size({ method, guide })!.runs,
        points: searchStudy.curve({ method, guide, judge }, AT)
          .map(({ query, mean, mean_low, mean_high }) => ({
            query,
            mean,
            low: mean_low,
            high: mean_high,
          })),
      }))
    )
  );
  const judges = [...new Set(curves.map(({ judge }) => judge))];
  return {
    curves: curves.filter(({ points }) => points.length > 0),
    optimum_pct: Object.fromEntries(judges.map((judge) => [judge, best(judge).accuracy_pct])),
    budgets: SEARCH_BUDGETS,
  };
}
