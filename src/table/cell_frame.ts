/** The wide view of the benchmark, one cell a row, for questions of one's own. */
import pl from "nodejs-polars";
import { publishedCost } from "../chip/mod.ts";
import {
  allCells,
  archStr,
  cellText,
  complexityIn,
  depth,
  isConnected,
  isomorphismClasses,
  OPERATIONS,
  pathCount,
  PUBLISHED_SKELETON,
  width,
} from "../space/mod.ts";
import type { Benchmark } from "./reference.ts";

/** Values of one column by cell_index [15625]. */
export type CellColumn = readonly (string | number | boolean | null)[] | Float64Array | Int32Array;

/**
 * One row a cell, by column: identity (`cell_index`, `cell`, `arch_str`, `isomorphism_class`), the
 * operations `edge0`..`edge5`, shape (`connected`, `depth`, `width`, `path_count`), size of the published
 * network (`parameters`, `macs`, `tiles`), what an image costs on a chip by the model with typical constants
 * (`energy_uJ`, `latency_us`, `area_mm2`), the metrics that the table holds in per cent under their names, and
 * their SDs under "hwt@1d_sd" and so on.
 */
export function cellColumns(benchmark: Benchmark): Record<string, CellColumn> {
  const cells = allCells(), sizes = cells.map(complexityIn(PUBLISHED_SKELETON));
  const costs = cells.map(publishedCost);
  return {
    cell_index: Int32Array.from(cells.keys()),
    cell: cells.map(cellText),
    arch_str: cells.map(archStr),
    isomorphism_class: isomorphismClasses(),
    ...Object.fromEntries(
      [0, 1, 2, 3, 4, 5].map((e) => [`edge${e}`, cells.map((cell) => OPERATIONS[cell[e]])]),
    ),
    connected: cells.map(isConnected),
    depth: Int32Array.from(cells, depth),
    width: Int32Array.from(cells, width),
    path_count: Int32Array.from(cells, pathCount),
    parameters: Int32Array.from(sizes, (size) => size.parameters),
    macs: Int32Array.from(sizes, (size) => size.macs),
    tiles: Int32Array.from(sizes, (size) => size.tiles),
    energy_uJ: Float64Array.from(costs, (cost) => cost.energy_uJ),
    latency_us: Float64Array.from(costs, (cost) => cost.latency_us),
    area_mm2: Float64Array.from(costs, (cost) => cost.area_mm2),
    ...Object.fromEntries(benchmark.metrics.map((metric) => [metric, benchmark.accuracy(metric)])),
    ...Object.fromEntries(benchmark.metrics.flatMap((metric) => {
      const sd = benchmark.sd(metric);
      return sd === null ? [] : [[`${metric}_sd`, sd]];
    })),
  };
}

/** The same as a Polars frame. */
export function cellFrame(benchmark: Benchmark): pl.DataFrame {
  return columnFrame(cellColumns(benchmark));
}

/** Equally long columns as a Polars frame, in their order. */
export function columnFrame(columns: Readonly<Record<string, CellColumn>>): pl.DataFrame {
  return pl.DataFrame(Object.entries(columns).map(([name, values]) => pl.Series(name, values)));
}
