/**
 * Linear paths: the paths from a cell's input to its output on which nothing is trained and nothing is
 * normalised, skip connections and average poolings alone. What enters the cell leaves it over such a
 * path as it came, so that two of them add the input to itself. Exploratory, this workspace's own words.
 */
import type { Cell } from "./cell.ts";
import { AVG_POOL, SKIP } from "./operation.ts";
import { paths } from "./shape.ts";

/** The linear paths, each as edge numbers; at most four. */
function linear(cell: Cell): readonly (readonly number[])[] {
  return paths(cell).filter((path) => path.every((e) => cell[e] === SKIP || cell[e] === AVG_POOL));
}

/** Number of paths of skip connections and poolings alone, 0..4. */
export function linearPaths(cell: Cell): number {
  return linear(cell).length;
}

/** Number of paths of skip connections alone, 0..4. */
export function skipPaths(cell: Cell): number {
  return linear(cell).filter((path) => path.every((edge) => cell[edge] === SKIP)).length;
}

/**
 * By how much the linear paths together stretch the cell's input, 0..4: the sum over them of 1 for a
 * skip and sqrt(1/2) for a pooling, multiplied along the path. The factor of a pooling is a convention
 * (the SD that a 3x3 mean leaves depends on how alike neighbouring pixels are), not a measurement.
 */
export function inputGain(cell: Cell): number {
  return linear(cell).reduce(
    (gain, path) =>
      gain +
      path.reduce((product, e) => cell[e] === AVG_POOL ? product * Math.SQRT1_2 : product, 1),
    0,
  );
}
