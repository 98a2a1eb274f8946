import type { Prng } from "../random.ts";
import { clusterBootstrap, denseLabels } from "./bootstrap.ts";
import { denseRanks, resample, tauOfRanks } from "./rank.ts";

/** Resamples of a rank correlation: each costs O(n log n). */
const TAU_RESAMPLES = 200;

/**
 * Cluster bootstrap of Kendall's tau-b of several pairs of columns, all from the same resamples.
 *
 * @param columns equally long lists
 * @param pairs which columns to correlate
 * @param clusters cluster of each observation
 * @returns replicates of each pair's tau-b
 */
export function bootstrapTau(
  columns: readonly ArrayLike<number>[],
  pairs: readonly (readonly [number, number])[],
  clusters: ArrayLike<number>,
  random: Prng,
): readonly Float64Array[] {
  const ranks = columns.map(denseRanks);
  const { labels, count } = denseLabels(clusters);
  const replicates = clusterBootstrap(count, random, (multiplicity) => {
    const drawn: number[] = [];
    labels.forEach((label, i) => {
      for (let k = 0; k < multiplicity[label]; k++) drawn.push(i);
    });
    const redrawn = ranks.map((r) => resample(r, drawn));
    return pairs.map(([a, b]) => tauOfRanks(redrawn[a], redrawn[b]));
  }, TAU_RESAMPLES);
  return pairs.map((_, p) => Float64Array.from(replicates, (taus) => taus[p]));
}
