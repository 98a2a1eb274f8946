/** Statistics of one table of all cells. */
import type { Level as ConstantLevel } from "../../chip/mod.ts";
import type { ChipCounts, Operation, OperationName } from "../../space/mod.ts";
import type { FunctionalAnova, Interval, Resamples, Summary } from "../../stats/mod.ts";
import type { Metric } from "../../table/schema.ts";
import type { CellLike, CellReport } from "../../table/mod.ts";
import type { Cells } from "./cells.ts";
import type { Contradiction } from "./contradiction.ts";
import type { NoiseLevels } from "./copy_noise.ts";
import type { DriftSensitivity } from "./drift_sensitivity.ts";
import type { EnergyOrder } from "./energy.ts";
import type { ProfileStep } from "./feature_profile.ts";
import type { Cost, Feature } from "./features.ts";
import type { Level } from "./levels.ts";
import type { LinearPathContrast, LinearPathGroup } from "./linear_paths.ts";
import type { SwapEffect } from "./matched_swap.ts";
import type { NoiseFloor, Retest } from "./noise_floor.ts";
import type { OperationEffect } from "./operation_effect.ts";
import type { Outcome } from "./outcome.ts";
import type { Front } from "./pareto.ts";
import type { OperationShare, RobustGroups } from "./robust_cells.ts";
import type { SkipGroups } from "./skip_groups.ts";

/** The metric that a search is after, and that other metrics are judged by. */
export const TARGET: Metric = "hwt@1d";

/** Outcomes whose matched swaps are tested together, as one family of Holm's correction. */
export const SWAP_OUTCOMES = ["drift_drop.hwt", "drift_drop.noisy", "hwt@30d"] as const;

/** Outcomes whose operation effects and variance are decomposed. */
export const EFFECT_OUTCOMES = [
  "baseline",
  "noisy",
  "hwt",
  "hwt@30d",
  "drift_drop.hwt",
] as const satisfies readonly Outcome[];

/** Outcomes that are compared by linear paths. */
export const PATH_OUTCOMES = [
  "baseline",
  "noisy",
  "hwt",
  "hwt@1d",
  "hwt@30d",
  "drift_drop.hwt",
] as const satisfies readonly Outcome[];

/** Over which cells an outcome is profiled: competent cells for a loss, connected ones for an accuracy. */
export type Profiled = "hwt_gap@1d" | "hwt@1d";

/** The best cell by a metric. */
export interface Best {
  readonly cell_index: number;
  readonly accuracy_pct: number;
}

export interface TableStatistics {
  /** All cells with all that is known of them, to narrow down, sort, join and hand on. */
  readonly cells: Cells;
  /** One cell, in any notation: its names, shape, size and accuracies. */
  cell(cell: CellLike): CellReport;
  /** Shape and size of every cell, by cell_index. */
  readonly features: Readonly<Record<Feature, Float64Array>>;
  /** A metric (per cent) or a difference of two (points) by cell_index; not to be written to. */
  outcome(outcome: Outcome): Float64Array;
  /** Mean and quantiles of an outcome over connected cells. */
  summary(outcome: Outcome): Summary;
  /** Levels of all metrics and costs over connected cells, with intervals. */
  readonly levels: readonly Level[];
  /** The best of all cells by a metric, the first on ties. */
  best(metric: Metric): Best;
  /** Resamples of all cells, expressions drawn as wholes; shared by all that is drawn over the table. */
  readonly resamples: Resamples;
  /** Spread between copies of one function, for every metric. */
  readonly noiseFloor: readonly NoiseFloor[];
  /** SD of the noise of one measurement by the accuracy at which it is made. */
  noiseLevels(metric: Metric): NoiseLevels;
  /** The noise floor with the published rule's classes as copies, for comparison with the literature. */
  readonly publishedRuleFloor: readonly NoiseFloor[];
  /** Rank agreement of every metric with its own repetition, over functions that have copies. */
  readonly retest: readonly Retest[];
  /** The same among functions whose mean baseline makes them competent. */
  readonly retestCompetent: readonly Retest[];
  /** Tau-b of two metrics over all cells. */
  kendall(a: Metric, b: Metric): Interval;
  /** Tau-b of a metric with the target over competent cells. */
  kendallCompetent(metric: Metric): Interval;
  /** Spearman's rho of every pair of metrics over all cells, in the order of the table. */
  readonly spearman: readonly Float64Array[];
  /** How many of the k best by one metric are among the k best by another, at element k - 1 [15625]. */
  overlap(a: Metric, b: Metric): Int32Array;
  /**
   * A skip connection in place of each other operation on each edge: three outcomes, four operations, six
   * edges. Holm's correction takes these 72 tests as one family.
   */
  readonly matchedSwaps: readonly SwapEffect[];
  /**
   * One operation in place of another on each edge; Holm's correction takes the six as one family. With `among`
   * both cells of a pair are of these: `study.swaps("hwt@1d", "skip_connect", "none", study.cells.where(...))`.
   */
  swaps(
    outcome: Outcome,
    operation: Operation | OperationName,
    other: Operation | OperationName,
    among?: Pick<Cells, "indices">,
  ): readonly SwapEffect[];
  /** Why a skip connection moves the drift drop: where it starts, and what share it loses. */
  readonly driftSensitivity: readonly DriftSensitivity[];
  /** The drift drop by number and place of skip connections, over connected cells. */
  skipGroups(outcome: Outcome): SkipGroups;
  /** Variance of an outcome over all cells, by edges and their interactions. */
  anova(outcome: Outcome): FunctionalAnova;
  /** Main effects of each operation on each edge, for `EFFECT_OUTCOMES`. */
  readonly operationEffects: readonly OperationEffect[];
  /** Competent, robust and fragile cells. */
  readonly groups: RobustGroups;
  /** Operations per edge of those groups. */
  readonly operationComposition: readonly OperationShare[];
  /** Able cells by their number of linear paths; exploratory. */
  readonly linearPathGroups: readonly LinearPathGroup[];
  /** Two or more linear paths against fewer at equal live operations, for `PATH_OUTCOMES`; exploratory. */
  readonly linearPathContrast: readonly LinearPathContrast[];
  /** What robust means against a feature of the cell. */
  profile(outcome: Profiled, feature: Feature): readonly ProfileStep[];
  /** The target against a cost, over connected cells. */
  pareto(cost: Cost): Front;
  /** What each cell's network asks of a chip, by cell_index. */
  readonly chipCounts: readonly ChipCounts[];
  /** Energy of an image on a chip by cell_index, uJ: a model, with all constants low, typical or high. */
  energy(level: ConstantLevel): Float64Array;
  /** The same under all constants low, typical or high, against the target, over connected cells. */
  energyFront(level: ConstantLevel): Front;
  /** How the order of cells by energy relates to others and hangs on the constants. */
  readonly energyOrder: EnergyOrder;
  /** Measurements that another one contradicts. */
  readonly contradictions: readonly Contradiction[];
  /** Exact mean of the best target accuracy among so many cells drawn at random. */
  randomSearch(draws: number): number;
}
