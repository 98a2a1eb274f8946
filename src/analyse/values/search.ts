/** Numbers of the stored searches. */
import type { Metric } from "../../table/schema.ts";
import type { Claim } from "../claims/claim.ts";
import { AWARE_QUERIES } from "../search/claims.ts";
import { orderChanges } from "../search/compare.ts";
import { methodName } from "../search/method_names.ts";
import { SEARCH_BUDGETS, SEARCH_TARGET } from "../search/search_study.ts";
import { RANKED_METRICS } from "../search/statistics.ts";
import type { Study } from "../study.ts";
import type { Entry } from "./entry.ts";

/** Numbers of queries after which methods are compared. */
const COMPARED = [100, 200] as const;

/** Every number about search; none without stored searches. */
export function searchValues(study: Study): Entry[] {
  if (study.searches.length === 0) return [];
  return [
    ...study.benchmark.metrics.flatMap((metric) => levels(study, metric)),
    ...randomAgreement(study),
    ...guides(study),
    ...pairs(study),
    ...places(study),
    ...proxies(study),
    ...noise(study),
    ...study.searchHypervolumes.map(({ method, query, mean }): Entry => [
      `search.hypervolume.${method}.${query}.mean`,
      mean,
    ]),
    ...study.searchClaims.flatMap(claimEntries),
  ];
}

/** Distribution of what was found, for methods guided and judged by one metric; zero-cost orders on the target only. */
function levels({ searchStudy }: Study, metric: Metric): Entry[] {
  const methods = searchStudy.methods(metric, 1)
    .filter((method) => metric === SEARCH_TARGET || !method.startsWith("zero_cost"));
  return methods.flatMap((method): Entry[] => {
    const key = `search.${method}.${metric}`, reading = { method, guide: metric };
    const { runs, queries } = searchStudy.size(reading)!;
    return [
      [`${key}.runs`, runs],
      [`${key}.queries`, queries],
      ...searchStudy.curve(reading, SEARCH_BUDGETS).flatMap((s): Entry[] => [
        [`${key}.${s.query}.median`, s.median],
        [`${key}.${s.query}.q25`, s.q25],
        [`${key}.${s.query}.q75`, s.q75],
        [`${key}.${s.query}.mean`, s.mean],
        [`${key}.${s.query}.mean_low`, s.mean_low],
        [`${key}.${s.query}.mean_high`, s.mean_high],
        [`${key}.${s.query}.regret`, s.regret],
        [`${key}.${s.query}.within_half`, s.within_half],
        [`${key}.${s.query}.within_one`, s.within_one],
      ]),
    ];
  });
}

/** How far the simulated random search lies from its exact expectation, in standard errors. */
function randomAgreement({ searchStudy, randomSearch }: Study): Entry[] {
  const reading = { method: "random_search", guide: SEARCH_TARGET };
  if (searchStudy.size(reading) === null) return [];
  return searchStudy.curve(reading, SEARCH_BUDGETS).map((s): Entry => [
    `search.random_search.${SEARCH_TARGET}.${s.query}.z_to_exact`,
    (s.mean - randomSearch(s.query)) / ((s.mean_high - s.mean) / 1.96),
  ]);
}

/** The same method under different guides, judged after drift. */
function guides({ guidedSearches }: Study): Entry[] {
  return guidedSearches.map(({ method, guide, judge, found }): Entry => [
    `search.guided.${method}.${guide}.${judge}.${AWARE_QUERIES}.mean`,
    found.mean,
  ]);
}

/** Every pair of methods on the target. */
function pairs({ searchDuels }: Study): Entry[] {
  return COMPARED.flatMap((query) =>
    searchDuels(query).flatMap((duel): Entry[] => {
      const key = `search.paired.${duel.first.method}~${duel.second.method}.${query}`;
      return [
        [`${key}.difference`, duel.difference.estimate],
        [`${key}.ci_low`, duel.difference.low],
        [`${key}.ci_high`, duel.difference.high],
        [`${key}.effect`, duel.effect],
        [`${key}.p_holm`, duel.p_holm],
        [`${key}.pairs`, duel.pairs],
      ];
    })
  );
}

/** Mean places over metrics. */
function places({ searchPlaces }: Study): Entry[] {
  const placed = COMPARED.flatMap((query): Entry[] => {
    const ranks = [...searchPlaces(query)];
    return [
      [`search.rank.${query}.methods`, ranks.length],
      ...ranks.map(([method, rank]): Entry => [`search.rank.${query}.${method}`, rank]),
    ];
  });
  return [["search.rank.metrics", RANKED_METRICS.length], ...placed];
}

/** Queries of the cheaper metrics that each run of a method asks before its guide. */
function proxies({ searches }: Study): Entry[] {
  return searches.flatMap(({ method, guide, visible, queries, metrics }): Entry[] => {
    if (guide !== SEARCH_TARGET || metrics === null || visible.length === 1) return [];
    const first = metrics.subarray(0, queries);
    return visible.slice(0, -1).map((proxy, place) => [
      `search.${method}.${guide}.asked.${proxy}`,
      first.filter((asked) => asked === place).length,
    ]);
  });
}

/** The ranking on raw accuracies against the one on class means, which know no seed noise. */
function noise({ searchRanking, searchLeaders, bestCellClassMean }: Study): Entry[] {
  const rankings = COMPARED.flatMap((query): Entry[] => {
    const { level } = searchLeaders(query);
    const raw = searchRanking(query, "raw"), fair = searchRanking(query, "class_mean");
    const names = (list: typeof raw) => list.map(({ method }) => method);
    const changes = orderChanges(names(raw), names(fair));
    return [
      ...fair.map(({ method, mean }): Entry => [
        `search.class_mean.${method}.${SEARCH_TARGET}.${query}.mean`,
        mean,
      ]),
      [`search.ranking.${query}`, names(raw).join(" > ")],
      [`search.class_mean.ranking.${query}`, names(fair).join(" > ")],
      [`search.class_mean.order_changes.${query}`, changes.length],
      [`search.class_mean.order_changes.${query}.pairs`, changes.join(", ") || "none"],
      [`search.class_mean.best.${query}`, names(fair)[0]],
      [`search.best.${query}`, names(raw)[0]],
      [`search.best.${query}.level`, level.join(", ") || "none"],
      [`search.best.${query}.level.names`, level.map(methodName).join("; ") || "none"],
    ];
  });
  return [["search.class_mean.of_best_cell", bestCellClassMean], ...rankings];
}

function claimEntries({ id, statement, verdict, criteria }: Claim): Entry[] {
  const key = `search.claims.${id}`;
  return [
    [`${key}.statement`, statement],
    [`${key}.verdict`, verdict],
    [`${key}.criteria`, criteria.length],
    [`${key}.criteria_met`, criteria.filter(({ met }) => met).length],
    ...criteria.flatMap((c): Entry[] => [
      [`${key}.${c.id}`, c.effect.estimate],
      [`${key}.${c.id}.ci_low`, c.effect.low],
      [`${key}.${c.id}.ci_high`, c.effect.high],
      [`${key}.${c.id}.met`, c.met ? "met" : "not met"],
    ]),
  ];
}
