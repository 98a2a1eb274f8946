/**
 * Statistics: arrays in, numbers out. Nothing here knows a cell, a metric or a table; what is counted,
 * and what counts as one piece of evidence, comes as an argument, and chance as a `Prng`.
 */
export { type DenseRanks, denseRanks, ranksAt } from "./dense_ranks.ts";
export { kendallMatrix, kendallTauB, spearman, spearmanMatrix, tauOfRanks } from "./rank.ts";
export { overlapCurve, topK, topKOverlap, topKOverlapCurve } from "./top_k.ts";
export { influenceOfRanks, kendallInfluence, kendallInterval } from "./rank_interval.ts";
export { factorialAnova, type FunctionalAnova } from "./functional_anova.ts";
export { normalCdf } from "./distributions.ts";
export { expectedBest } from "./expected_best.ts";
export { expectedTau, type Noisy } from "./noisy_tau.ts";
export {
  familyInterval,
  type Interval,
  percentileInterval,
  type Position,
  position,
  RESOLUTION,
  standardError,
  tInterval,
} from "./interval.ts";
export {
  denseLabels,
  influenceInterval,
  type MatchedMean,
  matchedMean,
  meanInterval,
  medianInterval,
  ratioEstimate,
  ratioInfluence,
  ratioInterval,
} from "./clusters.ts";
export { type Estimate, intervalOf, pAt, pOutside } from "./estimate.ts";
export { FEWEST_PLACES, onePlace, type RandomEffects, randomEffects } from "./random_effects.ts";
export { jackknifeInterval } from "./jackknife.ts";
export { type Group, groupDifference } from "./group_difference.ts";
export { drawResamples, drawsOf, resampledSums, RESAMPLES, type Resamples } from "./bootstrap.ts";
export type { Missing } from "./finite.ts";
export { mapped } from "./mapped.ts";
export { mean } from "./mean.ts";
export { type Prng, prng } from "../random.ts";
export { type Correlation, type LinearFit, linearFit, partialSpearman } from "./relation.ts";
export { summarize, type Summary } from "./summary.ts";
export { studentInterval } from "./student.ts";
export { leastSquares } from "./least_squares.ts";
export { pairsForWidth } from "./power.ts";
export { comparePaired, holm, type PairedComparison } from "./paired.ts";
export { paretoFront } from "./pareto.ts";
export { hypervolume, hypervolumes, type TwoObjectives } from "./hypervolume.ts";
