import { RandomForestRegression } from "ml-random-forest";
import { hasLength } from "../arguments.ts";
import type { Cell } from "../space/mod.ts";
import { checkRandom, type Prng } from "../random.ts";
import { forestFeatures } from "./forest_features.ts";
import { modelGuided, type ModelGuidedOptions, type Surrogate } from "./model_guided.ts";
import type { Search } from "./search.ts";

const LOOP: ModelGuidedOptions = {
  initial: 20,
  batch: 10,
  mutations: 200,
  parents: 10,
  explored: 300,
};

const FOREST = { nEstimators: 20, maxFeatures: 0.6 };

/** What is stored beside histories of this method. */
export const FOREST_OPTIONS = { ...LOOP, ...FOREST, features: "ranked_operations_and_counts" };

/**
 * Predicted accuracy, per cent, by a random forest (Breiman 2001; ml-random-forest).
 *
 * @param features what the trees see of a cell, equally many numbers for each
 */
export function fitForest(
  cells: readonly Cell[],
  accuracies_pct: readonly number[],
  random: Prng,
  features: (cell: Cell) => number[] = forestFeatures,
): (cells: readonly Cell[]) => number[] {
  checkRandom(random);
  hasLength("accuracies_pct, as cells,", accuracies_pct, cells?.length);
  const forest = new RandomForestRegression({
    ...FOREST,
    seed: random.integer(2 ** 31),
    replacement: true,
    useSampleBagging: true,
    noOOB: true,
  });
  forest.train(cells.map(features), [...accuracies_pct]);
  return (candidates) => forest.predict(candidates.map(features));
}

/** Worth by the predicted accuracy alone; exploration comes from the batch and the uniform candidates. */
const forest: Surrogate = ({ cells, accuracies_pct }, random) =>
  fitForest(cells, accuracies_pct, random);

/** Predictor-guided search: a random forest ranks candidates, the best are measured. */
export const predictorForest: Search = modelGuided(forest, LOOP);
