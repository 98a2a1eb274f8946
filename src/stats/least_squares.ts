/** Least squares with few columns. */
import { Matrix, solve } from "ml-matrix";
import { requirePairs } from "./finite.ts";

/**
 * Weights of `columns` in the least-squares fit of `y`, without an intercept: centre both before. From the normal
 * equations by singular values, so that columns which determine each other share their weight.
 */
export function leastSquares(
  columns: readonly (readonly number[])[],
  y: readonly number[],
): number[] {
  for (const column of columns) requirePairs(column, y, "leastSquares (x a column, y the outcome)");
  const x = new Matrix(columns.map((column) => [...column]));
  return solve(x.mmul(x.transpose()), x.mmul(Matrix.columnVector([...y])), true).to1DArray();
}
