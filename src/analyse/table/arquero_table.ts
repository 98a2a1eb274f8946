import * as aq from "arquero";
import { type Benchmark, cellColumns } from "../../table/mod.ts";
import { cellFeatures } from "./features.ts";

/**
 * The benchmark as a wide Arquero table, a row per cell in the order of cell_index [15625 rows]: the
 * columns of `cellFrame`, and every feature (see `cellFeatures`).
 */
export function arqueroTable(benchmark: Benchmark): aq.ColumnTable {
  return aq.table({ ...cellColumns(benchmark), ...cellFeatures() });
}
