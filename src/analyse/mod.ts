/**
 * The study's statistics: pure functions from the benchmark, or from plain arrays by cell_index, to
 * plain records. Randomness (bootstrap) comes in as a `Prng`. What is drawn, printed or written from
 * these records is no business of this room.
 */
export {
  comparePaired,
  expectedBest,
  type FunctionalAnova,
  holm,
  hypervolume,
  type Interval,
  kendallMatrix,
  kendallTauB,
  type PairedComparison,
  paretoFront,
  summarize,
  type Summary,
  topK,
  topKOverlap,
  topKOverlapCurve,
  type TwoObjectives,
} from "../stats/mod.ts";
export { functionalAnova } from "./functional_anova.ts";
export { cellFeatures, CLASSES, CONNECTED, type Feature, FEATURES } from "./cells.ts";
export { type Outcome, outcomeValues, take } from "./outcome.ts";
export {
  type NoiseFloor,
  noiseFloor,
  repeatedClasses,
  type Retest,
  retest,
  tauCeiling,
  withinClassDeviations,
} from "./noise_floor.ts";
export { matchedSwaps, OPERATION_PAIRS, type SwapEffect } from "./matched_swap.ts";
export { type OperationEffect, operationEffects } from "./operation_effect.ts";
export {
  COMPETENT_BASELINE,
  GROUP_SHARE,
  operationComposition,
  type OperationShare,
  type RobustGroups,
  robustGroups,
} from "./robust.ts";
export { featureProfile, type ProfileStep } from "./feature_profile.ts";
export {
  type Contradiction,
  CONTRADICTION_RULES,
  type ContradictionRule,
  contradictions,
} from "./contradiction.ts";
export {
  type AccuracyOf,
  afterQuery,
  classMeans,
  incumbents,
  incumbentValues,
  type Judgement,
} from "./search_runs.ts";
export { maximum, searchCurve, type SearchSummary } from "./search_curve.ts";
export { hypervolumeShare } from "./hypervolume_share.ts";
export { CLAIM_IDS, type ClaimId, claims } from "./claims.ts";
export type { Claim, Criterion, Verdict } from "./claims/claim.ts";
export { VALUE_PARTS, type Values, values } from "./values.ts";
export { type DriftSensitivity, driftSensitivity } from "./drift_sensitivity.ts";
export { arqueroTable } from "./arquero_table.ts";
export {
  SEARCH_BUDGETS,
  SEARCH_TARGET,
  type SearchReading,
  type SearchStudy,
  searchStudy,
  type Truth,
} from "./search_study.ts";
export { allPairs, type Duel, duels, meanRanks, orderChanges, ranking } from "./search_compare.ts";
export { AWARE_QUERIES, awareClaim, bestMethodClaim, guidedMethods } from "./search_claims.ts";
export { accuracyAndParameters, GUIDES, searchValues } from "./search_values.ts";
export {
  type Agreement,
  agreement,
  type MatchedPair,
  type PairedOutcome,
  type Replicated,
  replicated,
  skipPairs,
} from "./replication.ts";
export {
  type Direction,
  LARGER_SCALES,
  type LargerScale,
  SCALE_OUTCOMES,
  type ScaleLevel,
  type ScaleStudy,
  scaleStudy,
} from "./scale_study.ts";
export { type VariantEffect, variantEffects } from "./variants.ts";
export { ALL_ODDITIES, protocolStudy } from "./protocol_study.ts";
export { measuredValues } from "./measured_values.ts";
export { type OwnClaim, ownClaims, type OwnCriterion } from "./own_claims.ts";
export {
  COSTS,
  type Disagreement,
  disagreement,
  type LevelPair,
  levelPairs,
  type SkipEffect,
  skipEffects,
} from "./side_by_side.ts";
export { type Anchor, costValues } from "./cost.ts";
