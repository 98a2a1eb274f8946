/**
 * The NAS-Bench-201 string of a cell, and reading a cell from any of its notations.
 *
 * The string groups edges by target node, the published tuple by source node:
 * |e0~0|+|e1~0|e3~1|+|e2~0|e4~1|e5~2| for the tuple (e0,e1,e2,e3,e4,e5).
 */
import { distance } from "fastest-levenshtein";
import { InputError } from "../../input_error.ts";
import { type Cell, CELL_COUNT, cellAt, cellText, EDGES } from "./cell.ts";
import { type Operation, type OperationName, OPERATIONS } from "./operation.ts";

const EDGES_BY_TARGET = [1, 2, 3].map((target) =>
  EDGES.flatMap(([source, t], edge) => t === target ? [{ edge, source }] : [])
);

/** The cell's NAS-Bench-201 string (Dong & Yang 2020). */
export function archStr(cell: Cell): string {
  return EDGES_BY_TARGET
    .map((edges) =>
      `|${edges.map(({ edge, source }) => `${OPERATIONS[cell[edge]]}~${source}`).join("|")}|`
    )
    .join("+");
}

/**
 * Reads a cell from its tuple "(2,2,0,4,2,1)", six digits "220421", its cell_index "12345" or its
 * NAS-Bench-201 string. A number with leading zeros, "000123", could be digits or a padded index and is
 * refused. Throws InputError that names the nearest valid cell where there is one.
 */
export function parseCell(text: string): Cell {
  const trimmed = text.trim();
  if (trimmed.includes("~") || trimmed.includes("|")) return fromArchStr(trimmed);
  if (/^0\d+$/.test(trimmed)) throw ambiguous(trimmed);
  if (/^\d{6}$/.test(trimmed)) return fromNumbers(text, [...trimmed].map(Number));
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) return fromIndex(Number(trimmed));
  const numbers = trimmed.replace(/^[([]|[)\]]$/g, "").split(/[\s,]+/).filter((part) =>
    part !== ""
  );
  if (numbers.length > 0 && numbers.every((part) => /^-?\d+(\.\d+)?$/.test(part))) {
    return fromNumbers(text, numbers.map(Number));
  }
  throw new InputError(
    `"${text}" is not a cell. Write a tuple such as (2,2,0,4,2,1), six digits such as 220421, ` +
      `an index from 0 to ${CELL_COUNT - 1}, or a NAS-Bench-201 string.`,
  );
}

function ambiguous(text: string): InputError {
  const index = Number(text), digits = text.length === EDGES.length && /^[0-4]+$/.test(text);
  const asCell = digits
    ? `the cell (${[...text].join(",")})`
    : (text.length < EDGES.length ? "six digits, one missing" : "no cell's digits");
  const write = digits ? `"(${[...text].join(",")})" or ${index}` : `${index} for the index`;
  return new InputError(
    `"${text}" begins with 0: it could be ${asCell}, or the index ${index}. Write ${write}.`,
  );
}

function fromIndex(index: number): Cell {
  const nearest = Math.min(CELL_COUNT - 1, Math.max(0, Math.round(index)));
  if (index === nearest) return cellAt(index);
  throw new InputError(
    `There is no cell with index ${index}: indices are whole numbers from 0 to ${
      CELL_COUNT - 1
    }. ` +
      `The nearest is ${nearest}, ${cellText(cellAt(nearest))}.`,
  );
}

function fromNumbers(text: string, numbers: readonly number[]): Cell {
  const last = OPERATIONS.length - 1;
  if (numbers.length !== EDGES.length) {
    throw new InputError(
      `"${text}" names ${numbers.length} operations; a cell has ${EDGES.length}, ` +
        `for the edges 0-1, 0-2, 0-3, 1-2, 1-3, 2-3, e.g. (2,2,0,4,2,1).`,
    );
  }
  const nearest = numbers.map((n) => Math.min(last, Math.max(0, Math.round(n)))) as unknown as Cell;
  const edge = numbers.findIndex((n, i) => n !== nearest[i]);
  if (edge < 0) return nearest;
  throw new InputError(
    `"${text}" is not a cell: edge ${edge} has operation ${numbers[edge]}; operations are ` +
      `${OPERATIONS.map((name, i) => `${i} ${name}`).join(", ")}. The nearest cell is ` +
      `${cellText(nearest)}.`,
  );
}

function fromArchStr(text: string): Cell {
  const named = new Map<string, string>();
  text.split("+").forEach((group, node) => {
    for (const part of group.split("|").filter((part) => part !== "")) {
      const [name, source] = part.split("~");
      named.set(`${source}-${node + 1}`, name);
    }
  });
  const names = EDGES.map(([source, target]) => named.get(`${source}-${target}`));
  const missing = names.indexOf(undefined);
  if (missing >= 0 || named.size !== EDGES.length) {
    const which = missing >= 0
      ? `the edge from node ${EDGES[missing][0]} to node ${EDGES[missing][1]} is missing`
      : `it has ${named.size} edges instead of ${EDGES.length}`;
    throw new InputError(
      `"${text}" is not a NAS-Bench-201 string: ${which}. It reads like ` +
        `${archStr(cellAt(0))}.`,
    );
  }
  const nearest = (names as string[]).map(nearestOperation) as unknown as Cell;
  const edge = names.findIndex((name, i) => name !== OPERATIONS[nearest[i]]);
  if (edge < 0) return nearest;
  throw new InputError(
    `"${names[edge]}" in "${text}" is not an operation; operations are ${OPERATIONS.join(", ")}. ` +
      `The nearest cell is ${archStr(nearest)}, ${cellText(nearest)}.`,
  );
}

function nearestOperation(name: string): Operation {
  const distances = OPERATIONS.map((o: OperationName) => distance(o, name));
  return distances.indexOf(Math.min(...distances)) as Operation;
}
