/**
 * The NAS-Bench-201 string of a cell, and reading a cell from any of its notations.
 *
 * The string groups edges by target node, the published tuple by source node:
 * |e0~0|+|e1~0|e3~1|+|e2~0|e4~1|e5~2| for the tuple (e0,e1,e2,e3,e4,e5).
 */
import { distance } from "fastest-levenshtein";
import { shown } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import { type Cell, CELL_COUNT, cellAt, cellText, checkedCell, EDGES } from "./cell.ts";
import { type Operation, type OperationName, OPERATIONS } from "./operation.ts";

const EDGES_BY_TARGET = [1, 2, 3].map((target) =>
  EDGES.flatMap(([source, t], edge) => t === target ? [{ edge, source }] : [])
);

/** The cell's NAS-Bench-201 string (Dong & Yang 2020). */
export function archStr(cell: Cell): string {
  checkedCell(cell);
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
  if (typeof text !== "string") {
    throw new InputError(
      `parseCell reads a text, not ${shown(text)}. space.cellAt takes an index.`,
    );
  }
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
  const malformed = (fault: string) =>
    new InputError(
      `"${text}" is not a NAS-Bench-201 string: ${fault}. It reads like ${archStr(cellAt(0))}.`,
    );
  const groups = text.split("+");
  if (groups.length !== EDGES_BY_TARGET.length) {
    throw malformed(
      `it has ${groups.length} groups joined by "+" instead of ${EDGES_BY_TARGET.length}`,
    );
  }
  const names: string[] = [];
  groups.forEach((group, i) => {
    const named = operationsInto(i + 1, group, malformed);
    EDGES_BY_TARGET[i].forEach(({ edge }, k) => names[edge] = named[k]);
  });
  const nearest = names.map(nearestOperation) as unknown as Cell;
  const edge = names.findIndex((name, i) => name !== OPERATIONS[nearest[i]]);
  if (edge < 0) return nearest;
  throw new InputError(
    `"${names[edge]}" in "${text}" is not an operation; operations are ${OPERATIONS.join(", ")}. ` +
      `The nearest cell is ${archStr(nearest)}, ${cellText(nearest)}.`,
  );
}

/**
 * Names of the operations that lead to node `target`, in the order of their source nodes, out of its group
 * "|name~0|name~1|". What is given twice, missing or out of its place is a fault, never repaired: who wrote
 * it may have meant another cell.
 */
function operationsInto(
  target: number,
  group: string,
  malformed: (fault: string) => InputError,
): string[] {
  if (!/^\|.*\|$/.test(group)) {
    throw malformed(`the edges to node ${target} stand between bars, not as in "${group}"`);
  }
  const parts = group.slice(1, -1).split("|").map((part) => {
    const [, name, source] = part.match(/^([^~]*)~(\d)$/) ?? [];
    if (name === undefined) {
      throw malformed(`"${part}" is not an operation and its source node joined by "~"`);
    }
    return { name, source: Number(source) };
  });
  const sources = parts.map(({ source }) => source);
  for (const [k, source] of sources.entries()) {
    if (sources.indexOf(source) < k) throw malformed(`edge ${source}-${target} is given twice`);
    if (source >= target) throw malformed(`node ${source} does not lead to node ${target}`);
  }
  const missing = Array.from({ length: target }, (_, s) => s).find((s) => !sources.includes(s));
  if (missing !== undefined) {
    throw malformed(`the edge from node ${missing} to node ${target} is missing`);
  }
  if (sources.some((source, k) => source !== k)) {
    throw malformed(`the edges to node ${target} are not in the order of their source nodes`);
  }
  return parts.map(({ name }) => name);
}

/** The operation that `name` begins, else the one that takes the fewest changes of letters. */
function nearestOperation(name: string): Operation {
  const begun = OPERATIONS.findIndex((o) => name !== "" && o.startsWith(name));
  if (begun >= 0) return begun as Operation;
  const distances = OPERATIONS.map((o: OperationName) => distance(o, name));
  return distances.indexOf(Math.min(...distances)) as Operation;
}
