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
export {
  type Acquisition,
  type Measurements,
  modelGuided,
  type ModelGuidedOptions,
  type Surrogate,
} from "./model_guided.ts";
export { PATH_COUNT, pathEncoding } from "./path_encoding.ts";
export { bananas } from "./bananas.ts";
export { fitForest, predictorForest } from "./predictor_forest.ts";
export {
  FEATURE_SETS,
  type FeatureSet,
  predictorCurve,
  type PredictorCurvePoint,
} from "./predictor_curve.ts";
export { expectedImprovement, fitProcess, gaussianProcess } from "./gaussian_process.ts";
export { wlKernel, wlLabels } from "./wl_kernel.ts";
export { transferForest } from "./transfer_forest.ts";
export { HALVING, type HalvingOptions, successiveHalving } from "./successive_halving.ts";
export { nsga2 } from "./nsga2.ts";
export { drawWarm, ZERO_COST, type ZeroCost, zeroCostOrder } from "./zero_cost.ts";
export { type Method, METHOD_IDS, type MethodId, METHODS, parseMethod } from "./methods.ts";
export {
  checkSetting,
  runSearch,
  runSetting,
  type Setting,
  STREAM,
  visibleMetrics,
} from "./run.ts";
export { runSeeds } from "./pool.ts";
export { joinRuns, keptRuns, type Runs } from "./store.ts";
