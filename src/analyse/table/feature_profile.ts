import type { Prng } from "../../random.ts";
import {
  bootstrapMeans,
  type Interval,
  percentileInterval,
  summarize,
  type Summary,
} from "../../stats/mod.ts";
import { CLASSES } from "./features.ts";
import { take } from "./outcome.ts";

/** An outcome among the cells that share one value of a feature. */
export interface ProfileStep extends Summary {
  /** Value of the feature. */
  readonly value: number;
  /** Mean of the outcome with its interval by bootstrap over isomorphism classes. */
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
  random: Prng,
): readonly ProfileStep[] {
  const groups = [...Map.groupBy(cells, (i) => feature[i])].sort(([a], [b]) => a - b);
  return groups.map(([value, members]) => {
    const indices = Int32Array.from(members);
    const y = take(outcome, indices), summary = summarize(y);
    const [means] = bootstrapMeans([y], take(CLASSES, indices), random, 400);
    return { value, ...summary, average: percentileInterval(summary.mean, means) };
  });
}
