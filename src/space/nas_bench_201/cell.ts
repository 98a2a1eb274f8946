/**
 * A cell: six edges between four nodes, each with one of five operations.
 *
 * Edge order is the published one, by source node: (0,1) (0,2) (0,3) (1,2) (1,3) (2,3).
 */
import { shown, wholeNumber } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import { type Operation, OPERATIONS } from "./operation.ts";

/** The operations of the six edges, in the published order. */
export type Cell = readonly [Operation, Operation, Operation, Operation, Operation, Operation];

/** [source, target] of each edge, in the published order. Node 0 is the input, node 3 the output. */
export const EDGES = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]] as const;

/** Number of cells in the space: 5^6. */
export const CELL_COUNT = 15_625;

/**
 * The cell's place in the space: its tuple read as a base-5 number, first edge most significant. Throws
 * InputError for what is no cell.
 */
export function cellIndex(cell: Cell): number {
  return checkedCell(cell).reduce((index: number, operation) => index * 5 + operation, 0);
}

/** How far apart two cells lie whose operations on `edge` (0..5) differ by one and on no other edge. */
export const indexStep = (edge: number): number => 5 ** (5 - wholeNumber("An edge", edge, 0, 5));

/** The cell at `index` (0..15624). Throws InputError elsewhere. */
export function cellAt(index: number): Cell {
  wholeNumber("A cell index", index, 0, CELL_COUNT - 1);
  const digit = (place: number) => Math.floor(index / place) % 5 as Operation;
  return [digit(3125), digit(625), digit(125), digit(25), digit(5), digit(1)];
}

const ALL: readonly Cell[] = Object.freeze(Array.from({ length: CELL_COUNT }, (_, i) => cellAt(i)));

/** Every cell, by cell_index [15625]. */
export function allCells(): readonly Cell[] {
  return ALL;
}

/** `cell` with `operation` (0..4) on `edge` (0..5). Throws InputError for what is no cell, edge or operation. */
export function withOperation(cell: Cell, edge: number, operation: Operation): Cell {
  const other: [...Cell] = [...checkedCell(cell)];
  other[wholeNumber("An edge", edge, 0, EDGES.length - 1)] = operation;
  return checkedCell(other);
}

/** Text of the published tuple: "(2,2,0,4,2,1)". */
export function cellText(cell: Cell): string {
  return `(${checkedCell(cell).join(",")})`;
}

/**
 * `cell` itself. Throws InputError where it is none, as a notebook, in which no types are checked, may hand one
 * over: five operations, an operation 7, a text.
 */
export function checkedCell(cell: Cell): Cell {
  if (Array.isArray(cell) && isCell(cell as readonly number[])) return cell;
  const operations = OPERATIONS.map((name, number) => `${number} ${name}`).join(", ");
  throw new InputError(
    `${shown(cell)} is no cell: a cell is a list of six operations (${operations}), e.g. ` +
      "[2,2,0,4,2,1]. space.parseCell reads one from a text, space.cellAt from an index.",
  );
}

/** True where `value` is six numbers, each a valid operation. */
export function isCell(value: readonly number[]): value is Cell {
  if (value?.length !== EDGES.length) return false;
  for (let edge = 0; edge < EDGES.length; edge++) {
    const v = value[edge];
    if (!(Number.isInteger(v) && v >= 0 && v < OPERATIONS.length)) return false;
  }
  return true;
}
