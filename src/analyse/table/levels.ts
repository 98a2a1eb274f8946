/** How accurate cells are and what hardware and drift cost them, over a population. */
import {
  type Interval,
  meanInterval,
  medianInterval,
  summarize,
  type Summary,
} from "../../stats/mod.ts";
import type { Metric } from "../../table/schema.ts";
import type { Outcome } from "./outcome.ts";

/** What hardware and drift cost, beside the metrics themselves. */
export const LOSSES = [
  "hwt_gap",
  "hwt_gap@1d",
  "drift_drop.hwt",
  "drift_drop.noisy",
] as const satisfies readonly Outcome[];

/** An outcome over the cells of a population; per cent, or percentage points for a difference. */
export interface Level {
  readonly outcome: Outcome;
  readonly summary: Summary;
  /** Intervals clustered, in closed form. */
  readonly mean: Interval;
  readonly median: Interval;
}

/**
 * Levels of metrics, and of what hardware and drift cost.
 *
 * @param values of an outcome [cells]
 * @param clusters what is no independent evidence of each other [cells]
 */
export function levels(
  metrics: readonly Metric[],
  values: (outcome: Outcome) => Float64Array,
  clusters: ArrayLike<number>,
): readonly Level[] {
  return [...metrics, ...LOSSES].map((outcome) => {
    const column = values(outcome), summary = summarize(column);
    return {
      outcome,
      summary,
      mean: meanInterval(column, clusters),
      median: { ...medianInterval(column, clusters), estimate: summary.median },
    };
  });
}
