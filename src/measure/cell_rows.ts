import type { Config } from "../config.ts";
import { configId } from "../config_id.ts";
import { archStr, cellAt } from "../space/mod.ts";
import type { Condition, RepeatVaries, Row } from "../table/schema.ts";

/** What is measured: a cell, trained from one seed under one config, for one study. */
export interface Subject {
  /** 0..15624. */
  readonly cell_index: number;
  readonly seed: number;
  readonly config: Config;
  /** Name of the study: the `source` of its rows. */
  readonly study: string;
}

/**
 * The row of one measurement, or of the mean over several.
 *
 * @param accuracies_pct of each repeat; the SD of more than one is the sample's (n - 1)
 * @param varies what differs between the repeats
 */
export function rowOf(
  { cell_index, seed, config, study }: Subject,
  condition: Condition,
  t_inference_s: number | null,
  accuracies_pct: readonly number[],
  varies: RepeatVaries = "none",
): Row {
  const n = accuracies_pct.length;
  const mean = accuracies_pct.reduce((sum, a) => sum + a, 0) / n;
  const squares = accuracies_pct.reduce((sum, a) => sum + (a - mean) ** 2, 0);
  return {
    cell_index,
    arch_str: archStr(cellAt(cell_index)),
    condition,
    t_inference_s,
    repeat: null,
    seed,
    protocol: config.protocol,
    source: study,
    config_id: configId(config),
    accuracy_pct: mean,
    accuracy_sd_pct: n > 1 ? Math.sqrt(squares / (n - 1)) : null,
    repeats: n,
    repeat_varies: varies,
  };
}
