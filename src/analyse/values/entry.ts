/** A key of `paper/values.json` and its value. */
import type { Benchmark } from "../../table/mod.ts";
import type { Interval } from "../../stats/mod.ts";

/** Dotted key, and a number or a text. */
export type Entry = readonly [string, number | string];

/** Computes some entries; what chance it needs follows from the seed. */
export type Part = (benchmark: Benchmark, seed: number) => readonly Entry[];

/** What a search is after, and what other metrics are judged by. */
export const TARGET = "hwt@1d";

/** An interval's keys: the estimate at `key` itself. */
export function withInterval(key: string, { estimate, low, high }: Interval): Entry[] {
  return [[key, estimate], [`${key}.ci_low`, low], [`${key}.ci_high`, high]];
}
