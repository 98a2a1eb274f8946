/** Tables as files for other programs. */
import {
  type Benchmark,
  cellFrame,
  type MeasuredStudy,
  parquetBytes,
  type readFrame,
  rowsFrame,
} from "../table/mod.ts";

type Frame = Awaited<ReturnType<typeof readFrame>>;

/** Name -> what stands in it, in the order in which the front page lists them. */
export const DATA_FILES = {
  "analog_nasbench.parquet": "the published table as rows, one measurement each (Parquet)",
  "analog_nasbench.csv": "the same rows as CSV",
  "analog_nasbench_wide.csv":
    "one line a cell: its operations, shape and size, every metric and its SD over read-outs",
  "measured.parquet": "all that was measured here, of every study, in the same columns (Parquet)",
  "measured.csv": "the same rows as CSV",
} as const;

/** The bytes of those files that are no copies, numbers unrounded: `rows` is the published table. */
export async function dataFiles(
  rows: Frame,
  benchmark: Benchmark,
  measured: readonly MeasuredStudy[],
): Promise<
  Readonly<Record<Exclude<keyof typeof DATA_FILES, "analog_nasbench.parquet">, Uint8Array>>
> {
  const own = rowsFrame(measured.flatMap((study) => study.rows));
  return {
    "analog_nasbench.csv": rows.writeCSV(),
    "analog_nasbench_wide.csv": cellFrame(benchmark).writeCSV(),
    "measured.parquet": await parquetBytes(own),
    "measured.csv": own.writeCSV(),
  };
}
