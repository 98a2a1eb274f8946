/** Quality of a search as a function of the number of queries. */
import { sampleStandardDeviation } from "simple-statistics";
import { summarize } from "../../stats/mod.ts";

/** Over the runs of one setting, after one number of queries; in the unit of the truth. */
export interface SearchSummary {
  readonly query: number;
  readonly runs: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly mean: number;
  /** Normal 95 % interval of the mean: 1.96 standard errors. */
  readonly mean_low: number;
  readonly mean_high: number;
  /** Mean distance to the optimum of the truth. */
  readonly regret: number;
  /** Share of the runs within half a point and within one point of the optimum. */
  readonly within_half: number;
  readonly within_one: number;
}

/**
 * Summary of the runs after each of `at` queries.
 *
 * @param foundAfter true value of each run's incumbent after a query [runs]
 * @param optimum the best value that the truth has
 */
export function searchCurve(
  foundAfter: (query: number) => Float64Array,
  optimum: number,
  at: readonly number[],
): SearchSummary[] {
  return at.map((query) => {
    const found = foundAfter(query), runs = found.length;
    const { q25, median, q75, mean } = summarize(found);
    const error = runs > 1 ? sampleStandardDeviation(Array.from(found)) / Math.sqrt(runs) : NaN;
    const within = (points: number) => found.filter((v) => v >= optimum - points).length / runs;
    return {
      query,
      runs,
      q25,
      median,
      q75,
      mean,
      mean_low: mean - 1.96 * error,
      mean_high: mean + 1.96 * error,
      regret: optimum - mean,
      within_half: within(0.5),
      within_one: within(1),
    };
  });
}

/** The largest of some values (too many for an argument list). */
export function maximum(values: ArrayLike<number>): number {
  let top = -Infinity;
  for (let i = 0; i < values.length; i++) if (values[i] > top) top = values[i];
  return top;
}
