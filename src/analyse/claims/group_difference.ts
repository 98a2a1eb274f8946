import { groupDifference, type Interval } from "../../stats/mod.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { take } from "../table/outcome.ts";

/**
 * Difference of a feature's mean between two groups of cells, clustered by the expressions of both.
 *
 * @param feature by cell_index
 * @param standardized in units of the groups' pooled SD (Cohen's d), else in the feature's own
 */
export function cellGroupDifference(
  feature: ArrayLike<number>,
  first: Int32Array,
  second: Int32Array,
  standardized: boolean,
): Interval {
  const [a, b] = [first, second].map((cells) => ({
    values: take(feature, cells),
    clusters: take(EXPRESSIONS, cells),
  }));
  return groupDifference(a, b, standardized);
}
