/** Two-objective quality of what a search has seen. */
import type { Histories } from "../table/mod.ts";

/** Objectives by cell_index [15625]: `gain` is to be large, `cost` small; and the point that bounds the area. */
export interface TwoObjectives {
  readonly gain: Float64Array;
  readonly cost: Float64Array;
  /** Cells below this gain or above this cost add nothing. */
  readonly reference: { readonly gain: number; readonly cost: number };
}

/** Area between the reference point and the front of `cells`, in units of gain times cost. */
export function hypervolume(
  cells: ArrayLike<number>,
  { gain, cost, reference }: TwoObjectives,
): number {
  const points = [...new Set(Array.from(cells))]
    .filter((i) => gain[i] > reference.gain && cost[i] < reference.cost)
    .sort((a, b) => cost[a] - cost[b] || gain[b] - gain[a]);
  let area = 0, reached = reference.gain;
  for (const i of points) {
    if (gain[i] <= reached) continue;
    area += (gain[i] - reached) * (reference.cost - cost[i]);
    reached = gain[i];
  }
  return area;
}

/** Share of the whole space's hypervolume that each run covers after `query` queries [runs]. */
export function hypervolumeShare(
  { cells, queries, seeds }: Histories,
  objectives: TwoObjectives,
  query: number,
): Float64Array {
  const whole = hypervolume(objectives.gain.map((_, i) => i), objectives);
  return Float64Array.from(
    seeds,
    (_, run) =>
      hypervolume(cells.subarray(run * queries, run * queries + query), objectives) / whole,
  );
}
