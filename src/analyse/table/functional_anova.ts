import { EDGES, OPERATIONS } from "../../space/mod.ts";
import { factorialAnova, type FunctionalAnova } from "../../stats/mod.ts";

/** Decomposes `y` [15625, by cell_index] over the six edges; their levels are the five operations. */
export function functionalAnova(y: ArrayLike<number>): FunctionalAnova {
  return factorialAnova(y, OPERATIONS.length, EDGES.length);
}
