/**
 * Search methods on the table: each is a function from an objective, a budget and a stream of chance to
 * the history of its queries. A method sees the metrics it is given and nothing else; what its history
 * is worth on another metric is the analysis's business. Knows the space and the table, no TensorFlow.
 */
export type { History, Objective, Search } from "./search.ts";
export { type Accuracies, tableObjective } from "./objective.ts";
export { MACS_PER_SECOND, queryCost_s } from "./cost.ts";
export { drawUnmeasured, randomSearch } from "./random_search.ts";
export { mutate, mutateUnmeasured } from "./mutate.ts";
export {
  type EvolutionOptions,
  ORIGINAL_EVOLUTION,
  regularizedEvolution,
  SMALL_EVOLUTION,
} from "./regularized_evolution.ts";
export { type Improvement, localSearch } from "./local_search.ts";
export { type Method, METHOD_IDS, type MethodId, METHODS, parseMethod } from "./methods.ts";
export { checkSetting, runSearch, runSetting, type Setting, STREAM } from "./run.ts";
export { runSeeds } from "./pool.ts";
