import { type Cell, checkedCell, type Operation, OPERATIONS, withOperation } from "../space/mod.ts";
import { checkRandom, type Prng } from "../random.ts";
import { drawUnmeasured } from "./random_search.ts";
import type { Objective } from "./search.ts";

/** `cell` with one of the other four operations on one edge, uniformly among its 24 neighbours. */
export function mutate(cell: Cell, random: Prng): Cell {
  checkRandom(random);
  checkedCell(cell);
  const choice = random.integer(24), edge = choice >> 2;
  const operation = (cell[edge] + 1 + (choice & 3)) % OPERATIONS.length;
  return withOperation(cell, edge, operation as Operation);
}

/** Draws before a neighbourhood counts as exhausted: 24 neighbours are missed with odds of 1 in 10^4. */
const TRIES = 240;

/**
 * A mutation of `cell` that was not measured before; a uniformly drawn unmeasured cell where the
 * neighbourhood seems exhausted. Training the same cell twice would waste a query on a table whose
 * answer is known (naszilla's regularized evolution leaves such children out too).
 */
export function mutateUnmeasured(objective: Objective, cell: Cell, random: Prng): Cell {
  for (let i = 0; i < TRIES; i++) {
    const child = mutate(cell, random);
    if (objective.measured(child) === undefined) return child;
  }
  return drawUnmeasured(objective, random);
}
