import { allCells, type Cell, CELL_COUNT } from "../space/mod.ts";
import type { Prng } from "../random.ts";
import type { Metric } from "../table/schema.ts";
import type { Objective, Search } from "./search.ts";

/**
 * A cell drawn uniformly among those not yet measured (rejection; at least one must be left). All
 * methods draw their initial sample with it, so that it equals random search on the same seed.
 */
export function drawUnmeasured(objective: Objective, random: Prng, metric?: Metric): Cell {
  while (true) {
    const cell = allCells()[random.integer(CELL_COUNT)];
    if (objective.measured(cell, metric) === undefined) return cell;
  }
}

/** Uniform sampling without replacement. */
export const randomSearch: Search = (objective, budget, random) => {
  for (let i = 0; i < budget; i++) objective.query(drawUnmeasured(objective, random));
  return objective.history();
};
