/**
 * The shape of a cell's graph. Only live edges count: those on a path from input to output whose
 * operations all differ from `none`.
 */
import { type Cell, checkedCell, EDGES } from "./cell.ts";
import { NONE, type Operation, type OperationName, operationOf, SKIP } from "./operation.ts";

/** Every path from node 0 to node 3, as edge numbers in the published order. */
const ALL_PATHS: readonly (readonly number[])[] = [[2], [0, 4], [1, 5], [0, 3, 5]];

/** The paths from input to output without a `none`, each as edge numbers; at most four. */
export function paths(cell: Cell): readonly (readonly number[])[] {
  checkedCell(cell);
  return ALL_PATHS.filter((path) => path.every((edge) => cell[edge] !== NONE));
}

/** Number of paths from input to output, 0..4. */
export function pathCount(cell: Cell): number {
  return paths(cell).length;
}

/** False for the 341 cells whose output does not depend on their input. */
export function isConnected(cell: Cell): boolean {
  return pathCount(cell) > 0;
}

/** Whether each of the six edges lies on a path from input to output. */
export function liveEdges(cell: Cell): readonly boolean[] {
  const open = paths(cell);
  return EDGES.map((_, edge) => open.some((path) => path.includes(edge)));
}

/**
 * Layers on the longest path from input to output, 0..3. A skip connection is no layer, so that
 * isomorphic cells have one depth; convolutions and pooling count 1. 0 where nothing is connected.
 */
export function depth(cell: Cell): number {
  return Math.max(0, ...paths(cell).map((path) => path.filter((e) => cell[e] !== SKIP).length));
}

/**
 * Live edges across the widest of the three cuts {0 | 1,2,3}, {0,1 | 2,3}, {0,1,2 | 3}: how many
 * operations run side by side, 0..4.
 */
export function width(cell: Cell): number {
  const live = liveEdges(cell);
  const across = [0, 1, 2].map((cut) =>
    EDGES.filter(([source, target], edge) => live[edge] && source <= cut && target > cut).length
  );
  return Math.max(...across);
}

/** Live edges into each of the nodes 0..3. */
export function inDegrees(cell: Cell): number[] {
  const live = liveEdges(cell);
  return [0, 1, 2, 3].map((node) => EDGES.filter(([, t], edge) => live[edge] && t === node).length);
}

/** Live edges out of each of the nodes 0..3. */
export function outDegrees(cell: Cell): number[] {
  const live = liveEdges(cell);
  return [0, 1, 2, 3].map((node) => EDGES.filter(([s], edge) => live[edge] && s === node).length);
}

/** On how many of the six edges, live or not, the cell has `operation`, a number or a name. */
export function operationCount(cell: Cell, operation: Operation | OperationName): number {
  const number = operationOf(operation);
  let count = 0;
  for (const own of checkedCell(cell)) if (own === number) count++;
  return count;
}
