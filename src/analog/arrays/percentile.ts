/** The value that `percent` of sorted values do not exceed, linear between neighbours (NumPy's default). */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  const at = (percent / 100) * (sorted.length - 1), below = Math.floor(at);
  const low = sorted[below], high = sorted[Math.min(below + 1, sorted.length - 1)];
  return low + (at - below) * (high - low);
}
