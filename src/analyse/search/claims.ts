/** What the study claims about search, with criteria fixed here and verdicts that follow. */
import type { Metric } from "../../table/schema.ts";
import { type Claim, claim, criterion } from "../claims/claim.ts";
import { duels, ranking } from "./compare.ts";
import { SEARCH_TARGET, type SearchReading, type SearchStudy } from "./search_study.ts";

/** Guides that know the hardware, and guides that do not. */
export const AWARE: Metric = "hwt";
export const GENERAL = ["baseline", "ptq"] as const satisfies readonly Metric[];
/** By what the cells found are judged, and after how many queries. */
export const JUDGES = ["hwt@1d", "hwt@30d"] as const satisfies readonly Metric[];
export const AWARE_QUERIES = 200;
/** The claim about the best method is about so many queries. */
export const BEST_QUERIES = 100;

/** Methods that are steered by the guide alone, so that the guide's effect can be seen in them. */
export const GUIDED_METHODS = [
  "regularized_evolution",
  "regularized_evolution_small",
  "local_search",
  "bananas",
  "gaussian_process",
  "predictor_forest",
] as const;

/** Guided methods with stored runs under all guides of the claim. */
export function guidedMethods(study: SearchStudy): string[] {
  const guides: readonly Metric[] = [AWARE, ...GENERAL];
  return GUIDED_METHODS.filter((method) =>
    guides.every((guide) => (study.size({ method, guide })?.queries ?? 0) >= AWARE_QUERIES)
  );
}

/** Same method, same seeds, guided by hardware-aware accuracy before drift, or by a digital one. */
export function awareClaim(study: SearchStudy): Claim {
  const pairs = guidedMethods(study).flatMap((method) =>
    GENERAL.flatMap((guide) =>
      JUDGES.map((judge): readonly [SearchReading, SearchReading] => [
        { method, guide: AWARE, judge },
        { method, guide, judge },
      ])
    )
  );
  return claim(
    "search_aware",
    "Analog-aware search beats general search.",
    duels(study, pairs, AWARE_QUERIES).map(({ first, second, difference }) =>
      criterion(
        `${first.method}.${second.guide}.${first.judge}`,
        `After ${AWARE_QUERIES} queries ${first.method} guided by ${AWARE} has found a cell with ` +
          `better ${first.judge} than guided by ${second.guide}`,
        "points",
        difference,
        "above",
        0,
      )
    ),
  );
}

/** The method with the highest mean after 100 queries, against every other method. */
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
    `The best method at ${BEST_QUERIES} queries is ${best.method}.`,
    duels(study, pairs, BEST_QUERIES).map(({ second, difference }) =>
      criterion(
        second.method,
        `After ${BEST_QUERIES} queries ${best.method} has found better cells than ${second.method}`,
        "points",
        difference,
        "above",
        0,
      )
    ),
  );
}
