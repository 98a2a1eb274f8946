import { wholeNumber } from "../arguments.ts";
import { requirePairs } from "./finite.ts";

/**
 * Cells that no other beats: none costs as little or less and scores higher, none costs less and
 * scores as high.
 *
 * @param cost by cell_index; less is better
 * @param value by cell_index; more is better
 * @param candidates cell indices to choose among
 * @returns indices by rising cost; of cells equal in both the smallest index stands for all
 */
export function paretoFront(
  cost: ArrayLike<number>,
  value: ArrayLike<number>,
  candidates: Int32Array,
): Int32Array {
  requirePairs(cost, value, "paretoFront (x the cost, y the value)");
  for (const i of candidates) wholeNumber("A candidate", i, 0, cost.length - 1);
  const byCost = candidates.toSorted((a, b) => cost[a] - cost[b] || value[b] - value[a] || a - b);
  let best = -Infinity;
  return byCost.filter((i) => {
    const better = value[i] > best;
    if (better) best = value[i];
    return better;
  });
}
