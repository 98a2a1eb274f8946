/** What hardware and drift cost, in both sources side by side. */
import { type Interval, meanInterval } from "../../stats/mod.ts";
import { type Outcome, outcomeOf } from "../table/outcome.ts";
import type { Replicated } from "./replicated.ts";

/** The mean of an outcome over the measured cells, in either source. */
export interface LevelPair {
  readonly outcome: Outcome;
  /** Per cent or percentage points; intervals by expression of the cells. */
  readonly measured: Interval;
  readonly published: Interval;
}

/** Means of `outcomes` over the measured cells. */
export function levelPairs(
  { measured, published, clusters }: Replicated,
  outcomes: readonly Outcome[],
): readonly LevelPair[] {
  return outcomes.map((outcome) => {
    const [here, there] = [measured, published].map((source) =>
      meanInterval(outcomeOf((m) => source[m], outcome), clusters)
    );
    return { outcome, measured: here, published: there };
  });
}
