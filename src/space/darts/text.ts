/**
 * Cells of DARTS (Liu et al. 2019) as text, in the numbering of NAS-Bench-301:
 * "darts:30 31|30 31|31 20|20 52/00 01|22 01|00 22|22 01". Four nodes of the normal cell, a slash, four of the
 * reduction cell; a node has two edges, each an operation and the node it reads. Nodes 0 and 1 are the outputs
 * of the two cells before.
 */
import { hasLength, hasMembers } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import { noNetwork } from "../search_space.ts";

/** The operations; their places are the digits of the text. */
export const DARTS_OPERATIONS = [
  "max_pool_3x3",
  "avg_pool_3x3",
  "skip_connect",
  "sep_conv_3x3",
  "sep_conv_5x5",
  "dil_conv_3x3",
  "dil_conv_5x5",
] as const;
/** Name of an operation. */
export type DartsOperation = (typeof DARTS_OPERATIONS)[number];

/** One of a node's two inputs, and what is done to it. */
export interface DartsEdge {
  readonly operation: DartsOperation;
  /** 0..4, a node ahead. */
  readonly input: number;
}
/** The two edges of each of the nodes 2..5. */
export type DartsCell = readonly (readonly [DartsEdge, DartsEdge])[];

/** A normal and a reduction cell. */
export interface Darts {
  readonly normal: DartsCell;
  readonly reduction: DartsCell;
}

const EXAMPLE = "darts:30 31|30 31|31 20|20 52/00 01|22 01|00 22|22 01";

/**
 * Reads a text, edges in the order in which they are written: the names in a PyTorch state follow it. Throws
 * InputError that names the nearest network.
 */
export function parseDarts(text: string): Darts {
  const body = String(text).trim().match(/^darts:(.*)$/is)?.[1];
  const cells = body?.split("/").map((cell) =>
    cell.split("|").map((node) => node.trim().split(/\s+/).map((edge) => [...edge].map(Number)))
  );
  const isWellFormed = cells?.length === 2 && cells.every((cell) =>
    cell.length === 4 &&
    cell.every((node) =>
      node.length === 2 &&
      node.every((edge) => edge.length === 2 && edge.every(Number.isInteger))
    )
  );
  if (!isWellFormed) {
    throw new InputError(
      `"${text}" is no network of DARTS. Write four nodes of the normal cell joined by |, a slash, and ` +
        `four of the reduction cell; each node has two edges of an operation's digit (${
          DARTS_OPERATIONS.map((name, i) => `${i} ${name}`).join(", ")
        }) and the digit of the node it reads: ${EXAMPLE}.`,
    );
  }
  const [normal, reduction] = cells.map((cell) => cell.map(nearestNode)) as readonly DartsCell[];
  const nearest = written({ normal, reduction });
  if (`darts:${cells.map(digits).join("/")}` !== nearest) {
    const reason =
      `operations are 0 to ${DARTS_OPERATIONS.length - 1}, and node i of 2 to 5 reads ` +
      "two different nodes of those before it";
    throw noNetwork(text, reason, nearest);
  }
  return { normal, reduction };
}

const digits = (cell: number[][][]) =>
  cell.map((node) => node.map((edge) => edge.join("")).join(" ")).join("|");

/** The edges of node `n` (0 for node 2), operations and inputs moved into their ranges. */
function nearestNode(node: number[][], n: number): [DartsEdge, DartsEdge] {
  const [[operation, first], [other, second]] = node;
  const input = Math.min(first, n + 1);
  const free = Math.min(second, n + 1);
  const edge = (operation: number, input: number) => ({
    operation: DARTS_OPERATIONS[Math.min(operation, DARTS_OPERATIONS.length - 1)],
    input,
  });
  const apart = free !== input ? free : free > 0 ? free - 1 : 1;
  return [edge(operation, input), edge(other, apart)];
}

/** The text of two cells, as they stand. Throws InputError for what is no network of DARTS. */
export const dartsText = (network: Darts): string => written(checked(network));

/** `network` itself; throws InputError, as reading its text does, where it is none of the space. */
function checked(network: Darts): Darts {
  const from = "space.parseDarts reads one from a text.";
  hasMembers("A network of DARTS", network, ["normal", "reduction"], from);
  for (const cell of [network.normal, network.reduction]) {
    hasLength("A cell of DARTS", cell, 4);
    for (const node of cell) hasLength("A node of DARTS", node, 2);
  }
  parseDarts(written(network));
  return network;
}

const written = ({ normal, reduction }: Darts): string =>
  `darts:${cellText(normal)}/${cellText(reduction)}`;

const cellText = (cell: DartsCell): string =>
  cell.map((node) =>
    node.map(({ operation, input }) => `${DARTS_OPERATIONS.indexOf(operation)}${input}`).join(" ")
  ).join("|");

/**
 * The smallest text of the same network. The order of a node's edges is no matter, and neither is that of
 * nodes that do not need each other: the concatenation's channels only change places.
 */
export function canonicalDarts(network: Darts): Darts {
  const { normal, reduction } = checked(network);
  return { normal: canonicalCell(normal), reduction: canonicalCell(reduction) };
}

function canonicalCell(cell: DartsCell): DartsCell {
  const candidates = orders(cell, []).map((order) =>
    order.map((node) => {
      const renamed = cell[node].map(({ operation, input }) => ({
        operation,
        input: input < 2 ? input : 2 + order.indexOf(input - 2),
      }));
      return renamed.sort((a, b) => a.input - b.input) as [DartsEdge, DartsEdge];
    })
  );
  return candidates.reduce((best, next) => cellText(next) < cellText(best) ? next : best);
}

/** Every order of the nodes 0..3 (of 2..5) in which each comes behind those it reads. */
function orders(cell: DartsCell, done: readonly number[]): number[][] {
  if (done.length === cell.length) return [[...done]];
  return cell.flatMap((node, n) =>
    !done.includes(n) && node.every(({ input }) => input < 2 || done.includes(input - 2))
      ? orders(cell, [...done, n])
      : []
  );
}
