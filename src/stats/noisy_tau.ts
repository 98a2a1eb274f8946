import { normalCdf } from "./distributions.ts";
import { requirePairs } from "./finite.ts";

/** Means of repeated measurements of each observation, and the standard error of each mean. */
export interface Noisy {
  readonly mean: ArrayLike<number>;
  readonly error: ArrayLike<number>;
}

/**
 * Tau-b that two independent noisy measurements reach on average where both would rank alike without noise:
 * each pair of observations keeps its order on either side by a chance that its distance there and the errors
 * of both give (normal). Pairs that are equal and without error count as ties. The distances are the measured
 * ones, which noise has widened already, so that the value is a little too high. O(n^2).
 *
 * Throws InputError for fewer than two observations, and for lists of unequal length.
 */
export function expectedTau(x: Noisy, y: Noisy): number {
  for (const [a, b] of [[x.mean, x.error], [x.mean, y.mean], [y.mean, y.error]]) {
    requirePairs(a, b, "expectedTau", 2);
  }
  let kept = 0, untiedX = 0, untiedY = 0;
  for (let i = 0; i < x.mean.length; i++) {
    for (let j = 0; j < i; j++) {
      const inX = balance(x, i, j), inY = balance(y, i, j);
      kept += (inX ?? 0) * (inY ?? 0);
      if (inX !== null) untiedX++;
      if (inY !== null) untiedY++;
    }
  }
  return kept / Math.sqrt(untiedX * untiedY);
}

/** Chance that noise keeps the order of two observations less the chance that it turns it; null for a tie. */
function balance({ mean, error }: Noisy, i: number, j: number): number | null {
  const distance = Math.abs(mean[i] - mean[j]), spread = Math.hypot(error[i], error[j]);
  if (spread === 0) return distance === 0 ? null : 1;
  return 2 * normalCdf(distance / spread) - 1;
}
