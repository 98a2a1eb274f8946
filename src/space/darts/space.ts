/** The space of DARTS cells. */
import type { Prng } from "../../random.ts";
import { distinct, pick, range, type SearchSpace } from "../search_space.ts";
import {
  canonicalDarts,
  type Darts,
  DARTS_OPERATIONS,
  type DartsCell,
  type DartsEdge,
  dartsText,
  parseDarts,
} from "./text.ts";

const canonicalText = (network: Darts) => dartsText(canonicalDarts(network));

/**
 * DARTS as a search space. Of the normal cell: depth is the longest way in operations other than skips, width
 * how many nodes read one of the cells before, skips how many edges are one, branches how many edges read a
 * cell before.
 */
export const dartsSpace: SearchSpace = {
  id: "darts",
  example: "darts:30 31|30 31|31 20|20 52/00 01|22 01|00 22|22 01",
  scale: ["channels", "cellsPerStage"],
  parse: (text) => dartsText(parseDarts(text)),
  canonical: (text) => canonicalText(parseDarts(text)),
  neighbours(text) {
    const { normal, reduction } = parseDarts(text), own = canonicalText({ normal, reduction });
    const near = [
      ...cellNeighbours(normal).map((normal) => ({ normal, reduction })),
      ...cellNeighbours(reduction).map((reduction) => ({ normal, reduction })),
    ];
    return [...new Set(near.map(canonicalText))].filter((other) => other !== own);
  },
  sample: (n, random) =>
    distinct(n, () => canonicalText({ normal: draw(random), reduction: draw(random) })),
  shape(text) {
    const { normal } = parseDarts(text);
    const depths = [0, 0];
    for (const node of normal) {
      const through = ({ operation, input }: DartsEdge) =>
        depths[input] + (operation === "skip_connect" ? 0 : 1);
      depths.push(Math.max(...node.map(through)));
    }
    const readsCell = ({ input }: DartsEdge) => input < 2;
    return {
      depth: Math.max(...depths),
      width: normal.filter((node) => node.some(readsCell)).length,
      skips: normal.flat().filter(({ operation }) => operation === "skip_connect").length,
      branches: normal.flat().filter(readsCell).length,
    };
  },
};

/** Another operation on one edge, or another node read by it. */
function cellNeighbours(cell: DartsCell): DartsCell[] {
  return cell.flatMap((node, n) =>
    node.flatMap((edge, e) => {
      const taken = node.map(({ input }) => input);
      const changed = [
        ...DARTS_OPERATIONS.filter((o) => o !== edge.operation).map((o) => ({
          ...edge,
          operation: o,
        })),
        ...range(0, n + 1).filter((i) => !taken.includes(i)).map((input) => ({ ...edge, input })),
      ];
      return changed.map((edge) =>
        cell.with(n, node.with(e, edge) as unknown as [DartsEdge, DartsEdge])
      );
    })
  );
}

/** Two of the nodes before each, and one of seven operations on each edge, all equally likely. */
function draw(random: Prng): DartsCell {
  return range(0, 3).map((n) => {
    const first = random.integer(n + 2), second = random.integer(n + 1);
    const inputs = [first, second < first ? second : second + 1];
    return inputs.map((input) => ({ operation: pick(DARTS_OPERATIONS, random), input })) as [
      DartsEdge,
      DartsEdge,
    ];
  });
}
