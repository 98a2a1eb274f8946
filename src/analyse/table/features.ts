/** What is known of each cell before any measurement, by cell_index. */
import { publishedCost } from "../../chip/mod.ts";
import {
  allCells,
  depth,
  expressionClasses,
  functionClasses,
  inDegrees,
  inputGain,
  isConnected,
  isomorphismClasses,
  linearPaths,
  liveEdges,
  operationCount,
  outDegrees,
  pathCount,
  skipPaths,
  width,
} from "../../space/mod.ts";
import { CELL_COUNT, complexityIn, OPERATIONS, PUBLISHED_SKELETON } from "../../space/mod.ts";

/** Isomorphism class by the published rule (skip and none collapsed) of every cell [15625]. */
export const CLASSES: Int32Array = isomorphismClasses();

/** Function of every cell [15625]: cells of one are equal as trained networks, true copies. */
export const FUNCTIONS: Int32Array = functionClasses();

/**
 * Expression of every cell [15625], the cluster of all intervals over the table. Cells of one expression
 * compute the same but for shared weights, so that they rise and fall together: they count as one piece of
 * evidence. Functions would be too fine for that, and the published strings split some expressions.
 */
export const EXPRESSIONS: Int32Array = expressionClasses();

/** Indices of the cells whose output depends on their input, ascending [15284]. */
export const CONNECTED: Int32Array = Int32Array.from({ length: CELL_COUNT }, (_, i) => i)
  .filter((i) => isConnected(allCells()[i]));

/** What a Pareto front trades accuracy for. */
export const COSTS = [
  "parameters",
  "macs",
  "tiles",
  "energy_uJ",
  "latency_us",
  "area_mm2",
] as const;
/** One of `COSTS`. */
export type Cost = (typeof COSTS)[number];

/** Columns of `cellFeatures`, in its order. */
export const FEATURES = [
  "width",
  "depth",
  "path_count",
  "linear_paths",
  "skip_paths",
  "input_gain",
  "live_edges",
  "max_in_degree",
  "max_out_degree",
  "input_out_degree",
  "node_1_out_degree",
  "node_2_in_degree",
  "output_in_degree",
  ...OPERATIONS.map((operation) => `count_${operation}` as const),
  ...COSTS,
] as const;

/** A number that a cell's tuple alone decides. */
export type Feature = (typeof FEATURES)[number];

/**
 * Shape and size of every cell, each column [15625]. `live_edges`: edges on a path from input to
 * output; degrees count live edges; `count_*` all six edges; `parameters`, `macs` and `tiles` are of
 * the published network (C = 16, N = 5); `energy_uJ`, `latency_us` and `area_mm2` are what an image costs it on a
 * chip, by the model with typical constants.
 */
export function cellFeatures(): Readonly<Record<Feature, Float64Array>> {
  const columns = Object.fromEntries(
    FEATURES.map((feature) => [feature, new Float64Array(CELL_COUNT)]),
  ) as Record<Feature, Float64Array>;
  const complexity = complexityIn(PUBLISHED_SKELETON);
  allCells().forEach((cell, i) => {
    const [into, outOf] = [inDegrees(cell), outDegrees(cell)];
    const { parameters, macs, tiles } = complexity(cell);
    const { energy_uJ, latency_us, area_mm2 } = publishedCost(cell);
    const counts = OPERATIONS.map((_, operation) => operationCount(cell, operation as 0));
    const row = [
      width(cell),
      depth(cell),
      pathCount(cell),
      linearPaths(cell),
      skipPaths(cell),
      inputGain(cell),
      liveEdges(cell).filter((live) => live).length,
      Math.max(...into),
      Math.max(...outOf),
      outOf[0],
      outOf[1],
      into[2],
      into[3],
      ...counts,
      parameters,
      macs,
      tiles,
      energy_uJ,
      latency_us,
      area_mm2,
    ];
    FEATURES.forEach((feature, k) => columns[feature][i] = row[k]);
  });
  return columns;
}
