/** Colour of the points by a column of few values, and its legend. Markup as text. */
import { type OperationName, OPERATIONS } from "../space/mod.ts";
import { OPERATION } from "../figure/grammar/metrics.ts";
import type { Column } from "./columns.ts";
import { decimals, escaped, table, whole } from "./html.ts";

/** One value of the column: what it is called and drawn in. */
export interface Group {
  readonly value: number;
  readonly label: string;
  /** "#rrggbb". */
  readonly colour: string;
}

/** Light to dark, for counts from 0. */
const STEPS = ["#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b", "#021024"];

/** Columns that points can be coloured by: kinds, and counts that end where the colours do. */
export const isForColour = ({ name, kinds }: Column): boolean =>
  kinds !== undefined || name === "linear_paths" || name.startsWith("number_of_");

/** The values that the column takes, ascending. */
export function groupsOf({ values, kinds }: Column): readonly Group[] {
  return [...new Set(values)].sort((a, b) => a - b).map((value) => ({
    value,
    label: kinds?.[value] ?? String(value),
    colour: kinds === undefined
      ? STEPS[value]
      : OPERATION[OPERATIONS[value] as OperationName].colour,
  }));
}

/** "#rrggbb" as a little-endian RGBA number, opaque. */
export function rgba(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return (255 << 24 | b << 16 | g << 8 | r) >>> 0;
}

/**
 * What the colours say, in words and numbers: how many chosen cells have each value, their mean, and a button
 * that chooses them alone, for who does not tell the colours apart.
 */
export function legend(column: Column, cells: readonly number[], by: Column): string {
  const rows = groupsOf(column).map(({ value, label, colour }) => {
    const own = cells.filter((i) => column.values[i] === value);
    const mean = own.reduce((sum, i) => sum + by.values[i], 0) / own.length;
    return [
      `<span class="swatch" style="background:${colour}"></span> ${escaped(label)}`,
      whole(own.length),
      own.length === 0 ? "–" : decimals(mean),
      `<button type="button" data-only="${value}">Choose ${escaped(label)} alone</button>`,
    ];
  });
  return table(
    `Colours: ${escaped(column.label)}, of the chosen cells`,
    [escaped(column.label), "Cells", `Mean of ${escaped(by.label)}`, "Brush"],
    rows,
  );
}
