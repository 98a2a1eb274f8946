/** The published table as files for other programs. */
import { type Benchmark, cellFrame, type readFrame } from "../table/mod.ts";

type Frame = Awaited<ReturnType<typeof readFrame>>;

/** Name -> what stands in it, in the order in which the front page lists them. */
export const DATA_FILES = {
  "analog_nasbench.parquet": "the table as rows, one measurement each (Parquet)",
  "analog_nasbench.csv": "the same rows as CSV",
  "analog_nasbench_wide.csv":
    "one line a cell: its operations, shape and size, every metric and its SD over read-outs",
} as const;

/** The CSV files, numbers unrounded: `rows` is the frame of the tidy rows. */
export function csvFiles(
  rows: Frame,
  benchmark: Benchmark,
): Readonly<Record<"analog_nasbench.csv" | "analog_nasbench_wide.csv", Uint8Array>> {
  return {
    "analog_nasbench.csv": rows.writeCSV(),
    "analog_nasbench_wide.csv": cellFrame(benchmark).writeCSV(),
  };
}
