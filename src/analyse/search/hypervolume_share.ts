import { hypervolume, type TwoObjectives } from "../../stats/mod.ts";
import type { Histories } from "../../table/mod.ts";

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
