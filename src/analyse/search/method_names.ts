/** Search methods in words, as text and legends name them: id -> name. */
const METHOD_NAMES: Readonly<Record<string, string>> = {
  random_search: "random search",
  regularized_evolution: "evolution, P = 100",
  regularized_evolution_small: "evolution, P = 10",
  regularized_evolution_warm: "evolution, P = 10, warm start",
  local_search: "local search",
  local_search_first: "local search, first improvement",
  bananas: "BANANAS",
  gaussian_process: "Gaussian process",
  predictor_forest: "forest predictor",
  transfer_forest: "transferred forest",
  successive_halving: "successive halving",
  nsga2: "NSGA-II",
};

/** A method in words; one that is not listed by its id. */
export function methodName(id: string): string {
  return METHOD_NAMES[id] ?? id.replaceAll("_", " ");
}
