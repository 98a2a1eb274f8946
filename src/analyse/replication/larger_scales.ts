/**
 * Scales other than the replication's: their names in the study's plan, their size and their words. One more is an
 * entry here and a config in `scalePlan`.
 */
import type { Spent, UnitRecord } from "../../table/mod.ts";

type Config = UnitRecord["config"];

/** What is to be said of networks of one larger scale. */
interface Larger {
  /** What their config has more of than the replication's. */
  readonly size: (config: Config) => number;
  /** What was done to them, after "cells" or "networks". */
  readonly words: string;
  /** The same with how many times larger the size is. */
  readonly by: (times: number) => string;
}

const LARGER = {
  longer: {
    size: ({ training }) => training.epochs,
    words: "trained longer",
    by: (times) => `trained ${times} times as long`,
  },
  deeper: {
    size: ({ network }) => network.cellsPerStage ?? 0,
    words: "as deeper networks",
    by: (times) => `as networks of ${times} times as many cells a stage`,
  },
  wider: {
    size: ({ network }) => network.channels ?? 0,
    words: "as wider networks",
    by: (times) => `as networks of ${times} times as many channels`,
  },
} as const satisfies Readonly<Record<string, Larger>>;

/** A scale of training and network that some cells of the replication were trained at too. */
export type LargerScale = keyof typeof LARGER;
/** All of them, in the order in which they are said. */
export const LARGER_SCALES = Object.keys(LARGER) as LargerScale[];

/** The replication's own scale, the larger ones of its cells, and the table's. */
export type Scale = "replication" | LargerScale | "published";
const SCALES: readonly Scale[] = ["replication", ...LARGER_SCALES, "published"];

/** One of each scale. */
export const byScale = <T>(of: (scale: Scale) => T): Readonly<Record<Scale, T>> =>
  Object.fromEntries(SCALES.map((scale) => [scale, of(scale)])) as Record<Scale, T>;

/** How many times as large the networks of each scale are as the replication's; null where none is finished. */
export type Times = Readonly<Record<LargerScale, number | null>>;

/** Sizes of the finished units of the study of scale, in those of the replication. */
export function timesLarger(spent: Spent | null): Times {
  const times = LARGER_SCALES.map((scale) => {
    const most = (study: "replication" | "scale") =>
      Math.max(
        ...(spent?.units[study]?.finished ?? []).map((unit) => LARGER[scale].size(unit.config)),
      );
    const ratio = most("scale") / most("replication");
    return [scale, ratio > 1 ? ratio : null] as const;
  });
  return Object.fromEntries(times) as Times;
}

/** What was done to cells of a scale, after "cells": with how many times as much, where that is given and known. */
export function scaleInWords(scale: LargerScale, times: number | null = null): string {
  return times === null ? LARGER[scale].words : LARGER[scale].by(times);
}
