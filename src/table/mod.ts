/**
 * The table: measurements as tidy rows in Parquet, no matter who measured them, and questions about
 * them. Knows the space and no network; the only room that knows Polars.
 */
export * from "./schema.ts";
export { parseMetric, PUBLISHED_NAMES } from "./metric.ts";
export { expectSha256, sha256 } from "../checksum.ts";
export { frameRows, readFrame, readRows, rowsFrame, writeFrame, writeRows } from "./io.ts";
export { parquetBytes } from "./parquet.ts";
export {
  byCost,
  type Histories,
  HISTORIES_FOLDER,
  historiesFile,
  openAllHistories,
  readAllHistories,
  readHistories,
  writeHistories,
} from "./histories.ts";
export { type Benchmark, loadReference, REFERENCE } from "./reference.ts";
export { extractPickle, publishedRows, WHEEL } from "./published.ts";
export {
  bestCells,
  type BestCellsOptions,
  type CellLike,
  type CellReport,
  type Neighbour,
  neighbourhood,
  queryAccuracy,
  queryCell,
  queryIsomorphic,
  toCell,
} from "./query.ts";
export { type CollapseRows, type LayerInput, readCollapse } from "./collapse_rows.ts";
export { type ForestScore, readPredictorCurve } from "./predictor_curve.ts";
export { type CellColumn, cellColumns, cellFrame, columnFrame } from "./cell_frame.ts";
export { type CellCsv, readCellCsv } from "./cell_csv.ts";
export {
  type ChangedSetting,
  type Measured,
  MEASURED_FOLDER,
  type OtherSpace,
  type PlannedRun,
  readMeasured,
  type ScaleRows,
  type SettingStudy,
} from "./measured.ts";
export { type MeasuredStudy, readMeasuredStudies } from "./measurements.ts";
export { readAllUnits, readUnits, type StudyUnits, type UnitRecord } from "./units.ts";
export * from "./memory_laws.ts";
export { readSpent, type Spent } from "./spent.ts";
