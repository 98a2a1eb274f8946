import { oneOf } from "../arguments.ts";
import { type Cell, neighbours } from "../space/mod.ts";
import { permutation } from "../random.ts";
import { drawUnmeasured } from "./random_search.ts";
import type { Search } from "./search.ts";

/** `first`: moves to the first better neighbour; `best`: to the best of all 24, if it is better. */
export type Improvement = "first" | "best";

/**
 * Hill climbing with restarts (White et al. 2021, "Exploring the loss landscape in neural
 * architecture search"): neighbours differ in one edge and are visited in random order; at a local
 * optimum it starts again from a fresh random cell. Known answers are reused, never paid for twice.
 */
export function localSearch(improvement: Improvement): Search {
  oneOf("An improvement", improvement, ["best", "first"]);
  return (objective, budget, random) => {
    let spent = 0;
    const ask = (cell: Cell) => objective.measured(cell) ?? (spent++, objective.query(cell));
    while (spent < budget) {
      let here = drawUnmeasured(objective, random), height = ask(here), climbing = true;
      while (climbing) {
        climbing = false;
        const around = neighbours(here);
        for (const i of permutation(around.length, random)) {
          if (spent === budget && objective.measured(around[i]) === undefined) continue;
          const accuracy = ask(around[i]);
          if (accuracy <= height) continue;
          [here, height, climbing] = [around[i], accuracy, true];
          if (improvement === "first") break;
        }
      }
    }
    return objective.history();
  };
}
