/** Statistics of the stored searches. */
import { wholeNumber } from "../../arguments.ts";
import type { Metric } from "../../table/schema.ts";
import type { Claim } from "../claims/claim.ts";
import { type Definitions, once } from "../remember.ts";
import type { Study } from "../study.ts";
import {
  AWARE_QUERIES,
  awareClaim,
  BEST_QUERIES,
  bestMethodClaim,
  guidedMethods,
  JUDGES,
} from "./claims.ts";
import {
  allPairs,
  type Duel,
  duels,
  type Leaders,
  leaders,
  meanRanks,
  type Placed,
  ranking,
} from "./compare.ts";
import type { SearchSummary } from "./curve.ts";
import { FUNCTIONS } from "../table/features.ts";
import { coverage, type Covered } from "./hypervolume_share.ts";
import { type PredictorGain, predictorGains } from "./predictor_gain.ts";
import { classMeans } from "./runs.ts";
import { SEARCH_TARGET, type SearchStudy, searchStudy, type Truth } from "./search_study.ts";

/** Guides whose effect on drifted accuracy is reported. */
const GUIDES = ["baseline", "ptq", "qat", "noisy", "hwt", SEARCH_TARGET] as const;

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

/** What a method finds under a guide, judged by another metric. */
export interface GuidedSearch {
  readonly method: string;
  readonly guide: Metric;
  readonly judge: Metric;
  /** After `AWARE_QUERIES` queries. */
  readonly found: SearchSummary;
}

export interface SearchStatistics {
  /** The runs of all stored searches, read against the table. */
  readonly searchStudy: SearchStudy;
  /** Methods with runs on the target that are long enough to be ranked. */
  readonly searchMethods: readonly string[];
  /** Those methods by falling mean of the target accuracy found after so many queries. */
  searchRanking(query: number, truth: Truth): readonly Placed[];
  /** The best method after so many queries, and those level with it. */
  searchLeaders(query: number): Leaders;
  /**
   * Every pair of trained methods on the target after so many queries; Holm's correction takes all pairs of
   * one number of queries as one family.
   */
  searchDuels(query: number): readonly Duel[];
  /** What other guides than the target find, judged after drift. */
  readonly guidedSearches: readonly GuidedSearch[];
  /**
   * Mean place (1 is best) of each trained method over `RANKED_METRICS`, of the methods that have runs of so
   * many queries on all of them.
   */
  searchPlaces(query: number): ReadonlyMap<string, number>;
  /** Accuracy on the target against parameters: what each method covers. */
  readonly searchHypervolumes: readonly Covered[];
  /** The target accuracy of the best cell's function, mean over its copies. */
  readonly bestCellClassMean: number;
  /** What the study claims about search. */
  readonly searchClaims: readonly Claim[];
  /** Forests with and without linear paths, by metric and number of training cells. */
  readonly predictorGains: readonly PredictorGain[];
}

/** How each is computed. */
export const SEARCH_STATISTICS: Definitions<SearchStatistics, Study> = {
  predictorGains: ({ forests }) => predictorGains(forests),
  searchStudy: ({ benchmark, searches }) => searchStudy(benchmark, searches),
  searchMethods: ({ searchStudy }) => searchStudy.methods(SEARCH_TARGET, BEST_QUERIES),
  searchRanking: ({ searchStudy, searchMethods }) =>
    once((query, truth) => ranking(searchStudy, searchMethods, SEARCH_TARGET, query, truth)),
  searchLeaders: ({ searchStudy, searchMethods }) =>
    once((query) => leaders(searchStudy, searchMethods, SEARCH_TARGET, query)),
  searchDuels: ({ searchStudy, searchMethods }) =>
    once((query) => {
      const trained = searchMethods.filter((method) => !method.startsWith("zero_cost"));
      return duels(searchStudy, allPairs(trained, SEARCH_TARGET), query);
    }),
  guidedSearches: ({ searchStudy }) =>
    guidedMethods(searchStudy).flatMap((method) =>
      GUIDES.filter((guide) => (searchStudy.size({ method, guide })?.queries ?? 0) >= AWARE_QUERIES)
        .flatMap((guide) =>
          JUDGES.map((judge): GuidedSearch => {
            const [found] = searchStudy.curve({ method, guide, judge }, [AWARE_QUERIES]);
            return { method, guide, judge, found };
          })
        )
    ),
  searchPlaces: ({ searchStudy }) =>
    once((query) => {
      wholeNumber("A number of queries", query, 1);
      const methods = searchStudy.methods(SEARCH_TARGET, query).filter((method) =>
        !method.startsWith("zero_cost") &&
        RANKED_METRICS.every((metric) => searchStudy.methods(metric, query).includes(method))
      );
      return meanRanks(searchStudy, methods, RANKED_METRICS, query);
    }),
  searchHypervolumes: ({ benchmark, searches, features }) =>
    coverage(benchmark, searches, features.parameters),
  bestCellClassMean: ({ benchmark, best }) =>
    classMeans(benchmark.accuracy(SEARCH_TARGET), FUNCTIONS)[best(SEARCH_TARGET).cell_index],
  searchClaims: ({ searchStudy, searchMethods }) => [
    awareClaim(searchStudy, "hwt"),
    awareClaim(searchStudy, "noisy"),
    bestMethodClaim(searchStudy, searchMethods),
  ],
};
