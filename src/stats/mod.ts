/**
 * Statistics: arrays in, numbers out. Nothing here knows a cell, a metric or a table; what is counted,
 * and what counts as one piece of evidence, comes as an argument, and chance as a `Prng`.
 */
export {
  type DenseRanks,
  denseRanks,
  kendallMatrix,
  kendallTauB,
  overlapCurve,
  spearman,
  spearmanMatrix,
  topK,
  topKOverlap,
  topKOverlapCurve,
} from "./rank.ts";
export {
  influenceInterval,
  influenceOfRanks,
  kendallInfluence,
  kendallInterval,
} from "./rank_interval.ts";
export { factorialAnova, type FunctionalAnova } from "./functional_anova.ts";
export { expectedBest } from "./expected_best.ts";
export {
  bootstrapMeans,
  bootstrapMedians,
  clusterBootstrap,
  denseLabels,
  dot,
  type Interval,
  percentileInterval,
  RESAMPLES,
  standardError,
} from "./bootstrap.ts";
export type { Missing } from "./finite.ts";
export { mean } from "./mean.ts";
export { summarize, type Summary } from "./summary.ts";
export { studentInterval } from "./student.ts";
export { comparePaired, holm, type PairedComparison } from "./paired.ts";
export { paretoFront } from "./pareto.ts";
export { hypervolume, type TwoObjectives } from "./hypervolume.ts";
