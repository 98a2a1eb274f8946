/** Rows in Parquet files: validated on reading and on writing, replaced as a whole. */
import pl from "nodejs-polars";
import { writeFileAtomically } from "../atomic_write.ts";
import { readBytes } from "../read_bytes.ts";
import { readCsvText } from "./csv.ts";
import { parquetBytes, parseParquet } from "./parquet.ts";
import { COLUMNS, type Row } from "./schema.ts";
import { restored } from "./round_trip.ts";
import { isFirstEdition, upgraded } from "./upgrade.ts";
import { COLUMN_TYPES, validated } from "./validate.ts";

/** What a reader says about a file that it could mend: on standard error where nobody else listens. */
export type Note = (fixed: string) => void;

/**
 * The rows of a Parquet or CSV file (by its ending) as a Polars frame in the tidy schema, validated. Files
 * of the schema's first edition are read, and what other programs change in a table without changing a
 * value is undone; `note` is told. Throws InputError naming the file, and the row where there is one.
 */
export async function readFrame(path: string, note: Note = console.warn): Promise<pl.DataFrame> {
  const raw = /\.csv$/i.test(path)
    ? await readCsvText(path)
    : parseParquet(await readBytes(path, "Check the path."), path);
  return await tidy(raw, path, note);
}

/** A frame as it was read from `path`, in the tidy schema, validated. */
export async function tidy(
  raw: pl.DataFrame,
  path: string,
  note: Note = console.warn,
): Promise<pl.DataFrame> {
  const fixed: string[] = [];
  const frame = restored(raw, path, (text) => fixed.push(text));
  const table = validated(isFirstEdition(frame) ? await upgraded(frame, path) : frame, path);
  for (const text of fixed) note(text);
  return table;
}

/** The rows of a Parquet file, validated. For hundreds of thousands of rows prefer `readFrame`. */
export async function readRows(path: string): Promise<Row[]> {
  return frameRows(await readFrame(path));
}

/** The rows of a frame in the tidy schema. */
export function frameRows(frame: pl.DataFrame): Row[] {
  const columns = COLUMNS.map((name) => frame.getColumn(name).toArray());
  return Array.from(
    { length: frame.height },
    (_, row) => Object.fromEntries(COLUMNS.map((name, c) => [name, columns[c][row]])),
  ) as unknown as Row[];
}

/** The frame of `rows`, in the stored order and types; built by column. */
export function rowsFrame(rows: readonly Row[]): pl.DataFrame {
  return pl.DataFrame(COLUMNS.map((name) => {
    const values = rows.map((row) => row[name]), type = COLUMN_TYPES[name];
    // Polars turns a leading null of an integer series into 0; a Float64 series keeps it.
    return type.equals(pl.String)
      ? pl.Series(name, values, pl.String)
      : pl.Series(name, values, pl.Float64).cast(type, true);
  }));
}

/** Writes `rows` to `path` as a whole or not at all; validated first. */
export async function writeRows(path: string, rows: readonly Row[]): Promise<void> {
  await writeFrame(path, rowsFrame(rows));
}

/** Writes `frame` to `path` as a whole or not at all; validated first. */
export async function writeFrame(path: string, frame: pl.DataFrame): Promise<void> {
  await writeFileAtomically(path, await parquetBytes(validated(frame, path)));
}
