import { influenceInterval } from "./clusters.ts";
import { requireFinite } from "./finite.ts";
import type { Interval } from "./interval.ts";
import { mean } from "./mean.ts";

/** Values of a group of two or more observations, and the cluster of each. */
export interface Group {
  readonly values: ArrayLike<number>;
  readonly clusters: ArrayLike<number>;
}

/**
 * Mean of the first group less that of the second, with its interval; a cluster may have members in both.
 *
 * @param standardized in units of the groups' pooled SD (Cohen's d), else in the values' own
 */
export function groupDifference(first: Group, second: Group, standardized: boolean): Interval {
  const groups = [first, second];
  groups.forEach(({ values }, g) => requireFinite(values, `groupDifference: group ${g}`));
  const means = groups.map(({ values }) => mean(values)),
    sizes = groups.map((g) => g.values.length);
  const deviations = groups.map(({ values }, g) => Float64Array.from(values, (v) => v - means[g]));
  const freedom = sizes[0] + sizes[1] - 2, n = sizes[0] + sizes[1];
  const squares = deviations.map((list) => list.reduce((sum, d) => sum + d * d, 0));
  const variance = (squares[0] + squares[1]) / freedom;
  const scale = standardized ? Math.sqrt(variance) : 1;
  const difference = (means[0] - means[1]) / scale;
  // the spread that a difference is measured by varies too: d (1/s) = - (1/s) d(s^2) / (2 s^2)
  const influence = deviations.flatMap((list, g) =>
    Array.from(list, (d) =>
      (g === 0 ? 1 : -1) * d * n / sizes[g] / scale -
      (standardized ? difference * (d * d / variance - 1) / 2 : 0))
  );
  // d * d / variance is 1 on average but for the two degrees of freedom: centred, so that the mean is 0
  const centre = mean(influence);
  return influenceInterval(
    difference,
    influence.map((v) => v - centre),
    [...Array.from(first.clusters), ...Array.from(second.clusters)],
  );
}
