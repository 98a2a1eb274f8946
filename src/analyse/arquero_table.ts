import * as aq from "arquero";
import { allCells, archStr, cellText } from "../space/mod.ts";
import { METRICS } from "../table/schema.ts";
import type { Benchmark } from "../table/mod.ts";
import { cellFeatures, CLASSES, CONNECTED } from "./cells.ts";

/**
 * The benchmark as a wide Arquero table, a row per cell in the order of cell_index [15625 rows]:
 * `cell_index`, `cell` (tuple as text), `arch_str`, `isomorphism_class`, `connected`, every metric (per
 * cent), every feature (see `cellFeatures`).
 */
export function arqueroTable(benchmark: Benchmark): aq.ColumnTable {
  const connected = new Set(CONNECTED);
  return aq.table({
    cell_index: allCells().map((_, i) => i),
    cell: allCells().map(cellText),
    arch_str: allCells().map(archStr),
    isomorphism_class: CLASSES,
    connected: allCells().map((_, i) => connected.has(i)),
    ...Object.fromEntries(METRICS.map((metric) => [metric, benchmark.accuracy(metric)])),
    ...cellFeatures(),
  });
}
