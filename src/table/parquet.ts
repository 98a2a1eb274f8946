/**
 * Parquet files that every reader can use. Polars writes strings as string views, which pyarrow can
 * neither filter nor sort and older readers do not know; so Polars reads here, and hyparquet-writer,
 * whose strings are plain UTF-8, writes. It is loaded when something is written.
 */
import { Buffer } from "node:buffer";
import { zstdCompressSync } from "node:zlib";
import pl from "nodejs-polars";
import { InputError } from "../input_error.ts";

/** How each type that this workspace stores stands in a Parquet schema. */
const PARQUET_TYPES = [
  [pl.String, { type: "BYTE_ARRAY", converted_type: "UTF8" }],
  [pl.Float64, { type: "DOUBLE" }],
  [pl.Int32, { type: "INT32" }],
  [pl.Int64, { type: "INT64" }],
  [pl.UInt16, { type: "INT32", converted_type: "UINT_16" }],
  [pl.UInt32, { type: "INT32", converted_type: "UINT_32" }],
] as const;

/** One row group: the largest table has 203,125 rows, and readers skip pages by their statistics. */
const ROW_GROUP_ROWS = 1_000_000;

/** What a file of printable text is, as no Parquet file is: one with columns, or another; null for binary. */
function textKind(bytes: Uint8Array): "columns" | "text" | null {
  const [line] = new TextDecoder("latin1").decode(bytes.subarray(0, 400)).split(/\r?\n/);
  if (!/^(\xef\xbb\xbf)?[\t\x20-\x7e]+$/.test(line)) return null;
  return /[,;\t]/.test(line) && !/^\s*[[{]/.test(line) ? "columns" : "text";
}

/** The frame in `bytes` of a Parquet file, not validated. Throws InputError where it is no Parquet. */
export function parseParquet(bytes: Uint8Array, path: string, columns?: string[]): pl.DataFrame {
  const kind = textKind(bytes);
  if (kind === "columns") {
    throw new InputError(
      `${path} is text in columns, a CSV, and no Parquet file. Name it with the ending .csv, or write Parquet.`,
    );
  }
  if (kind === "text") {
    throw new InputError(
      `${path} is text and neither Parquet nor CSV. Name a table: Parquet, or CSV with the ending .csv.`,
    );
  }
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

/**
 * Bytes of the Parquet file of `frame`, compressed with zstd; the same frame gives the same bytes.
 * Throws RangeError for a column of a type that this workspace does not store.
 */
export async function parquetBytes(frame: pl.DataFrame): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const columns = frame.getColumns().map((series) => {
    const type = PARQUET_TYPES.find(([polars]) => series.dtype.equals(polars))?.[1];
    if (type === undefined) throw new RangeError(`Column ${series.name} is ${series.dtype}.`);
    const values = series.toArray() as (string | number | null)[];
    const data = type.type === "INT64" ? values.map((v) => v === null ? null : BigInt(v)) : values;
    return {
      element: { name: series.name, repetition_type: "OPTIONAL" as const, ...type },
      column: { name: series.name, data },
    };
  });
  const buffer = parquetWriteBuffer({
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.map(({ element }) => element),
    ],
    columnData: columns.map(({ column }) => column),
    codec: "ZSTD",
    compressors: { ZSTD: (bytes: Uint8Array) => zstdCompressSync(bytes) },
    rowGroupSize: ROW_GROUP_ROWS,
    statisticsTruncateLength: Infinity,
  });
  return new Uint8Array(buffer);
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
