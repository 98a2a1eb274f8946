import { allCells, CELL_COUNT, EDGES, indexStep, type Operation } from "../../space/mod.ts";
import { type Interval, matchedMean } from "../../stats/mod.ts";
import { CONNECTED, EXPRESSIONS } from "../table/features.ts";

const CELLS = allCells();

/**
 * Mean change of an outcome when `operation` stands in place of `other`, over all six edges and all
 * contexts in which both cells are among `cells`. The interval is clustered by the expressions on either
 * side, as that of single swaps.
 *
 * @param outcome by cell_index
 * @param cells the connected ones by default
 */
export function averageSwap(
  outcome: ArrayLike<number>,
  operation: Operation,
  other: Operation,
  cells: Int32Array = CONNECTED,
): Interval {
  const eligible = new Uint8Array(CELL_COUNT);
  for (const i of cells) eligible[i] = 1;
  const differences: number[] = [], mine: number[] = [], theirs: number[] = [];
  EDGES.forEach((_, edge) => {
    const step = indexStep(edge);
    for (const i of cells) {
      const partner = i + (other - operation) * step;
      if (CELLS[i][edge] !== operation || eligible[partner] === 0) continue;
      differences.push(outcome[i] - outcome[partner]);
      mine.push(EXPRESSIONS[i]);
      theirs.push(EXPRESSIONS[partner]);
    }
  });
  const { estimate, low, high } = matchedMean(differences, [mine, theirs]);
  return { estimate, low, high };
}
