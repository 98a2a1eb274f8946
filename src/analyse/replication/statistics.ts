/** Statistics of this workspace's own measurements. */
import type { Metric } from "../../table/schema.ts";
import { type Definitions, once } from "../remember.ts";
import type { Study } from "../study.ts";
import { type CollapseStudy, collapseStudy } from "./collapse_study.ts";
import { type ReplicatedClaim, replicatedClaims } from "./replicated_claims.ts";
import { type Agreement, agreement } from "./agreement.ts";
import { type Disagreement, disagreement } from "./disagreement.ts";
import { LOSSES } from "../table/levels.ts";
import { type LevelPair, levelPairs } from "./levels.ts";
import {
  type MatchedPair,
  type PairedOutcome,
  type SkipEffect,
  skipEffects,
  skipPairs,
} from "./matched_pairs.ts";
import { type Replicated, replicated } from "./replicated.ts";
import { type Times, timesLarger } from "./larger_scales.ts";
import { type ScaleStudy, scaleStudy } from "./scale_study.ts";
import { type SettingEffect, settingEffects } from "./setting_effects.ts";
import { bothProtocols } from "./both_protocols.ts";

export interface ReplicationStatistics {
  /** Cells measured here under all metrics, beside their published values. */
  readonly replication: Replicated;
  /** Rank agreement of both sources, for every metric that both hold; throws RangeError for fewer than 2 cells. */
  readonly agreements: readonly Agreement[];
  /** Metrics whose agreement ends below what noise between trainings allows. */
  readonly beyondNoise: readonly Metric[];
  /** What hardware and drift cost in both sources. */
  readonly costLevels: readonly LevelPair[];
  /** Features of a cell that its differences of rank go with, strongest first. */
  disagreement(metric: Metric): readonly Disagreement[];
  /** Pairs of measured cells that differ in one skip connection. */
  skipPairs(outcome: PairedOutcome): readonly MatchedPair[];
  /** Their mean differences, by the other operation. */
  skipEffects(outcome: PairedOutcome): readonly SkipEffect[];
  /** Claims of the published study put to the cells measured here. */
  readonly replicatedClaims: readonly ReplicatedClaim[];
  /** Pairs of cells that differ in their linear paths: why two collapse; null where not measured. */
  readonly collapse: CollapseStudy | null;
  /** The same cells trained longer, as deeper and as wider networks. */
  readonly scale: ScaleStudy;
  /** How many times as long, as many cells a stage and channels that is; null for a scale that was not measured. */
  readonly scaleTimes: Times;
  /** Every value of every setting of the hardware against the default, for all metrics. */
  readonly ablation: readonly SettingEffect[];
  /** Every oddity of the published script undone alone, for all metrics. */
  readonly protocols: readonly SettingEffect[];
  /** All oddities undone together. */
  readonly wholeProtocol: readonly SettingEffect[];
}

/** How each is computed. */
export const REPLICATION_STATISTICS: Definitions<ReplicationStatistics, Study> = {
  replication: ({ benchmark, measured }) => replicated(measured.replication, benchmark),
  agreements: ({ replication, benchmark }, stream) => agreement(replication, benchmark, stream()),
  beyondNoise: ({ agreements }) =>
    agreements.filter(({ tau, ceiling }) => tau.high < ceiling).map(({ metric }) => metric),
  costLevels: ({ replication }) => levelPairs(replication, LOSSES),
  disagreement: ({ replication, features }) =>
    once((metric) => disagreement(replication, metric, features)),
  skipPairs: ({ replication }) => once((outcome) => skipPairs(replication, outcome)),
  skipEffects: (study) => once((outcome) => skipEffects(study.skipPairs(outcome))),
  replicatedClaims: ({ claims, replication }) => replicatedClaims(claims, replication),
  collapse: ({ measured }) => collapseStudy(measured.collapse),
  scale: ({ benchmark, measured }) => scaleStudy(measured.replication, measured.scale, benchmark),
  scaleTimes: ({ spent }) => timesLarger(spent),
  ablation: ({ measured }) => settingEffects(measured.ablation),
  protocols: ({ measured }) => settingEffects(measured.protocols),
  wholeProtocol: ({ measured }) => settingEffects(bothProtocols(measured.replication)),
};
