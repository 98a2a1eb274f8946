import { InputError } from "../input_error.ts";
import { nearest } from "../nearest.ts";
import type { Metric } from "../table/schema.ts";
import { bananas, BANANAS_OPTIONS } from "./bananas.ts";
import { GAUSSIAN_PROCESS_OPTIONS, gaussianProcess } from "./gaussian_process.ts";
import { localSearch } from "./local_search.ts";
import { NSGA2, nsga2 } from "./nsga2.ts";
import { FOREST_OPTIONS, predictorForest } from "./predictor_forest.ts";
import { randomSearch } from "./random_search.ts";
import {
  ORIGINAL_EVOLUTION,
  regularizedEvolution,
  SMALL_EVOLUTION,
} from "./regularized_evolution.ts";
import type { Search } from "./search.ts";
import { HALVING, successiveHalving } from "./successive_halving.ts";
import { TRANSFER, transferForest } from "./transfer_forest.ts";
import { drawWarm, WARM_DRAWS, type ZeroCost, zeroCostOrder } from "./zero_cost.ts";

/** A search method, ready to run. */
export interface Method {
  /** One line for `--help` and tables. */
  readonly description: string;
  /** Uniformly drawn cells that it measures before it decides anything; no budget may be smaller. */
  readonly initial: number;
  /** Whether it fits a model, and so takes seconds a run and not milliseconds. */
  readonly model: boolean;
  /** Whether it never looks at an answer, so that one history serves every metric. */
  readonly blind: boolean;
  /** Metrics besides the guiding one that it may ask for, cheapest first. */
  readonly proxies: readonly Metric[];
  /** Its settings, as stored beside its histories. */
  readonly options: Readonly<Record<string, number | string>>;
  readonly search: Search;
}

/** Everything but the search itself where it is usual: one random cell first, no model, no proxies. */
const plain = { initial: 1, model: false, blind: false, proxies: [], options: {} };

const zeroCost = (score: ZeroCost) => ({
  ...plain,
  description: `in the order of falling ${score}, no answer needed`,
  initial: 0,
  blind: true,
  options: { score },
  search: zeroCostOrder(score),
});

/** Every method by id. A new one is a file of its own and an entry here. */
export const METHODS = {
  random_search: {
    ...plain,
    description: "uniform sampling without replacement",
    blind: true,
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
  regularized_evolution_warm: {
    ...plain,
    description:
      "aging evolution, P = S = 10, started from the cells with most MACs among random ones",
    initial: 0,
    options: { ...SMALL_EVOLUTION, score: "macs", draws: WARM_DRAWS },
    search: regularizedEvolution(SMALL_EVOLUTION, drawWarm("macs")),
  },
  bananas: {
    ...plain,
    description: "ensemble of networks on path encodings, Thompson sampling (White et al. 2021)",
    initial: BANANAS_OPTIONS.initial,
    model: true,
    options: BANANAS_OPTIONS,
    search: bananas,
  },
  predictor_forest: {
    ...plain,
    description: "random forest as predictor, best predicted cells measured (ml-random-forest)",
    initial: FOREST_OPTIONS.initial,
    model: true,
    options: FOREST_OPTIONS,
    search: predictorForest,
  },
  gaussian_process: {
    ...plain,
    description:
      "Gaussian process, Weisfeiler-Lehman kernel, expected improvement (Ru et al. 2021)",
    initial: GAUSSIAN_PROCESS_OPTIONS.initial,
    model: true,
    options: GAUSSIAN_PROCESS_OPTIONS,
    search: gaussianProcess,
  },
  transfer_forest: {
    ...plain,
    description: "random forest trained on digital accuracies ranks cells for the metric",
    initial: TRANSFER.digital,
    model: true,
    proxies: ["baseline"],
    options: { ...TRANSFER, ...FOREST_OPTIONS },
    search: transferForest,
  },
  successive_halving: {
    ...plain,
    description: "rungs baseline, hwt, metric; a third is promoted (Jamieson & Talwalkar 2016)",
    initial: HALVING.initial,
    proxies: ["baseline", "hwt"],
    options: { ...HALVING },
    search: successiveHalving(HALVING),
  },
  nsga2: {
    ...plain,
    description: "accuracy against parameters, two objectives (Deb et al. 2002)",
    initial: NSGA2.population,
    options: { ...NSGA2 },
    search: nsga2("parameters"),
  },
  nsga2_energy: {
    ...plain,
    description: "accuracy against energy on a chip by the model, two objectives (Deb et al. 2002)",
    initial: NSGA2.population,
    options: { ...NSGA2, cost: "energy_uJ" },
    search: nsga2("energy_uJ"),
  },
  zero_cost_parameters: zeroCost("parameters"),
  zero_cost_macs: zeroCost("macs"),
  zero_cost_depth: zeroCost("depth"),
  zero_cost_conv_3x3: zeroCost("conv_3x3"),
  zero_cost_skip: zeroCost("skip"),
  zero_cost_paths: zeroCost("paths"),
} as const satisfies Record<string, Method>;

/** Id of a search method. */
export type MethodId = keyof typeof METHODS;

/** Ids of all methods. */
export const METHOD_IDS = Object.keys(METHODS) as MethodId[];

/** The method of that id. Throws InputError naming the nearest id. */
export function parseMethod(text: string): MethodId {
  const id = METHOD_IDS.find((known) => known === text);
  if (id !== undefined) return id;
  const near = nearest(text, METHOD_IDS), hint = near === null ? "" : ` Did you mean ${near}?`;
  throw new InputError(`Unknown method "${text}".${hint} Methods: ${METHOD_IDS.join(", ")}.`);
}
