import type { Cell } from "../space/mod.ts";
import type { Metric } from "../table/schema.ts";
import type { Prng } from "../random.ts";

/**
 * What a search may ask. Every answer counts as one query and is charged its simulated cost, whether
 * or not the cell was measured before; a search that wants no repeats looks at `measured` first.
 */
export interface Objective {
  /** The metric that guides the search; accuracies are in per cent. */
  readonly metric: Metric;
  /** Other metrics that may be asked, cheapest first; every other metric is hidden. */
  readonly proxies: readonly Metric[];
  /** Queries left of the budget. */
  readonly remaining: number;
  /** Accuracy of `cell` in per cent. Throws where the budget is spent or the metric is hidden. */
  query(cell: Cell, metric?: Metric): number;
  /** The answer given before to the same question, for free; undefined where there was none. */
  measured(cell: Cell, metric?: Metric): number | undefined;
  /** Everything asked so far, in order. */
  history(): History;
}

/** The queries of one run of a search, in order; all typed arrays have one entry a query. */
export interface History {
  /** The metrics that the search could ask: proxies, cheapest first, and last the one that guides it. */
  readonly visible: readonly Metric[];
  /** cell_index of the cell asked for. */
  readonly cells: Uint16Array;
  /** The metric asked for, as its place in `visible`. */
  readonly metrics: Uint8Array;
  /** The answers, per cent. */
  readonly accuracies_pct: Float64Array;
  /** Simulated training time spent up to and with each query, seconds. */
  readonly cost_s: Float64Array;
}

/**
 * A search method: asks `objective` for at most `budget` cells, all chance drawn from `random`, and
 * returns what it asked. It needs no return value for the best cell: that is a reading of the history.
 */
export type Search = (objective: Objective, budget: number, random: Prng) => History;
