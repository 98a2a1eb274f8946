/**
 * Positions for labels that must not overlap: each value, moved down where it would come closer than
 * `gap` to the one above it. Any order; the result keeps the order of `values`.
 */
export function spread(values: readonly number[], gap: number): number[] {
  const placed = new Array<number>(values.length);
  let above = Infinity;
  for (const i of values.map((_, i) => i).sort((a, b) => values[b] - values[a])) {
    above = placed[i] = Math.min(values[i], above - gap);
  }
  return placed;
}
