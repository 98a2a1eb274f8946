/**
 * How much intervals of matched pairs narrow when every cell is programmed many times instead of once: the
 * replication's pairs under the published protocol beside the same pairs from AIHWKit's readings here.
 */
import { sampleStandardDeviation } from "simple-statistics";
import type { OperationName } from "../../space/mod.ts";
import type { Interval } from "../../stats/mod.ts";
import {
  type MatchedPair,
  meanEffect,
  type PairedOutcome,
  skipPairs,
} from "../replication/matched_pairs.ts";
import type { Replicated } from "../replication/replicated.ts";
import type { Memory } from "./memories.ts";

/** The mean effect of a skip connection in place of another operation, from one event and from many. */
export interface EventWidth {
  readonly outcome: PairedOutcome;
  readonly other: OperationName;
  readonly pairs: number;
  /** Percentage points, intervals by expression on either side. */
  readonly one: Interval;
  readonly many: Interval;
  /** SD between pairs, points. */
  readonly sd_one: number;
  readonly sd_many: number;
}

/** Outcomes of matched pairs that need no digital condition. */
const OUTCOMES = ["drift_drop.hwt", "drift_drop.noisy", "hwt@30d"] as const;

/** Effects over the pairs that both have; none where no memory of AIHWKit was read at these times. */
export function eventWidths(
  replication: Replicated,
  memories: readonly Memory[],
): readonly EventWidth[] {
  const tiles = memories.find(({ simulator }) => simulator === "aihwkit");
  if (tiles === undefined) return [];
  const { published } = replication,
    place = new Map(Array.from(replication.cells, (c, k) => [c, k]));
  if (Array.from(tiles.cells).some((cell) => !place.has(cell))) return [];
  const there = Object.fromEntries(
    Object.entries(published).map(([metric, values]) => [
      metric,
      Float64Array.from(tiles.cells, (cell) => values[place.get(cell)!]),
    ]),
  ) as Replicated["published"];
  const key = ({ edge, other, cell_index }: MatchedPair) => `${edge} ${other} ${cell_index}`;
  return OUTCOMES.flatMap((outcome) => {
    const many = new Map(
      skipPairs({ ...tiles, published: there }, outcome).map((pair) => [key(pair), pair]),
    );
    const both = skipPairs(replication, outcome).filter((pair) => many.has(key(pair)));
    const byOther = Map.groupBy(both, ({ other }) => other);
    return [...byOther].filter(([, pairs]) => pairs.length > 1).map(
      ([other, pairs]): EventWidth => {
        const before = ({ measured }: MatchedPair) => measured;
        const after = (pair: MatchedPair) => many.get(key(pair))!.measured;
        return {
          ...{ outcome, other, pairs: pairs.length },
          one: meanEffect(pairs, before),
          many: meanEffect(pairs, after),
          sd_one: sampleStandardDeviation(pairs.map(before)),
          sd_many: sampleStandardDeviation(pairs.map(after)),
        };
      },
    );
  });
}

/** Mean over effects of the width of the interval from many events, of that from one. */
export const widthShare = (widths: readonly EventWidth[]): number =>
  widths.reduce((sum, { sd_one, sd_many }) => sum + sd_many / sd_one, 0) / widths.length;
