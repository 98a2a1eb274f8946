/** The chosen cells as a Parquet file, written in the page. */
import { parquetWriteBuffer } from "hyparquet-writer";
import { cellAt, cellText } from "../space/mod.ts";
import type { Column } from "./columns.ts";

/** Bytes of a file with a row for each cell: `cell` (text), `cell_index` (int32), every column (double). */
export function parquetOf(cells: readonly number[], columns: readonly Column[]): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({
    columnData: [
      { name: "cell", data: cells.map((i) => cellText(cellAt(i))), type: "STRING" },
      { name: "cell_index", data: Int32Array.from(cells), type: "INT32" },
      ...columns.map(({ name, values }) => ({
        name,
        data: Float64Array.from(cells, (i) => values[i]),
        type: "DOUBLE" as const,
      })),
    ],
  }));
}
