/** Both sources side by side: levels, skip effects, and what their disagreement goes with. */
import { type OperationName, OPERATIONS } from "../../space/mod.ts";
import type { Metric } from "../../table/schema.ts";
import {
  denseRanks,
  type Interval,
  jackknifeInterval,
  spearman,
  studentInterval,
} from "../../stats/mod.ts";
import type { Feature } from "../table/features.ts";
import { type Outcome, outcomeOf, take } from "../table/outcome.ts";
import { CELLS_FOR_INTERVAL, type MatchedPair, type Replicated } from "./replicated.ts";

/** The mean of an outcome over the measured cells, in either source. */
export interface LevelPair {
  readonly outcome: Outcome;
  /** Per cent or percentage points; intervals by Student's t over the cells. */
  readonly measured: Interval;
  readonly published: Interval;
}

/** What analog hardware and drift cost, side by side. */
export const COSTS = ["hwt_gap", "hwt_gap@1d", "drift_drop.hwt", "drift_drop.noisy"] as const;

/** Means of `outcomes` over the measured cells. */
export function levelPairs(
  { measured, published }: Replicated,
  outcomes: readonly Outcome[],
): readonly LevelPair[] {
  return outcomes.map((outcome) => {
    const [here, there] = [measured, published].map((source) =>
      studentInterval(outcomeOf((m) => source[m], outcome))
    );
    return { outcome, measured: here, published: there };
  });
}

/** The mean effect of a skip connection in place of one operation, over matched pairs. */
export interface SkipEffect {
  readonly other: OperationName;
  /** Pairs. */
  readonly n: number;
  /** Percentage points; intervals by Student's t over pairs, unbounded for one. */
  readonly measured: Interval;
  readonly published: Interval;
}

/** `pairs` by what the skip connection stands in place of; operations without a pair are left out. */
export function skipEffects(pairs: readonly MatchedPair[]): readonly SkipEffect[] {
  return OPERATIONS.flatMap((other) => {
    const own = pairs.filter((pair) => pair.other === other);
    return own.length === 0 ? [] : {
      other,
      n: own.length,
      measured: studentInterval(own.map(({ measured }) => measured)),
      published: studentInterval(own.map(({ published }) => published)),
    };
  });
}

/** How far the rank that a cell has here, less its published one, goes with a feature of the cell. */
export interface Disagreement {
  readonly feature: Feature;
  /** Spearman's rho, interval by the jackknife over cells; above 0: more of it, better ranked here. */
  readonly rho: Interval;
}

/** Features that differences in scale, depth and noise could act through. */
const CANDIDATES = [
  "depth",
  "width",
  "count_skip_connect",
  "count_nor_conv_3x3",
  "count_nor_conv_1x1",
  "count_avg_pool_3x3",
  "parameters",
] as const satisfies readonly Feature[];

/**
 * What the rank differences of one metric go with, strongest first; features that do not vary are left
 * out. Nothing for fewer than 6 cells, and where both sources rank alike.
 */
export function disagreement(
  { cells, measured, published }: Replicated,
  metric: Metric,
  features: Readonly<Record<Feature, Float64Array>>,
): readonly Disagreement[] {
  const [here, there] = [measured, published].map((source) => denseRanks(source[metric]).rank);
  const moved = Float64Array.from(cells, (_, k) => here[k] - there[k]);
  if (cells.length < CELLS_FOR_INTERVAL || moved.every((m) => m === moved[0])) return [];
  return CANDIDATES.flatMap((feature): Disagreement[] => {
    const x = take(features[feature], cells);
    if (x.every((value) => value === x[0])) return [];
    const rho = jackknifeInterval(
      cells.length,
      (kept) => spearman(take(x, kept), take(moved, kept)),
    );
    return [{ feature, rho }];
  }).sort((a, b) => Math.abs(b.rho.estimate) - Math.abs(a.rho.estimate));
}
