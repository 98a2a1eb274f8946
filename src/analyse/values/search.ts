/** The keys `search.*` of `paper/values.json`. */
import type { Benchmark, Histories } from "../../table/mod.ts";
import { type Metric, METRICS } from "../../table/schema.ts";
import { cellFeatures, CLASSES } from "../table/features.ts";
import type { Claim } from "../claims/claim.ts";
import { hypervolumeShare } from "../search/hypervolume_share.ts";
import { expectedBest, summarize, topK, type TwoObjectives } from "../../stats/mod.ts";
import {
  AWARE_QUERIES,
  awareClaim,
  BEST_QUERIES,
  bestMethodClaim,
  guidedMethods,
  JUDGES,
} from "../search/claims.ts";
import { allPairs, duels, meanRanks, orderChanges, ranking } from "../search/compare.ts";
import { maximum } from "../search/curve.ts";
import {
  SEARCH_BUDGETS,
  SEARCH_TARGET,
  type SearchStudy,
  searchStudy,
} from "../search/search_study.ts";
import { classMeans } from "../search/runs.ts";
import type { Values } from "./values.ts";

type Entry = readonly [string, number | string];

/** Guides whose effect on drifted accuracy is reported. */
export const GUIDES = ["baseline", "ptq", "qat", "noisy", "hwt", SEARCH_TARGET] as const;

/** Metrics over which methods are ranked: each guides and judges. */
export const RANKED_METRICS = [
  "baseline",
  "ptq",
  "qat",
  "noisy",
  "hwt",
  "hwt@1d",
  "hwt@30d",
] as const;

/** Reference of the hypervolume: accuracy in per cent and parameters of the largest network. */
const FLOOR_PCT = 80;

/** Every number about search, from stored histories alone. Empty without histories. */
export function searchValues(
  benchmark: Benchmark,
  histories: readonly Histories[],
): Values {
  if (histories.length === 0) return {};
  const study = searchStudy(benchmark, histories);
  const methods = study.methods(SEARCH_TARGET, BEST_QUERIES);
  return Object.fromEntries([
    ...METRICS.flatMap((metric) => levels(study, metric)),
    ...randomAgreement(study),
    ...guides(study),
    ...pairs(study, methods),
    ...ranks(study),
    ...noise(study, methods),
    ...twoObjectives(benchmark, histories),
    ...claimEntries(awareClaim(study)),
    ...claimEntries(bestMethodClaim(study, methods)),
  ]);
}

/** Distribution of what was found, for methods guided and judged by one metric; zero-cost orders on the target only. */
function levels(study: SearchStudy, metric: Metric): Entry[] {
  const methods = study.methods(metric, 1)
    .filter((method) => metric === SEARCH_TARGET || !method.startsWith("zero_cost"));
  return methods.flatMap((method): Entry[] => {
    const key = `search.${method}.${metric}`, reading = { method, guide: metric };
    const { runs, queries } = study.size(reading)!;
    return [
      [`${key}.runs`, runs],
      [`${key}.queries`, queries],
      ...study.curve(reading, SEARCH_BUDGETS).flatMap((s): Entry[] => [
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
function randomAgreement(study: SearchStudy): Entry[] {
  const reading = { method: "random_search", guide: SEARCH_TARGET };
  if (study.size(reading) === null) return [];
  const truth = study.accuracy(SEARCH_TARGET);
  return study.curve(reading, SEARCH_BUDGETS).map((s): Entry => [
    `search.random_search.${SEARCH_TARGET}.${s.query}.z_to_exact`,
    (s.mean - expectedBest(truth, s.query)) / ((s.mean_high - s.mean) / 1.96),
  ]);
}

/** The same method under different guides, judged after drift. */
function guides(study: SearchStudy): Entry[] {
  return guidedMethods(study).flatMap((method) =>
    GUIDES.filter((guide) => (study.size({ method, guide })?.queries ?? 0) >= AWARE_QUERIES)
      .flatMap((guide) =>
        JUDGES.map((judge): Entry => [
          `search.guided.${method}.${guide}.${judge}.${AWARE_QUERIES}.mean`,
          summarize(study.found({ method, guide, judge }, AWARE_QUERIES)).mean,
        ])
      )
  );
}

/** Every pair of methods on the target. */
function pairs(study: SearchStudy, methods: readonly string[]): Entry[] {
  const compared = methods.filter((method) => !method.startsWith("zero_cost"));
  return [100, 200].flatMap((query) =>
    duels(study, allPairs(compared, SEARCH_TARGET), query).flatMap((duel): Entry[] => {
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

/** Mean places over metrics, of the methods that have runs on all of them. */
function ranks(study: SearchStudy): Entry[] {
  return [100, 200].flatMap((query) => {
    const methods = study.methods(SEARCH_TARGET, query).filter((method) =>
      !method.startsWith("zero_cost") &&
      RANKED_METRICS.every((metric) => study.methods(metric, query).includes(method))
    );
    const places = meanRanks(study, methods, RANKED_METRICS, query);
    return [
      [`search.rank.${query}.methods`, methods.length] as const,
      ...[...places].map(([method, rank]): Entry => [`search.rank.${query}.${method}`, rank]),
    ];
  });
}

/** The ranking on raw accuracies against the one on class means, which know no seed noise. */
function noise(study: SearchStudy, methods: readonly string[]): Entry[] {
  const truth = study.accuracy(SEARCH_TARGET), [best] = topK(truth, 1);
  const classMean: Entry = ["search.class_mean.of_best_cell", classMeans(truth, CLASSES)[best]];
  const rankings = [100, 200].flatMap((query): Entry[] => {
    const raw = ranking(study, methods, SEARCH_TARGET, query);
    const fair = ranking(study, methods, SEARCH_TARGET, query, "class_mean");
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
    ];
  });
  return [classMean, ...rankings];
}

/** The objectives of two-objective search: accuracy on the target against parameters. */
export function accuracyAndParameters(benchmark: Benchmark): TwoObjectives {
  const { parameters } = cellFeatures();
  return {
    gain: benchmark.accuracy(SEARCH_TARGET),
    cost: parameters,
    reference: { gain: FLOOR_PCT, cost: maximum(parameters) },
  };
}

/** Share of the whole space's hypervolume that a run covers, mean over runs. */
function twoObjectives(benchmark: Benchmark, histories: readonly Histories[]): Entry[] {
  const objectives = accuracyAndParameters(benchmark);
  return histories
    .filter(({ method, guide, metrics }) =>
      !method.startsWith("zero_cost") && (guide === null || guide === SEARCH_TARGET) &&
      new Set(metrics ?? []).size <= 1
    )
    .flatMap((runs) =>
      SEARCH_BUDGETS.filter((query) => query <= runs.queries).map((query): Entry => [
        `search.hypervolume.${runs.method}.${query}.mean`,
        summarize(hypervolumeShare(runs, objectives, query)).mean,
      ])
    );
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
