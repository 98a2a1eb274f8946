/**
 * Cholesky factor of a symmetric positive definite matrix, on flat typed arrays: at the hundreds of rows
 * of a search it is an order of magnitude faster than a library with a method call an element.
 */

/** Lower factor L with L L' = A, row by row [n, n]; zero above the diagonal. Throws where A is not positive definite. */
export function cholesky(a: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0, p = i * n, q = j * n; k < j; k++) sum -= l[p + k] * l[q + k];
      if (i !== j) l[i * n + j] = sum / l[j * n + j];
      else if (sum > 0) l[i * n + i] = Math.sqrt(sum);
      else throw new RangeError(`Matrix is not positive definite: pivot ${i} is ${sum}.`);
    }
  }
  return l;
}

/**
 * x with L x = b for each row of `b` [rows, n], one row unless `n` is given. Four rows go abreast: a row's sum
 * waits for its last term, and each keeps the order in which it is summed.
 */
export function solveLower(l: Float64Array, b: Float64Array, n = b.length): Float64Array {
  const x = new Float64Array(b.length), rows = b.length / n;
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    const p = r * n, q = p + n, s = q + n, t = s + n;
    for (let i = 0; i < n; i++) {
      let sum0 = b[p + i], sum1 = b[q + i], sum2 = b[s + i], sum3 = b[t + i];
      for (let k = 0, row = i * n; k < i; k++) {
        const own = l[row + k];
        sum0 -= own * x[p + k];
        sum1 -= own * x[q + k];
        sum2 -= own * x[s + k];
        sum3 -= own * x[t + k];
      }
      const pivot = l[i * n + i];
      x[p + i] = sum0 / pivot;
      x[q + i] = sum1 / pivot;
      x[s + i] = sum2 / pivot;
      x[t + i] = sum3 / pivot;
    }
  }
  for (; r < rows; r++) {
    for (let i = 0, p = r * n; i < n; i++) {
      let sum = b[p + i];
      for (let k = 0, row = i * n; k < i; k++) sum -= l[row + k] * x[p + k];
      x[p + i] = sum / l[i * n + i];
    }
  }
  return x;
}

/** x with L' x = b. */
export function solveUpper(l: Float64Array, b: Float64Array): Float64Array {
  const n = b.length, x = Float64Array.from(b);
  for (let i = n - 1; i >= 0; i--) {
    x[i] /= l[i * n + i];
    for (let k = 0, row = i * n; k < i; k++) x[k] -= l[row + k] * x[i];
  }
  return x;
}
