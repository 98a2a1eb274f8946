import { type Interval, meanInterval, summarize, type Summary } from "../../stats/mod.ts";
import { EXPRESSIONS } from "./features.ts";
import { take } from "./outcome.ts";

/** An outcome among the cells that share one value of a feature. */
export interface ProfileStep extends Summary {
  /** Value of the feature. */
  readonly value: number;
  /** Mean of the outcome with its interval, clustered by expression. */
  readonly average: Interval;
}

/**
 * An outcome against a feature with few values (width, number of skips), one step per value, ascending.
 *
 * @param feature by cell_index
 * @param outcome by cell_index
 * @param cells which cells count
 */
export function featureProfile(
  feature: ArrayLike<number>,
  outcome: ArrayLike<number>,
  cells: Int32Array,
): readonly ProfileStep[] {
  const groups = [...Map.groupBy(cells, (i) => feature[i])].sort(([a], [b]) => a - b);
  return groups.map(([value, members]) => {
    const indices = Int32Array.from(members);
    const y = take(outcome, indices), summary = summarize(y);
    return { value, ...summary, average: meanInterval(y, take(EXPRESSIONS, indices)) };
  });
}
