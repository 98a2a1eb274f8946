/**
 * A cell: six edges between four nodes, each with one of five operations.
 *
 * Edge order is the published one, by source node: (0,1) (0,2) (0,3) (1,2) (1,3) (2,3).
 */
import { type Operation, OPERATIONS } from "./operation.ts";

/** The operations of the six edges, in the published order. */
export type Cell = readonly [Operation, Operation, Operation, Operation, Operation, Operation];

/** [source, target] of each edge, in the published order. Node 0 is the input, node 3 the output. */
export const EDGES = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]] as const;

/** Number of cells in the space: 5^6. */
export const CELL_COUNT = 15_625;

/** The cell's place in the space: its tuple read as a base-5 number, first edge most significant. */
export function cellIndex(cell: Cell): number {
  return cell.reduce((index: number, operation) => index * 5 + operation, 0);
}

/** How far apart two cells lie whose operations on `edge` (0..5) differ by one and on no other edge. */
export const indexStep = (edge: number): number => 5 ** (5 - edge);

/** The cell at `index` (0..15624). Throws RangeError elsewhere. */
export function cellAt(index: number): Cell {
  if (!Number.isInteger(index) || index < 0 || index >= CELL_COUNT) {
    throw new RangeError(
      `A cell index is a whole number from 0 to ${CELL_COUNT - 1}, not ${index}.`,
    );
  }
  const digit = (place: number) => Math.floor(index / place) % 5 as Operation;
  return [digit(3125), digit(625), digit(125), digit(25), digit(5), digit(1)];
}

const ALL: readonly Cell[] = Object.freeze(Array.from({ length: CELL_COUNT }, (_, i) => cellAt(i)));

/** Every cell, by cell_index [15625]. */
export function allCells(): readonly Cell[] {
  return ALL;
}

/** Text of the published tuple: "(2,2,0,4,2,1)". */
export function cellText(cell: Cell): string {
  return `(${cell.join(",")})`;
}

/** True where `value` is six numbers, each a valid operation. */
export function isCell(value: readonly number[]): value is Cell {
  return value.length === EDGES.length &&
    value.every((v) => Number.isInteger(v) && v >= 0 && v < OPERATIONS.length);
}
