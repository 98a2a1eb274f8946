import { allCells, type Cell } from "../space/mod.ts";
import { drawUnmeasured } from "./random_search.ts";
import { fitForest } from "./predictor_forest.ts";
import type { Search } from "./search.ts";

/** Digital accuracies from which the predictor learns. */
export const TRANSFER = { digital: 50 } as const;

/**
 * Transfer: a forest learns the cheapest proxy (digital accuracy) on a random sample, then the guiding
 * metric is measured in the order of its predictions, ties by cell index. It never learns from an
 * analog answer, so that the result says what digital knowledge alone is worth.
 */
export const transferForest: Search = (objective, budget, random) => {
  const proxy = objective.proxies[0] ?? objective.metric;
  const cells: Cell[] = [], accuracies_pct: number[] = [];
  while (cells.length < Math.min(TRANSFER.digital, budget)) {
    const cell = drawUnmeasured(objective, random, proxy);
    cells.push(cell);
    accuracies_pct.push(objective.query(cell, proxy));
  }
  if (cells.length === budget) return objective.history();
  const predicted = fitForest(cells, accuracies_pct, random)(allCells());
  const order = predicted.map((_, i) => i).sort((a, b) => predicted[b] - predicted[a] || a - b);
  let left = budget - cells.length;
  for (const index of order) {
    const cell = allCells()[index];
    if (left === 0) break;
    if (objective.measured(cell) !== undefined) continue;
    objective.query(cell);
    left--;
  }
  return objective.history();
};
