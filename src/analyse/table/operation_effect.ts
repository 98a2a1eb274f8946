import type { Prng } from "../../random.ts";
import { CELL_COUNT, EDGES, indexStep, type OperationName, OPERATIONS } from "../../space/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import { bootstrapMeans, type Interval, percentileInterval } from "../../stats/mod.ts";
import { CLASSES } from "./features.ts";
import { type Outcome, outcomeValues, take } from "./outcome.ts";

/** Main effect of an operation at an edge. */
export interface OperationEffect {
  readonly outcome: Outcome;
  readonly edge: number;
  readonly operation: OperationName;
  /** Mean over the 3125 cells with it, less the mean over all 15,625, percentage points. */
  readonly effect: Interval;
}

/** Resamples of each of five bootstraps; figures draw 95 % bands only. */
const EFFECT_RESAMPLES = 300;

/**
 * Exact factorial main effects of each operation at each edge, over all cells.
 *
 * An effect is a mean of matched differences: a cell less the mean of the five cells that differ on this
 * edge only. Each context of the five other edges thus touches five classes; as for single swaps the
 * bootstrap is done over the classes of each of the five cells, and the widest interval is kept.
 */
export function operationEffects(
  benchmark: Benchmark,
  outcomes: readonly Outcome[],
  random: Prng,
): readonly OperationEffect[] {
  const columns = outcomes.map((outcome) => outcomeValues(benchmark, outcome));
  const byEdge = EDGES.map((_, edge) => {
    // cells[o][k]: the cell with operation o on the edge in context k
    const cells = OPERATIONS.map((_, o) => cellsWith(edge, o));
    const differences = columns.flatMap((y) => matchedDifferences(y, cells));
    const means = differences.map((d) => d.reduce((a, b) => a + b) / d.length);
    const bootstraps = cells.map((side) =>
      bootstrapMeans(differences, take(CLASSES, side), random, EFFECT_RESAMPLES)
    );
    return means.map((mean, d) =>
      bootstraps.map((replicates) => percentileInterval(mean, replicates[d])).reduce(wider)
    );
  });
  return outcomes.flatMap((outcome, k) =>
    EDGES.flatMap((_, edge) =>
      OPERATIONS.map((operation, o) => {
        const effect = byEdge[edge][k * OPERATIONS.length + o];
        return { outcome, edge, operation, effect };
      })
    )
  );
}

/** Indices of the cells with `operation` on `edge`, contexts in ascending order [3125]. */
function cellsWith(edge: number, operation: number): Int32Array {
  const step = indexStep(edge);
  return Int32Array.from({ length: CELL_COUNT }, (_, i) => i)
    .filter((i) => Math.floor(i / step) % 5 === operation);
}

/** For each operation, its outcome less the context's mean, by context. */
function matchedDifferences(y: Float64Array, cells: readonly Int32Array[]): Float64Array[] {
  const contextMeans = Float64Array.from(
    cells[0],
    (_, k) => cells.reduce((sum, side) => sum + y[side[k]], 0) / cells.length,
  );
  return cells.map((side) => Float64Array.from(side, (i, k) => y[i] - contextMeans[k]));
}

const wider = (a: Interval, b: Interval) => a.high - a.low >= b.high - b.low ? a : b;
