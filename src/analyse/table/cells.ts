/** Cells with all that is known of them, to narrow down, sort, join and hand on. */
import * as aq from "arquero";
import { closest } from "fastest-levenshtein";
import { oneOf, shown, wholeNumber } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import { prng } from "../../random.ts";
import {
  allCells,
  expressionClasses,
  functionClasses,
  type OperationName,
} from "../../space/mod.ts";
import {
  type Benchmark,
  type CellColumn,
  cellColumns,
  columnFrame,
  readCellCsv,
} from "../../table/mod.ts";
import type { Metric } from "../../table/schema.ts";
import type { Feature } from "./features.ts";
import { type Difference, DIFFERENCES, outcomeValues } from "./outcome.ts";

/** What one cell has in a column. */
export type CellValue = string | number | boolean | null;

/**
 * A cell by column: its names, the relations it is in (cells of one `function_class` are one network
 * trained several times, those of one `expression_class` are dependent), its operations, its shape and size,
 * every metric in per cent, every difference in points, and the columns joined to it.
 */
export type CellRow =
  & Readonly<
    Record<
      | Metric
      | Feature
      | Difference
      | "cell_index"
      | "isomorphism_class"
      | "function_class"
      | "expression_class",
      number
    >
  >
  & Readonly<Record<"edge0" | "edge1" | "edge2" | "edge3" | "edge4" | "edge5", OperationName>>
  & { readonly cell: string; readonly arch_str: string; readonly connected: boolean }
  & Readonly<Record<string, CellValue>>;

/** Some of the cells, in an order. Every step gives new ones and leaves these as they are. */
export interface Cells {
  /** How many. */
  readonly length: number;
  /** Their cell_index, in order. */
  readonly indices: Int32Array;
  /** Those for which `holds`: `cells.where((c) => c.connected && c.baseline > 90)`. */
  where(holds: (cell: CellRow) => boolean): Cells;
  /** By a column, the largest first unless `order` is "rising"; equal ones keep their order. */
  sorted(by: string, order?: "falling" | "rising"): Cells;
  /** The first `count`, or all where there are fewer. */
  first(count: number): Cells;
  /** `count` different ones at random; the same for the same seed. */
  sample(count: number, seed?: number): Cells;
  /** One column; throws InputError, naming the nearest, for one that there is not. */
  column(name: string): CellColumn;
  /** Records of some columns, for a table to show; of all unless named. */
  rows(...columns: string[]): Readonly<Record<string, CellValue>>[];
  /**
   * Those that a CSV file names, with its columns: `await cells.join("mine.csv")`. A column `cell_index`,
   * `cell` or `arch_str` names the cell. Throws InputError, with the line, for a faulty file.
   */
  join(path: string): Promise<Cells>;
  /** The same as a Polars frame. */
  polars(): ReturnType<typeof columnFrame>;
  /** The same as an Arquero table. */
  arquero(): aq.ColumnTable;
}

type Columns = Readonly<Record<string, CellColumn>>;

/** All cells of a table, by cell_index, with the columns of `cellFeatures`. */
export function allCellsOf(benchmark: Benchmark, features: Columns): Cells {
  const differences = Object.keys(DIFFERENCES) as Difference[];
  const columns: Columns = {
    ...cellColumns(benchmark),
    ...features,
    function_class: functionClasses(),
    expression_class: expressionClasses(),
    ...Object.fromEntries(differences.map((name) => [name, outcomeValues(benchmark, name)])),
  };
  return cellsOf(columns, Int32Array.from(allCells().keys()));
}

/** The cells at `places` of the columns. */
function cellsOf(columns: Columns, places: Int32Array): Cells {
  const named = (name: string): CellColumn => {
    if (Object.hasOwn(columns, name)) return columns[name];
    const nearest = closest(String(name), Object.keys(columns));
    throw new InputError(
      `Cells have no column "${name}". Did you mean "${nearest}"? There are: ${
        Object.keys(columns).join(", ")
      }.`,
    );
  };
  const at = (name: string): CellColumn => picked(named(name), places);
  const taken = () => Object.fromEntries(Object.keys(columns).map((name) => [name, at(name)]));
  const rowAt = rowsOf(columns);
  return {
    length: places.length,
    get indices() {
      return at("cell_index") as Int32Array;
    },
    where: (holds) => {
      if (typeof holds !== "function") {
        throw new InputError(
          `where takes a condition, (cell) => cell.baseline > 90, not ${shown(holds)}.`,
        );
      }
      return cellsOf(columns, places.filter((i) => holds(rowAt(i))));
    },
    sorted: (by, order = "falling") => {
      oneOf("An order", order, ["falling", "rising"]);
      const column = named(by), sign = order === "falling" ? -1 : 1;
      return cellsOf(columns, places.toSorted((a, b) => sign * compared(column[a], column[b])));
    },
    first: (count) => cellsOf(columns, places.slice(0, wholeNumber("A number of cells", count))),
    sample: (count, seed = 0) => {
      wholeNumber("A number of cells", count);
      const random = prng(seed, "cells.sample"), left = Array.from(places);
      const drawn = Array.from(
        { length: Math.min(count, left.length) },
        () => left.splice(random.integer(left.length), 1)[0],
      );
      return cellsOf(columns, Int32Array.from(drawn));
    },
    column: at,
    rows: (...names) => {
      const shown = (names.length === 0 ? Object.keys(columns) : names).map((name) =>
        [name, at(name)] as const
      );
      return Array.from(
        places,
        (_, k) => Object.fromEntries(shown.map(([name, column]) => [name, column[k]])),
      );
    },
    join: async (path) => {
      const csv = await readCellCsv(path);
      const mine = new Map(Array.from(at("cell_index") as Int32Array, (cell, k) => [cell, k]));
      const both = Array.from(csv.cells.keys()).filter((line) => mine.has(csv.cells[line]))
        .sort((a, b) => mine.get(csv.cells[a])! - mine.get(csv.cells[b])!);
      const clash = Object.keys(csv.columns).find((name) => Object.hasOwn(columns, name));
      if (clash !== undefined) {
        throw new InputError(
          `${path}: line 1 has a column "${clash}", which cells have already. Rename it.`,
        );
      }
      const own = taken();
      const kept = Object.entries(own).map(([name, column]) =>
        [name, picked(column, both.map((line) => mine.get(csv.cells[line])!))] as const
      );
      const joined = Object.entries(csv.columns).map(([name, values]) =>
        [name, both.map((line) => values[line])] as const
      );
      return cellsOf(Object.fromEntries([...kept, ...joined]), Int32Array.from(both.keys()));
    },
    polars: () => columnFrame(taken()),
    arquero: () => aq.table(taken()),
  };
}

/** Rows that read their columns when asked, so that a condition on two of them costs two reads. */
function rowsOf(columns: Columns): (place: number) => CellRow {
  const prototype = {};
  for (const [name, column] of Object.entries(columns)) {
    Object.defineProperty(prototype, name, {
      enumerable: true,
      get(this: { place: number }) {
        return column[this.place];
      },
    });
  }
  return (place) => Object.create(prototype, { place: { value: place } });
}

function picked(column: CellColumn, places: Iterable<number>): CellColumn {
  return column instanceof Float64Array
    ? Float64Array.from(places, (i) => column[i])
    : column instanceof Int32Array
    ? Int32Array.from(places, (i) => column[i])
    : Array.from(places, (i) => column[i]);
}

/** Order of two values of one column; null last when rising. */
function compared(a: CellValue, b: CellValue): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
