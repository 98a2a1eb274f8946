/** How the statistics of one table of all cells are computed. */
import { hasMembers, oneOf } from "../../arguments.ts";
import { constantsAt } from "../../chip/mod.ts";
import { type Operation, type OperationName, operationOf, SKIP } from "../../space/mod.ts";
import {
  type DenseRanks,
  denseRanks,
  drawResamples,
  expectedBest,
  influenceInterval,
  influenceOfRanks,
  kendallInterval,
  overlapCurve,
  spearmanMatrix,
  summarize,
  topK,
} from "../../stats/mod.ts";
import type { Metric } from "../../table/schema.ts";
import { queryCell } from "../../table/mod.ts";
import { type Definitions, once } from "../remember.ts";
import type { Study } from "../study.ts";
import { allCellsOf, type Cells } from "./cells.ts";
import { contradictions } from "./contradiction.ts";
import { noiseLevels } from "./copy_noise.ts";
import { driftSensitivity } from "./drift_sensitivity.ts";
import { countsOfCells, energies, energyOrder } from "./energy.ts";
import { featureProfile } from "./feature_profile.ts";
import { cellFeatures, CLASSES, CONNECTED, COSTS, EXPRESSIONS, FEATURES } from "./features.ts";
import { functionalAnova } from "./functional_anova.ts";
import { levels } from "./levels.ts";
import { linearPathContrast, linearPathGroups } from "./linear_paths.ts";
import { matchedSwaps, OPERATION_PAIRS } from "./matched_swap.ts";
import { noiseFloor, retest } from "./noise_floor.ts";
import { operationEffects } from "./operation_effect.ts";
import { type Outcome, outcomeValues, take } from "./outcome.ts";
import { front } from "./pareto.ts";
import { COMPETENT_BASELINE, operationComposition, robustGroups } from "./robust_cells.ts";
import { skipGroups } from "./skip_groups.ts";
import {
  EFFECT_OUTCOMES,
  PATH_OUTCOMES,
  SWAP_OUTCOMES,
  type TableStatistics,
  TARGET,
} from "./statistics.ts";

/** How each is computed. */
export const TABLE_STATISTICS: Definitions<TableStatistics, Study> = {
  cells: ({ benchmark, features }) => allCellsOf(benchmark, features),
  cell: ({ benchmark }) => (cell) => queryCell(benchmark, cell),
  features: cellFeatures,
  outcome: ({ benchmark }) => once((outcome) => outcomeValues(benchmark, outcome)),
  summary: ({ outcome }) => once((id) => summarize(take(outcome(id), CONNECTED))),
  levels: ({ benchmark, outcome }) =>
    levels(benchmark.metrics, (id) => take(outcome(id), CONNECTED), take(EXPRESSIONS, CONNECTED)),
  resamples: (_study, stream) => drawResamples(EXPRESSIONS, stream()),
  best: ({ benchmark }) => (metric) => {
    const accuracy = benchmark.accuracy(metric), [cell_index] = topK(accuracy, 1);
    return { cell_index, accuracy_pct: accuracy[cell_index] };
  },
  noiseFloor: ({ benchmark, resamples }) => noiseFloor(benchmark, resamples),
  noiseLevels: ({ benchmark }) => once((metric) => noiseLevels(benchmark, metric)),
  publishedRuleFloor: ({ benchmark, resamples }) => noiseFloor(benchmark, resamples, CLASSES),
  retest: ({ benchmark }, stream) => retest(benchmark, stream()),
  retestCompetent: ({ benchmark }, stream) => retest(benchmark, stream(), COMPETENT_BASELINE),
  kendall: ({ benchmark }) => {
    const ranks = once((metric: Metric): DenseRanks => denseRanks(benchmark.accuracy(metric)));
    return once((a, b) => {
      const { tau, influence } = influenceOfRanks(ranks(a), ranks(b));
      return influenceInterval(tau, influence, EXPRESSIONS);
    });
  },
  kendallCompetent: ({ benchmark, groups: { competent } }) =>
    once((metric) =>
      kendallInterval(
        take(benchmark.accuracy(metric), competent),
        take(benchmark.accuracy(TARGET), competent),
        take(EXPRESSIONS, competent),
      )
    ),
  spearman: ({ benchmark }) =>
    spearmanMatrix(benchmark.metrics.map((metric) => benchmark.accuracy(metric))),
  overlap: ({ benchmark }) => {
    const order = once((metric: Metric) => {
      const accuracy = benchmark.accuracy(metric);
      return topK(accuracy, accuracy.length);
    });
    return once((a, b) => overlapCurve(order(a), order(b)));
  },
  matchedSwaps: ({ benchmark }) =>
    matchedSwaps(
      benchmark,
      SWAP_OUTCOMES,
      OPERATION_PAIRS.filter(([operation]) => operation === SKIP),
    ),
  swaps: ({ benchmark }) => {
    const swapped = (
      outcome: Outcome,
      operation: Operation | OperationName,
      other: Operation | OperationName,
      among?: Pick<Cells, "indices">,
    ) =>
      matchedSwaps(
        benchmark,
        [outcome],
        [[operationOf(operation), operationOf(other)]],
        among?.indices,
      );
    const ofAll = once((
      outcome: Outcome,
      operation: Operation | OperationName,
      other: Operation | OperationName,
    ) => swapped(outcome, operation, other));
    return (outcome, operation, other, among) => {
      if (among === undefined) return ofAll(outcome, operation, other);
      hasMembers("among", among, ["indices"], "study.cells.where(...) chooses cells.");
      return swapped(outcome, operation, other, among);
    };
  },
  driftSensitivity: ({ benchmark }) => driftSensitivity(benchmark),
  skipGroups: ({ outcome, features }) =>
    once((id) => skipGroups(outcome(id), features.count_skip_connect)),
  anova: ({ outcome }) => once((id) => functionalAnova(outcome(id))),
  operationEffects: ({ benchmark }) => operationEffects(benchmark, EFFECT_OUTCOMES),
  groups: ({ benchmark }) => robustGroups(benchmark),
  operationComposition: ({ groups }) => operationComposition(groups),
  linearPathGroups: ({ benchmark, resamples }) =>
    linearPathGroups(benchmark, PATH_OUTCOMES, resamples),
  linearPathContrast: ({ benchmark, resamples }) =>
    linearPathContrast(benchmark, PATH_OUTCOMES, resamples),
  profile: ({ features, outcome, groups: { competent } }) =>
    once((id, feature) => {
      oneOf("What is profiled", id, ["hwt_gap@1d", "hwt@1d"]);
      oneOf("A feature", feature, FEATURES);
      return featureProfile(
        features[feature],
        outcome(id),
        id === "hwt@1d" ? CONNECTED : competent,
      );
    }),
  pareto: ({ features, outcome }) =>
    once((cost) => front(features[oneOf("A cost", cost, COSTS)], outcome(TARGET), CONNECTED)),
  chipCounts: countsOfCells,
  energy: ({ chipCounts }) => once((level) => energies(chipCounts, constantsAt(level))),
  energyFront: ({ energy, outcome }) =>
    once((level) => front(energy(level), outcome(TARGET), CONNECTED)),
  energyOrder: ({ chipCounts, outcome, features }) =>
    energyOrder(chipCounts, outcome(TARGET), features.macs),
  contradictions: ({ benchmark }) => contradictions(benchmark),
  randomSearch: ({ outcome }) => {
    const ascending = outcome(TARGET).toSorted(); // sorting that again takes no time
    return once((draws) => expectedBest(ascending, draws));
  },
};
