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
  expectEvenLines(text, path);
  try {
    return pl.readCSV(Buffer.from(text), { inferSchemaLength: 0, truncateRaggedLines: false });
  } catch (error) {
    const [reason] = reasonOf(error).split("\n");
    throw new InputError(`${path} is no CSV file (${reason}). ${HOW}`);
  }
}

const [LINE_BREAK, QUOTE, COMMA] = Array.from('\n",', (character) => character.charCodeAt(0));

/**
 * The fields of each record, with their quotes, and the line on which it begins; blank records are left out. Commas
 * and line breaks between quotes belong to a field.
 */
function* recordsOf(
  text: string,
): Generator<{ line: number; fields: readonly string[] }, undefined> {
  let isQuoted = false, fields: string[] = [], at = 0, line = 1, begun = 1;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : LINE_BREAK;
    if (code === QUOTE) isQuoted = !isQuoted;
    if (code === LINE_BREAK) line++;
    const isEnd = code === LINE_BREAK && (!isQuoted || i === text.length);
    if (!isEnd && (code !== COMMA || isQuoted)) continue;
    fields.push(text.slice(at, i).trim());
    at = i + 1;
    if (!isEnd) continue;
    if (fields.length > 1 || fields[0] !== "") yield { line: begun, fields };
    [fields, begun] = [[], line];
  }
}

/** Throws InputError for a column that is there twice, and for a line that is longer or shorter than the header. */
function expectEvenLines(text: string, path: string): void {
  const records = recordsOf(text), header = records.next().value!;
  const names = header.fields.map((name) => name.replace(/^"(.*)"$/, "$1"));
  const twice = names.find((name, k) => names.indexOf(name) < k);
  if (twice !== undefined) {
    throw new InputError(`${path}, line 1: the column ${twice} is there twice. Keep one of them.`);
  }
  for (const { line, fields } of records) {
    if (fields.length === names.length) continue;
    throw new InputError(
      `${path}, line ${line} has ${fields.length} fields, the header ${names.length}. A decimal comma makes two ` +
        `fields of one number, and a tuple such as "(2,2,0,4,2,1)" wants quotes. ${HOW}`,
    );
  }
}

/** A number with a comma for its point, and perhaps points between its thousands. */
export const DECIMAL_COMMA = /^[-+]?[\d.]*,\d+$/;

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
    const why = DECIMAL_COMMA.test(trimmed)
      ? `"${text}" has a decimal comma`
      : `"${text}" is no number`;
    throw new InputError(`${path}, line ${row + 2}: ${column} ${why}. ${HOW}`);
  });
}
