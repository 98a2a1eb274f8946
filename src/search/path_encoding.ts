import { type Cell, NONE, OPERATIONS, paths } from "../space/mod.ts";

/**
 * Path encoding (White et al. 2021, BANANAS, section 4): one bit for each sequence of operations that
 * may stand on a path from input to output. Paths of one to three operations without `none`: 4 + 16 +
 * 64 bits; the two places of a two-operation path share their bits.
 */
export const PATH_COUNT = 84;

/** Operations other than `none`, renumbered 0..3. */
const DIGIT = OPERATIONS.map((_, operation) => operation - (operation > NONE ? 1 : 0));

/** First bit of the paths of one, two and three operations. */
const START = [0, 4, 20];

/** The bits that are set, ascending, without repeats; at most four. */
export function pathEncoding(cell: Cell): number[] {
  const bits = paths(cell).map((path) =>
    START[path.length - 1] + path.reduce((code, edge) => code * 4 + DIGIT[cell[edge]], 0)
  );
  return [...new Set(bits)].sort((a, b) => a - b);
}
