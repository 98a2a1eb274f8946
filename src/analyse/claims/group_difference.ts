import type { Prng } from "../../random.ts";
import {
  clusterBootstrap,
  denseLabels,
  dot,
  type Interval,
  percentileInterval,
} from "../../stats/mod.ts";
import { CLASSES } from "../table/features.ts";

/**
 * Difference of a feature's mean between two groups of cells, interval by bootstrap over the classes of
 * both.
 *
 * @param standardized in units of the groups' pooled SD (Cohen's d), else in the feature's own
 */
export function groupDifference(
  feature: ArrayLike<number>,
  first: Int32Array,
  second: Int32Array,
  random: Prng,
  standardized: boolean,
): Interval {
  const cells = [...first, ...second];
  const { labels, count } = denseLabels(cells.map((i) => CLASSES[i]));
  // number, sum and sum of squares by class, of either group
  const groups = [first, second].map((members, g) => {
    const [n, sum, squares] = [0, 1, 2].map(() => new Float64Array(count));
    members.forEach((i, k) => {
      const label = labels[g * first.length + k];
      n[label]++;
      sum[label] += feature[i];
      squares[label] += feature[i] ** 2;
    });
    return [n, sum, squares];
  });
  const difference = (multiplicity: Int32Array) => {
    const [a, b] = groups.map((totals) => {
      const [n, sum, squares] = totals.map((by) => dot(multiplicity, by));
      return { n, mean: sum / n, squares: squares - sum * sum / n };
    });
    const pooled = Math.sqrt((a.squares + b.squares) / (a.n + b.n - 2));
    return [(a.mean - b.mean) / (standardized ? pooled : 1)];
  };
  const [estimate] = difference(new Int32Array(count).fill(1));
  const replicates = clusterBootstrap(count, random, difference, 400);
  return percentileInterval(estimate, replicates.map((r) => r[0]));
}
