/**
 * The study: every statistic of the table, the own measurements and the searches, computed once. Whoever
 * shows a number takes it from a `Study`; the functions behind it are pure, from plain arrays and a `Prng`
 * to plain records. What is drawn, printed or written from these is no business of this room.
 */
export type { StoredLaw } from "../table/mod.ts";
export { openStudy, type Study, type StudyData, studyOf, type StudyOptions } from "./study.ts";
export { type Best, EFFECT_OUTCOMES, type Profiled, TARGET } from "./table/statistics.ts";
export { type Level } from "./table/levels.ts";
export { type Front, NEARLY_POINTS } from "./table/pareto.ts";
export { type EnergyOrder } from "./table/energy.ts";
export { type SkipGroups } from "./table/skip_groups.ts";
export { type GuidedSearch } from "./search/statistics.ts";
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
export { functionalAnova } from "./table/functional_anova.ts";
export {
  cellFeatures,
  CLASSES,
  CONNECTED,
  type Cost,
  EXPRESSIONS,
  type Feature,
  FEATURES,
  FUNCTIONS,
} from "./table/features.ts";
export { type Difference, type Outcome, outcomeValues, take } from "./table/outcome.ts";
export { type CopyNoise, copyNoise, type NoiseLevels, noiseLevels } from "./table/copy_noise.ts";
export {
  type NoiseFloor,
  noiseFloor,
  repeatedClasses,
  type Retest,
  retest,
  tauCeiling,
} from "./table/noise_floor.ts";
export { FAMILY_LEVEL, matchedSwaps, type SwapEffect } from "./table/matched_swap.ts";
export { type OperationEffect, operationEffects } from "./table/operation_effect.ts";
export {
  COMPETENT_BASELINE,
  GROUP_SHARE,
  operationComposition,
  type OperationShare,
  type RobustGroups,
  robustGroups,
} from "./table/robust_cells.ts";
export {
  ABLE_BASELINE,
  COLLAPSED_NOISY,
  type LinearPathContrast,
  linearPathContrast,
  type LinearPathGroup,
  linearPathGroups,
} from "./table/linear_paths.ts";
export {
  type CollapseCell,
  type CollapseStudy,
  collapseStudy,
} from "./replication/collapse_study.ts";
export { type PredictorGain, predictorGains } from "./search/predictor_gain.ts";
export { featureProfile, type ProfileStep } from "./table/feature_profile.ts";
export {
  type Contradiction,
  CONTRADICTION_RULES,
  type ContradictionRule,
  contradictions,
} from "./table/contradiction.ts";
export { type AccuracyOf, classMeans, foundAfter, incumbents } from "./search/runs.ts";
export { maximum, searchCurve, type SearchSummary } from "./search/curve.ts";
export { methodName } from "./search/method_names.ts";
export { hypervolumeShares } from "./search/hypervolume_share.ts";
export { type ClaimId } from "./claims/claims.ts";
export type { Claim, Criterion, Verdict } from "./claims/claim.ts";
export { VALUE_PARTS, type Values, values } from "./values/values.ts";
export { replicationValues } from "./values/replication.ts";
export { searchValues } from "./values/search.ts";
export { type DriftSensitivity } from "./table/drift_sensitivity.ts";
export type { CellRow, Cells, CellValue } from "./table/cells.ts";
export {
  SEARCH_BUDGETS,
  SEARCH_TARGET,
  type SearchReading,
  type SearchStudy,
  searchStudy,
  type Truth,
} from "./search/search_study.ts";
export {
  type Duel,
  duels,
  type Leaders,
  meanRanks,
  orderChanges,
  type Placed,
  ranking,
} from "./search/compare.ts";
export { AWARE_QUERIES, awareClaim, type AwareGuide, bestMethodClaim } from "./search/claims.ts";
export { type Agreement, agreement } from "./replication/agreement.ts";
export {
  type MatchedPair,
  type PairedOutcome,
  type SkipEffect,
  skipPairs,
} from "./replication/matched_pairs.ts";
export { type Replicated, replicated } from "./replication/replicated.ts";
export {
  type Direction,
  type LevelAtScale,
  type ScaleLevel,
  type ScaleStudy,
  scaleStudy,
} from "./replication/scale_study.ts";
export {
  LARGER_SCALES,
  type LargerScale,
  type Scale,
  scaleInWords,
} from "./replication/larger_scales.ts";
export { type SettingEffect, settingEffects } from "./replication/setting_effects.ts";
export { ALL_ODDITIES, bothProtocols } from "./replication/both_protocols.ts";
export {
  type ReplicatedClaim,
  replicatedClaims,
  type ReplicatedCriterion,
} from "./replication/replicated_claims.ts";
export { type Disagreement, disagreement } from "./replication/disagreement.ts";
export { type AnalogCondition, type Memory, type Reading } from "./simulators/memories.ts";
export {
  onTiles,
  type OrderPair,
  type ReadingAgreement,
  singleEventTaus,
} from "./simulators/order.ts";
export { type MemoryLoss } from "./simulators/losses.ts";
export { type WireLoss } from "./simulators/wires.ts";
export { type MemoryClaims } from "./simulators/statistics.ts";
export { type AnchorRun, CHIP, isMeasured, type MeasuredRun } from "./simulators/anchor.ts";
export { type EventWidth, widthShare } from "./simulators/event_widths.ts";
export { simulatorValues } from "./values/simulators.ts";
export { type LevelPair, levelPairs } from "./replication/levels.ts";
export { costs } from "./replication/cost.ts";
export { type Effect, type FindingSummary } from "./generality/effects.ts";
export { answers, generalityCounts } from "./generality/answer.ts";
export { type ListedNetwork } from "./generality/listed.ts";
export { type Transfer, transferInWords } from "./generality/transfer.ts";
export { type FamilyPlan, familyPlan, type Power } from "./generality/power.ts";
