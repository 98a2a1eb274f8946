/** What the study claims about search, with criteria fixed here and verdicts that follow. */
import type { Metric } from "../../table/schema.ts";
import { type Claim, claim, criterion } from "../claims/claim.ts";
import { duels, ranking } from "./compare.ts";
import { methodName } from "./method_names.ts";
import { SEARCH_TARGET, type SearchReading, type SearchStudy } from "./search_study.ts";

/** Guides that know the hardware, and what each is in words. Each is a claim of its own. */
const AWARE = {
  hwt: "the accuracy of hardware-aware trained weights on analog hardware",
  noisy: "the accuracy of untouched digital weights on analog hardware",
} as const satisfies Partial<Record<Metric, string>>;
/** A guide that knows the hardware. */
export type AwareGuide = keyof typeof AWARE;
/** Guides that do not. */
const GENERAL = ["baseline", "ptq", "qat"] as const satisfies readonly Metric[];
/** By what the cells found are judged, and after how many queries. */
export const JUDGES = ["hwt@1d", "hwt@30d"] as const satisfies readonly Metric[];
export const AWARE_QUERIES = 200;
/** The claim about the best method is about so many queries. */
export const BEST_QUERIES = 100;

/** Methods that are steered by the guide alone, so that the guide's effect can be seen in them. */
const GUIDED_METHODS = [
  "regularized_evolution",
  "regularized_evolution_small",
  "local_search",
  "bananas",
  "gaussian_process",
  "predictor_forest",
] as const;

/** Guided methods with stored runs, long enough, under a guide that knows the hardware and one that does not. */
export function guidedMethods(study: SearchStudy): string[] {
  const aware = Object.keys(AWARE) as AwareGuide[];
  return GUIDED_METHODS.filter((method) =>
    [aware, GENERAL].every((guides) => guides.some((guide) => isLong(study, method, guide)))
  );
}

const isLong = (study: SearchStudy, method: string, guide: Metric) =>
  (study.size({ method, guide })?.queries ?? 0) >= AWARE_QUERIES;

/**
 * Same method, same seeds, guided by accuracy on analog hardware or by a digital one: every method that
 * has runs under both. A criterion looks at the 95 % interval of one paired difference; where the claim's p
 * values are corrected, all its pairs are one family.
 */
export function awareClaim(study: SearchStudy, aware: AwareGuide): Claim {
  const pairs = GUIDED_METHODS.filter((method) => isLong(study, method, aware)).flatMap((method) =>
    GENERAL.filter((guide) => isLong(study, method, guide)).flatMap((guide) =>
      JUDGES.map((judge): readonly [SearchReading, SearchReading] => [
        { method, guide: aware, judge },
        { method, guide, judge },
      ])
    )
  );
  return claim(
    `search_aware_${aware}`,
    `After drift, search guided by ${AWARE[aware]} beats search guided by digital accuracy.`,
    duels(study, pairs, AWARE_QUERIES).map(({ first, second, difference }) =>
      criterion(
        `${first.method}.${second.guide}.${first.judge}`,
        `After ${AWARE_QUERIES} queries ${
          methodName(first.method)
        } guided by ${aware} has found a cell with ` +
          `better ${first.judge} than guided by ${second.guide}`,
        "points",
        difference,
        "above",
        0,
      )
    ),
  );
}

/**
 * The method with the highest mean after 100 queries, against every other method. Not supported in full
 * where another is level with it: the interval of their paired difference reaches 0.
 */
export function bestMethodClaim(
  study: SearchStudy,
  methods: readonly string[],
): Claim {
  const [best, ...others] = ranking(study, methods, SEARCH_TARGET, BEST_QUERIES);
  const pairs = others.map(({ method }): readonly [SearchReading, SearchReading] => [
    { method: best.method, guide: SEARCH_TARGET },
    { method, guide: SEARCH_TARGET },
  ]);
  return claim(
    "search_best_method",
    `After ${BEST_QUERIES} queries ${
      methodName(best.method)
    } has found better cells than every other method.`,
    duels(study, pairs, BEST_QUERIES).map(({ second, difference }) =>
      criterion(
        second.method,
        `After ${BEST_QUERIES} queries ${methodName(best.method)} has found better cells than ` +
          methodName(second.method),
        "points",
        difference,
        "above",
        0,
      )
    ),
  );
}
