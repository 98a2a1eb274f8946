import { allCells, EDGES, SKIP } from "../../space/mod.ts";
import { summarize, type Summary } from "../../stats/mod.ts";
import { CONNECTED } from "./features.ts";
import { take } from "./outcome.ts";

/** An outcome among connected cells with so many skip connections, and with one on each edge. */
export interface SkipGroups {
  /** Element n: cells with n of them [7]. */
  readonly byNumber: readonly Summary[];
  /** Element e: cells with one on edge e [6]. */
  readonly byPlace: readonly Summary[];
}

/**
 * Groups of an outcome [15625] by number and place of skip connections; a cell is in several places.
 *
 * @param skips their number in each cell [15625]
 */
export function skipGroups(outcome: Float64Array, skips: Float64Array): SkipGroups {
  const among = (belongs: (i: number) => boolean) =>
    summarize(take(outcome, CONNECTED.filter(belongs)));
  return {
    byNumber: [0, ...EDGES.map((_, e) => e + 1)].map((n) => among((i) => skips[i] === n)),
    byPlace: EDGES.map((_, edge) => among((i) => allCells()[i][edge] === SKIP)),
  };
}
