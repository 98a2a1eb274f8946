/** Rows in Parquet files: validated on reading and on writing, replaced as a whole. */
import pl from "nodejs-polars";
import { writeFileAtomically } from "../atomic_write.ts";
import { InputError } from "../input_error.ts";
import { parquetBytes, parseParquet, reasonOf } from "./parquet.ts";
import { COLUMNS, type Row } from "./schema.ts";
import { COLUMN_TYPES, validated } from "./validate.ts";

/** The bytes of a file. Throws InputError where it cannot be read; `hint` says what to do then. */
export async function readBytes(path: string, hint: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such file"
      : reasonOf(error);
    throw new InputError(`Cannot read ${path}: ${reason}. ${hint}`);
  }
}

/** The rows of a Parquet file as a Polars frame in the tidy schema, validated. */
export async function readFrame(path: string): Promise<pl.DataFrame> {
  const bytes = await readBytes(path, "Check the path.");
  return validated(parseParquet(bytes, path), path);
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
