/** The best of two rankings, and how many of them are the same. */
import { hasLength, wholeNumber } from "../arguments.ts";
import { denseRanks } from "./dense_ranks.ts";
import { requireFinite } from "./finite.ts";
import { mapped } from "./mapped.ts";

/** Indices of the k largest values, best first, ties by smaller index. */
export function topK(x: ArrayLike<number>, k: number): Int32Array {
  requireFinite(x, "topK: x");
  wholeNumber(`K of the top K of ${x.length}`, k, 1, x.length);
  return denseRanks(mapped(x, (value) => -value)).order.slice(0, k);
}

/** How many of x's k best are among y's k best (0..k). */
export function topKOverlap(x: ArrayLike<number>, y: ArrayLike<number>, k: number): number {
  hasLength("y, as x,", y, x?.length);
  const best = new Set(topK(y, k));
  return topK(x, k).filter((i) => best.has(i)).length;
}

/** `topKOverlap` for k = 1..max: element k - 1 counts what both top k share. */
export function topKOverlapCurve(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  max: number,
): Int32Array {
  hasLength("y, as x,", y, x?.length);
  return overlapCurve(topK(x, max), topK(y, max));
}

/** How many indices the first k of two equally long rankings share, at element k - 1. O(k). */
export function overlapCurve(first: Int32Array, second: Int32Array): Int32Array {
  hasLength("The second ranking, as the first,", second, first?.length);
  let size = 0;
  for (let k = 0; k < first.length; k++) size = Math.max(size, first[k] + 1, second[k] + 1);
  const seen = new Uint8Array(size);
  const shared = new Int32Array(first.length);
  for (let k = 0, both = 0; k < first.length; k++) {
    both += seen[first[k]];
    seen[first[k]] = 1;
    both += seen[second[k]];
    seen[second[k]] = 1;
    shared[k] = both;
  }
  return shared;
}
