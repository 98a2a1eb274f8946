/** `paper/values.json`: every number that the paper and the README quote, one flat object. */
import type { Benchmark } from "../../table/mod.ts";
import { ranks, reproducibility } from "./agreement.ts";
import { anova, swaps } from "./effects.ts";
import type { Part } from "./entry.ts";
import { counts, levels, randomSearch } from "./levels.ts";
import { oddities, verdicts } from "./verdicts.ts";

/** Dotted key -> number, or text. */
export type Values = Readonly<Record<string, number | string>>;

/** Parts in the order of their keys. */
const PARTS: readonly (readonly [string, Part])[] = [
  ["counts", counts],
  ["levels", levels],
  ["reproducibility", reproducibility],
  ["ranks", ranks],
  ["matched swaps", swaps],
  ["variance", anova],
  ["random search", randomSearch],
  ["contradictions", oddities],
  ["claims", verdicts],
];

/** How many steps `values` reports. */
export const VALUE_PARTS = PARTS.length;

/**
 * All numbers of the study of one table. Equal tables and seeds give equal numbers, in equal order.
 *
 * @param seed of the bootstrap; each part draws from a sub-stream of its own
 * @param onProgress told before each part; there are `VALUE_PARTS`
 */
export function values(
  benchmark: Benchmark,
  seed = 0,
  onProgress: (done: number, note: string) => void = () => {},
): Values {
  return Object.fromEntries(PARTS.flatMap(([name, part], done) => {
    onProgress(done, name);
    return part(benchmark, seed);
  }));
}
