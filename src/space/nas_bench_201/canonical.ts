/**
 * Isomorphism by the published rule: a rule of notation, near to but not the same as equal functions.
 *
 * The rule is NATS-Bench's (Dong et al. 2021, section 3.1). A node is written as the sorted sum of its
 * inputs, each the operation applied to the source node's string; node 0 is "0". A skip connection
 * leaves the source's string as it is, so the cell's function counts and not its node numbers.
 *
 * A sum that passes through a skip connection is sorted into the next sum as one string. Whether it
 * then meets its flat twin depends on how the strings sort, so the notation "(source)@operation" is
 * part of the rule: written otherwise, the counts differ.
 */
import { oneOf } from "../../arguments.ts";
import { allCells, type Cell, checkedCell, EDGES } from "./cell.ts";
import { NONE, OPERATIONS, SKIP } from "./operation.ts";

/** `skip`: only skip collapses, 12,751 classes. `skip_and_none`: none does too, 6,466 classes. */
export type Collapse = "skip" | "skip_and_none";
const COLLAPSES: readonly Collapse[] = ["skip", "skip_and_none"];

/** String of a dead input. A sum of several stays a sum: "#+#" is not "#". */
const ZERO = "#";

/**
 * The string of the output node; equal for isomorphic cells. With `skip_and_none` an input through
 * `none`, or from a node whose string is exactly "#", is "#"; with `skip` `none` is an operation like
 * any other.
 */
export function canonicalString(cell: Cell, collapse: Collapse): string {
  checkedCell(cell);
  oneOf("What collapses", collapse, COLLAPSES);
  const nodes = ["0"];
  for (let target = 1; target < 4; target++) {
    const inputs: string[] = [];
    EDGES.forEach(([source, t], edge) => {
      if (t !== target) return;
      const from = nodes[source], operation = cell[edge];
      const dead = collapse === "skip_and_none" && (operation === NONE || from === ZERO);
      if (dead) inputs.push(ZERO);
      else if (operation === SKIP) inputs.push(from);
      else inputs.push(`(${from})@${OPERATIONS[operation]}`);
    });
    nodes.push(inputs.sort().join("+"));
  }
  return nodes[3];
}

/** Class number of every cell, by cell_index [15625]; numbered from 0 in order of first appearance. */
export function isomorphismClasses(collapse: Collapse = "skip_and_none"): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(allCells(), (cell) => {
    const text = canonicalString(cell, collapse);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
}

/** cell_index of every cell in the class of `cell`, itself included, ascending. */
export function isomorphicCells(cell: Cell, collapse: Collapse = "skip_and_none"): number[] {
  const own = canonicalString(cell, collapse);
  return allCells().flatMap((other, index) =>
    canonicalString(other, collapse) === own ? index : []
  );
}
