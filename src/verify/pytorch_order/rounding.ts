/** Arithmetic of float32, on numbers that JavaScript holds as float64. */

/** The nearest float32. */
export const round = Math.fround;

/** a + b c with one rounding, as a fused multiply-add. */
export const multiplyAdd = (a: number, b: number, c: number): number => round(a + b * c);

/** ((0 + 4) + (1 + 5)) + (2 + 6)) + (3 + 7), ...: four accumulators, added up in turn. */
export function sumByFour(terms: ArrayLike<number>): number {
  const lanes = [0, 0, 0, 0];
  for (let i = 0; i < terms.length; i++) lanes[i % 4] = round(lanes[i % 4] + terms[i]);
  return lanes.reduce((sum, lane) => round(sum + lane));
}

/** The sum of `lanes`, of which halves are added until one is left, as a vector register is reduced. */
export function foldHalves(lanes: readonly number[]): number {
  let sums = lanes;
  while (sums.length > 1) {
    const half = sums.length / 2;
    sums = Array.from({ length: half }, (_, i) => round(sums[i] + sums[i + half]));
  }
  return sums[0];
}

/** A dot product over `lanes` accumulators without fused multiply-add, folded at the end. */
export function dotByLanes(lanes: number, length: number, product: (i: number) => number): number {
  const sums = new Array<number>(lanes).fill(0);
  for (let i = 0; i < length; i++) sums[i % lanes] = round(sums[i % lanes] + round(product(i)));
  return foldHalves(sums);
}
