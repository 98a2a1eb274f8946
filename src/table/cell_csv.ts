/** Columns of one's own from a CSV file, by cell. */
import { InputError } from "../input_error.ts";
import { cellIndex, parseCell } from "../space/mod.ts";
import { DECIMAL_COMMA, readCsvText } from "./csv.ts";

/** What a CSV file says of cells, in the order of its lines. */
export interface CellCsv {
  readonly cells: Int32Array;
  /** Numbers where every filled field of the column is one, else text; null where a field is empty. */
  readonly columns: Readonly<Record<string, readonly (number | string | null)[]>>;
}

/** Columns that can name the cell: the first of them that the file has. */
const NAMING = ["cell_index", "cell", "arch_str"];

/**
 * Reads a CSV file with a header whose column `cell_index`, `cell` (a tuple, quoted) or `arch_str` names the
 * cell of each line, in any notation of `parseCell`. Throws InputError, with the line, for an unknown cell,
 * one named twice, a missing column and decimal commas.
 */
export async function readCellCsv(path: string): Promise<CellCsv> {
  const frame = await readCsvText(path), names = frame.columns;
  const naming = NAMING.find((name) => names.includes(name));
  if (naming === undefined) {
    throw new InputError(
      `${path}: line 1 has the columns ${names.join(", ")}; one of ${
        NAMING.join(", ")
      } has to name ` +
        'the cell of each line. Separate columns by commas, and quote tuples: "(2,2,0,4,2,1)".',
    );
  }
  const texts = (name: string) => frame.getColumn(name).toArray() as (string | null)[];
  const seen = new Map<number, number>();
  const cells = texts(naming).map((text, k) => {
    const line = k + 2, cell = cellOf(text, `${path}: line ${line}`);
    const before = seen.get(cell);
    if (before !== undefined) {
      throw new InputError(
        `${path}: line ${line} names the cell ${text} again, which line ${before} has already. ` +
          "Keep one line a cell.",
      );
    }
    seen.set(cell, line);
    return cell;
  });
  const others = names.filter((name) => name !== naming);
  return {
    cells: Int32Array.from(cells),
    columns: Object.fromEntries(others.map((name) => [name, valuesOf(name, texts(name), path)])),
  };
}

function cellOf(text: string | null, where: string): number {
  if (text === null) throw new InputError(`${where} names no cell.`);
  try {
    return cellIndex(parseCell(text));
  } catch (error) {
    throw new InputError(`${where}: ${error instanceof Error ? error.message : error}`);
  }
}

function valuesOf(
  name: string,
  texts: readonly (string | null)[],
  path: string,
): (number | string | null)[] {
  const comma = texts.findIndex((text) => text !== null && DECIMAL_COMMA.test(text.trim()));
  if (comma >= 0) {
    throw new InputError(
      `${path}: line ${comma + 2} has ${name} = "${texts[comma]}", with a decimal comma. Write ${
        texts[comma]!.replaceAll(".", "").replace(",", ".")
      }.`,
    );
  }
  const filled = texts.filter((text) => text !== null && text.trim() !== "");
  const areNumbers = filled.length > 0 && filled.every((text) => Number.isFinite(Number(text)));
  return texts.map((text) =>
    text === null || text.trim() === "" ? null : areNumbers ? Number(text) : text
  );
}
