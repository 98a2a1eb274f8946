import { type Config, protocolOf, readBy } from "../config.ts";
import { configId } from "../config_id.ts";
import { archStr, cellAt } from "../space/mod.ts";
import {
  type Condition,
  DIGITAL_CONDITIONS,
  metricText,
  type RepeatVaries,
  type Row,
} from "../table/schema.ts";

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
  const isDigital = DIGITAL_CONDITIONS.includes(condition);
  return {
    space: "nas_bench_201",
    arch_str: archStr(cellAt(cell_index)),
    cell_index,
    condition,
    t_inference_s,
    metric: metricText(condition, t_inference_s),
    repeat: null,
    seed,
    protocol: config.protocol,
    ...(isDigital ? { simulator: null, device: null } : readBy(config)),
    source: study,
    config_id: configId(config),
    accuracy_pct: mean,
    accuracy_sd_pct: n > 1 ? Math.sqrt(squares / (n - 1)) : null,
    repeats: n,
    repeat_varies: varies,
  };
}

/**
 * What differs between the repeats of a measurement after programming: noise where the simulator has any, the
 * programming event too where the protocol says so, and the crop of the test images where it crops them.
 */
export function timedVaries(config: Config): RepeatVaries {
  const { repeatVaries, augmentTest } = protocolOf(config), { simulator } = config.hardware;
  const sources = [
    ...(simulator.kind === "aihwkit" || simulator.readNoise ? ["read_and_output_noise"] : []),
    ...(repeatVaries === "programming" ? ["programming"] : []),
    ...(augmentTest ? ["test_augmentation"] : []),
  ];
  return sources.length === 0 ? "none" : sources.join("+") as RepeatVaries;
}
