import { closest, distance } from "fastest-levenshtein";
import { InputError } from "../input_error.ts";
import type { Metric } from "../table/schema.ts";
import { localSearch } from "./local_search.ts";
import { randomSearch } from "./random_search.ts";
import {
  ORIGINAL_EVOLUTION,
  regularizedEvolution,
  SMALL_EVOLUTION,
} from "./regularized_evolution.ts";
import type { Search } from "./search.ts";

/** A search method, ready to run. */
export interface Method {
  /** One line for `--help` and tables. */
  readonly description: string;
  /** Uniformly drawn cells that it measures before it decides anything; no budget may be smaller. */
  readonly initial: number;
  /** Whether it fits a model, and so takes seconds a run and not milliseconds. */
  readonly model: boolean;
  /** Metrics beside the guiding one that it may ask for, cheapest first. */
  readonly proxies: readonly Metric[];
  /** Its settings, as stored beside its histories. */
  readonly options: Readonly<Record<string, number | string>>;
  readonly search: Search;
}

/** Everything but the search itself where it is usual: no initial sample, no model, no proxies. */
const plain = { initial: 1, model: false, proxies: [], options: {} };

/** Every method by id. A new one is a file of its own and an entry here. */
export const METHODS = {
  random_search: {
    ...plain,
    description: "uniform sampling without replacement",
    search: randomSearch,
  },
  regularized_evolution: {
    ...plain,
    description: "aging evolution, P = 100 and S = 25 (Real et al. 2019)",
    initial: ORIGINAL_EVOLUTION.population,
    options: { ...ORIGINAL_EVOLUTION },
    search: regularizedEvolution(ORIGINAL_EVOLUTION),
  },
  regularized_evolution_small: {
    ...plain,
    description: "aging evolution, P = S = 10 (Dong & Yang 2020)",
    initial: SMALL_EVOLUTION.population,
    options: { ...SMALL_EVOLUTION },
    search: regularizedEvolution(SMALL_EVOLUTION),
  },
  local_search: {
    ...plain,
    description: "hill climbing with restarts, best improvement (White et al. 2021)",
    options: { improvement: "best" },
    search: localSearch("best"),
  },
  local_search_first: {
    ...plain,
    description: "hill climbing with restarts, first improvement",
    options: { improvement: "first" },
    search: localSearch("first"),
  },
} as const satisfies Record<string, Method>;

export type MethodId = keyof typeof METHODS;

export const METHOD_IDS = Object.keys(METHODS) as MethodId[];

/** The method of that id. Throws InputError naming the nearest id. */
export function parseMethod(text: string): MethodId {
  const id = METHOD_IDS.find((known) => known === text);
  if (id !== undefined) return id;
  const near = closest(text, METHOD_IDS);
  const hint = distance(text, near) <= 8 ? ` Did you mean ${near}?` : "";
  throw new InputError(`Unknown method "${text}".${hint} Methods: ${METHOD_IDS.join(", ")}.`);
}
