/** Comparisons of logits. */
import { mean } from "./repeats.ts";

/** The class of each row's largest logit. */
export function argmax(logits: ArrayLike<number>, classes: number): number[] {
  return Array.from({ length: logits.length / classes }, (_, row) => {
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if (logits[row * classes + k] > logits[row * classes + best]) best = k;
    }
    return best;
  });
}
/** Share of entries that are equal. */
export const equal = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  mean(Array.from(a, (v, i) => v === b[i] ? 1 : 0));
/** Root of the mean squared difference. */
export const rmsOf = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.sqrt(mean(Array.from(a, (v, i) => (v - b[i]) ** 2)));
/** Largest absolute difference. */
export const largest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (v, i) => Math.abs(v - b[i])).reduce((x, y) => Math.max(x, y), 0);
