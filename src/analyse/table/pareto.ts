import { paretoFront } from "../../stats/mod.ts";

/** Cells that no other beats in both accuracy and one cost. */
export interface Front {
  /** cell_index by rising cost. */
  readonly cells: Int32Array;
  /** The cheapest cell within `NEARLY_POINTS` of the front's best accuracy. */
  readonly nearlyBest: number;
  /** Its cost as a share of that of the best cell. */
  readonly costShare: number;
}

/** Percentage points below the best that still count as nearly as good. */
export const NEARLY_POINTS = 2;

/** The front of `candidates`; accuracy and cost by cell_index. */
export function front(
  cost: Float64Array,
  accuracy: Float64Array,
  candidates: Int32Array,
): Front {
  const cells = paretoFront(cost, accuracy, candidates), best = cells[cells.length - 1];
  const nearlyBest = cells.find((i) => accuracy[i] >= accuracy[best] - NEARLY_POINTS)!;
  return { cells, nearlyBest, costShare: cost[nearlyBest] / cost[best] };
}
