/** Values ranked without gaps: what rank correlations, orders and fronts begin with. */
import { requireFinite } from "./finite.ts";

/** Values ranked without gaps: equal values share a rank. */
export interface DenseRanks {
  /** Rank of each value, 0 for the smallest. */
  readonly rank: Int32Array;
  /** Indices of the values in ascending order, ties by smaller index. */
  readonly order: Int32Array;
  /** How many values hold each rank. */
  readonly counts: Int32Array;
}

/** Ranks `x`; throws InputError for what is no finite number, naming it as `where` says. */
export function denseRanks(x: ArrayLike<number>, where = "denseRanks: x"): DenseRanks {
  requireFinite(x, where);
  const n = x.length, order = ascending(x), rank = new Int32Array(n), counts = new Int32Array(n);
  let last = 0;
  for (let k = 0; k < n; k++) {
    if (k > 0 && x[order[k]] !== x[order[k - 1]]) last++;
    rank[order[k]] = last;
    counts[last]++;
  }
  return { rank, order, counts: counts.subarray(0, last + 1) };
}

/** Indices of finite numbers in ascending order, ties by smaller index: a radix sort by bytes, O(n). */
function ascending(x: ArrayLike<number>): Int32Array {
  const n = x.length, keys = new Float64Array(n);
  const bytes = new Uint8Array(keys.buffer), halves = new Uint32Array(keys.buffer);
  let order = new Int32Array(n), spare = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    order[i] = i;
    keys[i] = x[i] + 0; // -0 equals 0
    // the bits of doubles stand in their order once those of negative ones are turned over, and signs
    const negative = halves[2 * i + 1] >>> 31 === 1;
    halves[2 * i] ^= negative ? 0xffffffff : 0;
    halves[2 * i + 1] ^= negative ? 0xffffffff : 0x80000000;
  }
  for (let byte = 0; byte < 8; byte++) { // the lowest first, as all machines that Deno runs on store them
    const next = new Int32Array(257);
    for (let at = byte; at < bytes.length; at += 8) next[bytes[at] + 1]++;
    if (next[bytes[byte] + 1] === n) continue; // one byte in all of them
    for (let b = 0; b < 256; b++) next[b + 1] += next[b];
    for (let k = 0; k < n; k++) spare[next[bytes[8 * order[k] + byte]]++] = order[k];
    [order, spare] = [spare, order];
  }
  return order;
}

/** The ranks of the values at `indices`, from those of all values: sorted once, not again. O(n). */
export function ranksAt({ rank: ofAll, counts: all }: DenseRanks, indices: Int32Array): DenseRanks {
  const rankOf = new Int32Array(all.length); // of a rank among all: first how often it is met
  for (let k = 0; k < indices.length; k++) rankOf[ofAll[indices[k]]]++;
  const counts = new Int32Array(indices.length);
  let used = 0;
  for (let r = 0; r < all.length; r++) {
    if (rankOf[r] === 0) continue;
    counts[used] = rankOf[r];
    rankOf[r] = used++;
  }
  const rank = new Int32Array(indices.length);
  for (let k = 0; k < indices.length; k++) rank[k] = rankOf[ofAll[indices[k]]];
  return { rank, order: stableOrder(rank, counts), counts: counts.subarray(0, used) };
}

/** Indices ordered by rank, ties in the order of `among` (a counting sort, so O(n)). */
export function stableOrder(rank: Int32Array, counts: Int32Array, among?: Int32Array): Int32Array {
  const next = new Int32Array(counts.length);
  for (let r = 1; r < counts.length; r++) next[r] = next[r - 1] + counts[r - 1];
  const order = new Int32Array(rank.length);
  for (let k = 0; k < rank.length; k++) {
    const i = among === undefined ? k : among[k];
    order[next[rank[i]]++] = i;
  }
  return order;
}
