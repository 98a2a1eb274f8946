/** CSV files as people and spreadsheets write them: commas between columns, points in numbers. */
import { Buffer } from "node:buffer";
import pl from "nodejs-polars";
import { InputError } from "../input_error.ts";
import { readBytes } from "../read_bytes.ts";
import { reasonOf } from "./parquet.ts";

const HOW = "Save it as CSV in UTF-8 with commas between columns and points in numbers.";

/**
 * The columns of a CSV file with a header, each value as text; an empty one is null. A byte-order mark is
 * passed over. Throws InputError naming the file, and the line where there is one, for a file that is
 * missing or empty, has other separators, a column twice or a line of another length.
 */
export async function readCsvText(path: string): Promise<pl.DataFrame> {
  const text = new TextDecoder().decode(
    await readBytes(path, "Check the path: it is relative to the working directory."),
  );
  const [header = ""] = text.split(/\r?\n/, 1);
  if (header.trim() === "") throw new InputError(`${path} has no header on its first line. ${HOW}`);
  const separator = [";", "\t"].find((other) => header.includes(other) && !header.includes(","));
  if (separator !== undefined) {
    const name = separator === ";"
      ? "semicolons, so that its numbers may have decimal commas"
      : "tabs";
    throw new InputError(`${path}, line 1: columns are separated by ${name}. ${HOW}`);
  }
  try {
    return pl.readCSV(Buffer.from(text), { inferSchemaLength: 0, truncateRaggedLines: false });
  } catch (error) {
    const [reason] = reasonOf(error).split("\n");
    throw new InputError(`${path} is no CSV file (${reason}). ${HOW}`);
  }
}

/**
 * The numbers in a column of text, null where there is none. Throws InputError naming file, line and column
 * for what is no number, and says so where it has a decimal comma.
 */
export function numbersIn(
  values: readonly (string | null)[],
  column: string,
  path: string,
): (number | null)[] {
  return values.map((text, row) => {
    const trimmed = text?.trim() ?? "";
    if (trimmed === "" || /^(nan|null|none|na)$/i.test(trimmed)) return null;
    const value = Number(trimmed);
    if (Number.isFinite(value)) return value;
    const why = /^[-+]?[\d.]*,\d+$/.test(trimmed)
      ? `"${text}" has a decimal comma`
      : `"${text}" is no number`;
    throw new InputError(`${path}, line ${row + 2}: ${column} ${why}. ${HOW}`);
  });
}
