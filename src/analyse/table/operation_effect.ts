import { allCells, EDGES, type OperationName, OPERATIONS } from "../../space/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import { type Interval, mapped, matchedMean } from "../../stats/mod.ts";
import { EXPRESSIONS } from "./features.ts";
import { type Outcome, outcomeValues, take } from "./outcome.ts";

/** Main effect of an operation at an edge. */
export interface OperationEffect {
  readonly outcome: Outcome;
  readonly edge: number;
  readonly operation: OperationName;
  /** Mean over the 3125 cells with it, less the mean over all 15,625, percentage points. */
  readonly effect: Interval;
}

/**
 * Exact factorial main effects of each operation at each edge, over all cells.
 *
 * An effect is a mean of matched differences: a cell less the mean of the five cells that differ on this
 * edge only. Each context of the five other edges thus touches five cells, and the interval is clustered
 * by the expressions of each, as that of single swaps by those of two.
 */
export function operationEffects(
  benchmark: Benchmark,
  outcomes: readonly Outcome[],
): readonly OperationEffect[] {
  const columns = outcomes.map((outcome) => outcomeValues(benchmark, outcome));
  const byEdge = EDGES.map((_, edge) => {
    // cells[o][k]: the cell with operation o on the edge in context k
    const cells = OPERATIONS.map((_, o) => cellsWith(edge, o));
    const sides = cells.map((side) => take(EXPRESSIONS, side));
    return columns.flatMap((y) => matchedDifferences(y, cells)).map((differences): Interval => {
      const { estimate, low, high } = matchedMean(differences, sides);
      return { estimate, low, high };
    });
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
  const all = allCells();
  return Int32Array.from(all.keys().filter((i) => all[i][edge] === operation));
}

/** For each operation, its outcome less the context's mean, by context. */
function matchedDifferences(y: Float64Array, cells: readonly Int32Array[]): Float64Array[] {
  const contextMeans = mapped(
    cells[0],
    (_, k) => cells.reduce((sum, side) => sum + y[side[k]], 0) / cells.length,
  );
  return cells.map((side) => mapped(side, (i, k) => y[i] - contextMeans[k]));
}
