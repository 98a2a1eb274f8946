import {
  type Cell,
  depth,
  inputGain,
  linearPaths,
  type Operation,
  operationCount,
  OPERATIONS,
  pathCount,
  skipPaths,
} from "../space/mod.ts";

/** Rank of each operation by what it computes: none, skip, pooling, 1x1, 3x3. Trees split at a threshold. */
const RANK: Record<Operation, number> = { 1: 0, 0: 1, 4: 2, 3: 3, 2: 4 };

/** Twelve whole numbers: the ranked operation of each edge, counts of four operations, depth, paths. */
export function forestFeatures(cell: Cell): number[] {
  const counts = OPERATIONS.slice(0, 4).map((_, o) => operationCount(cell, o as Operation));
  return [...cell.map((operation) => RANK[operation]), ...counts, depth(cell), pathCount(cell)];
}

/** The twelve, and what passes through the cell untrained: linear paths, skip paths, gain of the input. */
export function forestFeaturesWithPaths(cell: Cell): number[] {
  return [...forestFeatures(cell), linearPaths(cell), skipPaths(cell), inputGain(cell)];
}
