import { wholeNumber } from "../arguments.ts";
import type { Cell } from "../space/mod.ts";
import { drawUnmeasured } from "./random_search.ts";
import { mutateUnmeasured } from "./mutate.ts";
import type { Search } from "./search.ts";

/** Size of the population and of the tournament. */
export interface EvolutionOptions {
  /** P: members alive at a time. */
  readonly population: number;
  /** S: members drawn, with replacement, into each tournament. */
  readonly sample: number;
}

/** P and S of Real et al. 2019, section 3 ("Methods"), chosen there for the NASNet space. */
export const ORIGINAL_EVOLUTION: EvolutionOptions = { population: 100, sample: 25 };

/** P and S that NAS-Bench-201 (Dong & Yang 2020, section 5) uses on this space. */
export const SMALL_EVOLUTION: EvolutionOptions = { population: 10, sample: 10 };

/**
 * Regularized (aging) evolution, Real et al. 2019, algorithm 1: a tournament picks the parent, a
 * mutation of one edge is measured and joins, the oldest member dies. Cycles go on to the end of the
 * budget. One difference: a child that was measured before is mutated once more and not measured twice.
 *
 * @param start draws the members of the initial population; uniform by default
 */
export function regularizedEvolution(
  { population, sample }: EvolutionOptions,
  start: typeof drawUnmeasured = drawUnmeasured,
): Search {
  wholeNumber("The population of an evolution", population, 1);
  wholeNumber("The sample of an evolution", sample, 1, population);
  return (objective, budget, random) => {
    const members: { cell: Cell; accuracy: number }[] = []; // a ring, oldest at `queries % P`
    for (let queries = 0; queries < budget; queries++) {
      let cell: Cell;
      if (queries < population) cell = start(objective, random);
      else {
        let parent = members[random.integer(population)];
        for (let i = 1; i < sample; i++) {
          const rival = members[random.integer(population)];
          if (rival.accuracy > parent.accuracy) parent = rival;
        }
        cell = mutateUnmeasured(objective, parent.cell, random);
      }
      members[queries % population] = { cell, accuracy: objective.query(cell) };
    }
    return objective.history();
  };
}
