/** How accurate cells are and what hardware and drift cost them, over a population. */
import type { Prng } from "../../random.ts";
import {
  bootstrapMeans,
  bootstrapMedians,
  type Interval,
  percentileInterval,
  summarize,
  type Summary,
} from "../../stats/mod.ts";
import { PUBLISHED_METRICS } from "../../table/schema.ts";
import type { Outcome } from "./outcome.ts";

/** What levels are given of: every metric, and what hardware and drift cost. */
export const LEVELS: readonly Outcome[] = [
  ...PUBLISHED_METRICS,
  "hwt_gap",
  "hwt_gap@1d",
  "drift_drop.hwt",
  "drift_drop.noisy",
];

/** An outcome over the cells of a population; per cent, or percentage points for a difference. */
export interface Level {
  readonly outcome: Outcome;
  readonly summary: Summary;
  /** Intervals by bootstrap over clusters. */
  readonly mean: Interval;
  readonly median: Interval;
}

/** Resamples of the medians, which need a pass over all cells each. */
const MEDIAN_RESAMPLES = 400;

/**
 * Levels of `LEVELS`, all from the same resamples.
 *
 * @param values of an outcome [cells]
 * @param clusters what is drawn together [cells]
 */
export function levels(
  values: (outcome: Outcome) => Float64Array,
  clusters: ArrayLike<number>,
  random: Readonly<Record<"means" | "medians", Prng>>,
): readonly Level[] {
  const columns = LEVELS.map(values);
  const means = bootstrapMeans(columns, clusters, random.means);
  const medians = bootstrapMedians(columns, clusters, random.medians, MEDIAN_RESAMPLES);
  return LEVELS.map((outcome, k) => {
    const summary = summarize(columns[k]);
    return {
      outcome,
      summary,
      mean: percentileInterval(summary.mean, means[k]),
      median: percentileInterval(summary.median, medians[k]),
    };
  });
}
