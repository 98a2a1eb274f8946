import { oneOf } from "../arguments.ts";
import {
  allCells,
  type Cell,
  cellIndex,
  complexity,
  CONV_3X3,
  depth,
  operationCount,
  pathCount,
  PUBLISHED_SKELETON,
  SKIP,
} from "../space/mod.ts";
import { permutation, type Prng } from "../random.ts";
import { MACS } from "./cost.ts";
import { drawUnmeasured } from "./random_search.ts";
import type { Objective, Search } from "./search.ts";

/** Scores that need no training; every one is read off the cell. */
export const ZERO_COST = {
  parameters: (cell: Cell) => complexity(cell, PUBLISHED_SKELETON).parameters,
  macs: (cell: Cell) => MACS[cellIndex(cell)],
  depth,
  conv_3x3: (cell: Cell) => operationCount(cell, CONV_3X3),
  skip: (cell: Cell) => operationCount(cell, SKIP),
  paths: pathCount,
} as const;

/** Name of a zero-cost order. */
export type ZeroCost = keyof typeof ZERO_COST;

/** Measures cells in the order of falling score, ties in random order. */
export function zeroCostOrder(score: ZeroCost): Search {
  oneOf("A zero-cost score", score, Object.keys(ZERO_COST));
  return (objective, budget, random) => {
    const scores = allCells().map(ZERO_COST[score]);
    const order = [...permutation(scores.length, random)].sort((a, b) => scores[b] - scores[a]);
    for (const index of order.slice(0, budget)) objective.query(allCells()[index]);
    return objective.history();
  };
}

/** Uniform draws among which the best by score becomes one member of a warm start. */
export const WARM_DRAWS = 10;

/** A warm start's cell: of ten uniform unmeasured cells the one with the highest score, the first on ties. */
export function drawWarm(score: ZeroCost): (objective: Objective, random: Prng) => Cell {
  oneOf("A zero-cost score", score, Object.keys(ZERO_COST));
  return (objective, random) => {
    const draws = Array.from({ length: WARM_DRAWS }, () => drawUnmeasured(objective, random));
    const scores = draws.map(ZERO_COST[score]);
    return draws[scores.indexOf(Math.max(...scores))];
  };
}
