/** The list of the chosen cells: sorted by any of its columns. Markup as text. */
import { cellLink } from "./cell.ts";
import type { Column } from "./columns.ts";
import { decimals, escaped, table, whole } from "./html.ts";

/** By which column, and in which direction, a list is sorted. */
export interface Sorting {
  readonly column: Column;
  readonly descending: boolean;
}

/** The cells in the order of the sorting, ties by cell_index. */
export function sorted(cells: readonly number[], { column, descending }: Sorting): number[] {
  const { values } = column, sign = descending ? -1 : 1;
  return cells.toSorted((a, b) => sign * (values[a] - values[b]) || a - b);
}

/** How numbers of a column are written: kinds in words, counts whole, others with two decimals. */
export function writerOf({ values, kinds }: Column): (cell_index: number) => string {
  if (kinds !== undefined) return (i) => escaped(kinds[values[i]]);
  return values.every(Number.isInteger) ? (i) => whole(values[i]) : (i) => decimals(values[i]);
}

/** A heading that sorts; it says how the list stands. */
function heading({ name, label }: Column, { column, descending }: Sorting): string {
  const mark = column.name !== name ? "" : descending ? " ▼" : " ▲";
  return `<button type="button" class="sort" data-sort="${name}">${escaped(label)}${mark}</button>`;
}

/** A line for each of the first `shown` of `cells`, which are in order already. */
export function listSection(
  cells: readonly number[],
  columns: readonly Column[],
  sorting: Sorting,
  shown: number,
): string {
  const writers = columns.map(writerOf);
  const order = sorting.descending ? "descending" : "ascending";
  return table(
    `Chosen cells by ${
      escaped(sorting.column.label)
    }, ${order}. A heading sorts, once more turns the order`,
    ["Cell", ...columns.map((column) => heading(column, sorting))],
    cells.slice(0, shown).map((i) => [cellLink(i), ...writers.map((write) => write(i))]),
    columns.map(({ name }) => name === sorting.column.name ? order : null),
  );
}
