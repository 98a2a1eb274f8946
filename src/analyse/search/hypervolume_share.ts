import { hypervolumes, mean, type TwoObjectives } from "../../stats/mod.ts";
import type { Benchmark, Histories } from "../../table/mod.ts";
import { maximum } from "./curve.ts";
import { SEARCH_BUDGETS, SEARCH_TARGET } from "./search_study.ts";

/** Reference of the hypervolume, beside the parameters of the largest network; per cent. */
const FLOOR_PCT = 80;

/** The objectives of two-objective search: accuracy on the target against parameters. */
function accuracyAndParameters(benchmark: Benchmark, parameters: Float64Array): TwoObjectives {
  return {
    gain: benchmark.accuracy(SEARCH_TARGET),
    cost: parameters,
    reference: { gain: FLOOR_PCT, cost: maximum(parameters) },
  };
}

/** Share of the whole space's hypervolume that each run covers after a number of queries [runs]. */
export function hypervolumeShares(
  objectives: TwoObjectives,
): (runs: Histories, query: number) => Float64Array {
  const areaOf = hypervolumes(objectives);
  const whole = areaOf(objectives.gain.map((_, i) => i));
  return ({ cells, queries, seeds }, query) =>
    Float64Array.from(
      seeds,
      (_, run) => areaOf(cells.subarray(run * queries, run * queries + query)) / whole,
    );
}

/** What share of the hypervolume a method covers, mean over its runs. */
export interface Covered {
  readonly method: string;
  readonly query: number;
  /** 0..1. */
  readonly mean: number;
}

/** Coverage of trained methods that ask for the target alone, at each budget; `parameters` by cell_index. */
export function coverage(
  benchmark: Benchmark,
  histories: readonly Histories[],
  parameters: Float64Array,
): readonly Covered[] {
  const shares = hypervolumeShares(accuracyAndParameters(benchmark, parameters));
  return histories
    .filter(({ method, guide, metrics }) =>
      !method.startsWith("zero_cost") && (guide === null || guide === SEARCH_TARGET) &&
      new Set(metrics ?? []).size <= 1
    )
    .flatMap((runs) =>
      SEARCH_BUDGETS.filter((query) => query <= runs.queries).map((query) => ({
        method: runs.method,
        query,
        mean: mean(shares(runs, query)),
      }))
    );
}
