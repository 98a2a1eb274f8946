/** Rows in Parquet files: validated on reading and on writing, replaced as a whole. */
import { Buffer } from "node:buffer";
import pl from "nodejs-polars";
import { writeFileAtomically } from "../atomic_write.ts";
import { InputError } from "../input_error.ts";
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

/** The frame in `bytes` of a Parquet file, not validated. Throws InputError where it is no Parquet. */
export function parseParquet(bytes: Uint8Array, path: string, columns?: string[]): pl.DataFrame {
  try {
    return pl.readParquet(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
      columns === undefined ? {} : { columns },
    );
  } catch (error) {
    throw new InputError(
      `${path} is no whole Parquet file (${
        reasonOf(error)
      }). It may be truncated: fetch or write ` +
        `it again.`,
    );
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

/** Bytes of the Parquet file of `frame`; the same frame gives the same bytes. */
export function parquetBytes(frame: pl.DataFrame): Uint8Array {
  return frame.writeParquet({ compression: "zstd" });
}

/** Writes `rows` to `path` as a whole or not at all; validated first. */
export async function writeRows(path: string, rows: readonly Row[]): Promise<void> {
  await writeFrame(path, rowsFrame(rows));
}

/** Writes `frame` to `path` as a whole or not at all; validated first. */
export async function writeFrame(path: string, frame: pl.DataFrame): Promise<void> {
  await writeFileAtomically(path, parquetBytes(validated(frame, path)));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
