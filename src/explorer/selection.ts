/** Which of all cells are meant: bounds on columns, the best of each function, and the list as CSV. */
import { cellAt } from "../space/mod.ts";
import type { Column } from "./columns.ts";
import type { ExplorerData } from "./data.ts";

/** Cells whose value of a column lies between two ends, both included. */
export interface Bound {
  readonly column: Column;
  readonly low: number;
  readonly high: number;
}

/**
 * cell_index of the cells within all bounds, the highest `metric` first, ties by cell_index.
 *
 * @param onePerFunction only the best of the cells within the bounds that compute one function
 */
export function select(
  data: ExplorerData,
  metric: string,
  bounds: readonly Bound[],
  onePerFunction: boolean,
): readonly number[] {
  const ranks = data.ranks(metric), order = new Int32Array(ranks.length);
  ranks.forEach((rank, i) => order[rank - 1] = i);
  const within = Array.from(order).filter((i) =>
    bounds.every(({ column: { values }, low, high }) => values[i] >= low && values[i] <= high)
  );
  if (!onePerFunction) return within;
  const seen = new Set<number>();
  return within.filter((i) => {
    const [first] = data.copies(i), isNew = !seen.has(first);
    seen.add(first);
    return isNew;
  });
}

/** The cells as CSV, a line each: tuple as six digits in quotes, index, then every column unrounded. */
export function csvOf(cells: readonly number[], columns: readonly Column[]): string {
  const head = ["cell", "cell_index", ...columns.map(({ name }) => name)];
  const lines = cells.map((i) =>
    [`"${cellAt(i).join("")}"`, i, ...columns.map(({ values }) => values[i])].join(",")
  );
  return [head.join(","), ...lines, ""].join("\n");
}
