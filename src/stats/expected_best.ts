import { wholeNumber } from "../arguments.ts";
import { requireFinite } from "./finite.ts";

/**
 * Expected best value of `budget` cells drawn without replacement, exactly: the k-th smallest of n
 * values is the best of a draw with probability C(k - 1, budget - 1) / C(n, budget). The yardstick for
 * every search method.
 */
export function expectedBest(values: ArrayLike<number>, budget: number): number {
  requireFinite(values, "expectedBest: values");
  const n = values.length;
  wholeNumber("A budget", budget, 1, n);
  const sorted = new Float64Array(values).sort();
  let probability = budget / n; // of the largest; each next one from the one before
  let expected = 0;
  for (let k = n; k >= budget; k--) {
    expected += probability * sorted[k - 1];
    probability *= (k - budget) / (k - 1);
  }
  return expected;
}
