/** A key of `paper/values.json` and its value. */
import type { Study } from "../study.ts";
import type { Interval } from "../../stats/mod.ts";

/** Dotted key, and a number or a text. */
export type Entry = readonly [string, number | string];

/** Some entries of a study. */
export type Part = (study: Study) => readonly Entry[];

/** An interval's keys: the estimate at `key` itself, alone where the interval is unbounded. */
export function withInterval(key: string, { estimate, low, high }: Interval): Entry[] {
  if (!Number.isFinite(high - low)) return [[key, estimate]];
  return [[key, estimate], [`${key}.ci_low`, low], [`${key}.ci_high`, high]];
}
