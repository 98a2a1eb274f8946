import { wholeNumber } from "../arguments.ts";
import { denseRanks } from "./dense_ranks.ts";
import { requirePairs } from "./finite.ts";
import { mapped } from "./mapped.ts";

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
  // of each cost the candidate with the highest value, then those that beat all cheaper ones
  const { rank, counts } = denseRanks(mapped(candidates, (i) => cost[i]));
  const best = new Int32Array(counts.length).fill(-1);
  candidates.forEach((i, k) => {
    const other = best[rank[k]];
    if (other < 0 || value[i] > value[other] || (value[i] === value[other] && i < other)) {
      best[rank[k]] = i;
    }
  });
  let reached = -Infinity;
  return best.filter((i) => {
    const better = value[i] > reached;
    if (better) reached = value[i];
    return better;
  });
}
