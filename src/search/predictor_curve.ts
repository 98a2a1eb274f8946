/** How well the forest ranks cells it has not seen, by how many it was trained on and what it sees of each. */
import { hasLength, wholeNumber } from "../arguments.ts";
import { type Cell, CELL_COUNT, cellAt, expressionClasses, isConnected } from "../space/mod.ts";
import { permutation, prng } from "../random.ts";
import { kendallTauB } from "../stats/mod.ts";
import type { Accuracies } from "./objective.ts";
import { forestFeatures, forestFeaturesWithPaths } from "./forest_features.ts";
import { fitForest } from "./predictor_forest.ts";

/** What the trees see of a cell: the twelve numbers that the search uses, or these and three on linear paths. */
export const FEATURE_SETS = {
  twelve: forestFeatures,
  with_paths: forestFeaturesWithPaths,
} as const satisfies Record<string, (cell: Cell) => number[]>;
/** Name of a set of features. */
export type FeatureSet = keyof typeof FEATURE_SETS;

/** One forest. */
export interface PredictorCurvePoint {
  readonly features: FeatureSet;
  readonly training_cells: number;
  readonly seed: number;
  /** Kendall's tau-b of predicted and true accuracy over the unseen cells. */
  readonly tau: number;
}

/** Unseen cells that a forest is judged by. */
const JUDGED = 2_000;

/**
 * Forests trained on random connected cells and judged on others, none of which computes an expression
 * that a training cell computes: copies would be known. With one seed both feature sets learn from the same
 * cells and are judged on the same, so that they are compared pair by pair.
 *
 * @param accuracy_pct by cell_index [15625]
 */
export function predictorCurve(
  accuracy_pct: Accuracies,
  sizes: readonly number[],
  seeds: readonly number[],
): readonly PredictorCurvePoint[] {
  hasLength("accuracy_pct", accuracy_pct, CELL_COUNT);
  for (const size of sizes) wholeNumber("A number of training cells", size, 2, CELL_COUNT);
  const expressions = expressionClasses();
  const connected = Array.from(accuracy_pct.keys()).filter((i) => isConnected(cellAt(i)));
  return sizes.flatMap((training_cells) =>
    seeds.flatMap((seed) => {
      const order = permutation(connected.length, prng(seed, `predictor curve ${training_cells}`));
      const training = Array.from(order.subarray(0, training_cells), (k) => connected[k]);
      const known = new Set(training.map((i) => expressions[i]));
      const judged = Array.from(order.subarray(training_cells), (k) => connected[k])
        .filter((i) => !known.has(expressions[i])).slice(0, JUDGED);
      const cells = (indices: readonly number[]) => indices.map(cellAt);
      const truth = judged.map((i) => accuracy_pct[i]);
      return (Object.keys(FEATURE_SETS) as FeatureSet[]).map((features) => {
        const predict = fitForest(
          cells(training),
          training.map((i) => accuracy_pct[i]),
          prng(seed, `predictor forest ${training_cells}`),
          FEATURE_SETS[features],
        );
        return { features, training_cells, seed, tau: kendallTauB(predict(cells(judged)), truth) };
      });
    })
  );
}
