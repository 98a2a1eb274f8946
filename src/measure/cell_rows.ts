import { type Config, protocolOf, readBy } from "../config.ts";
import { configId } from "../config_id.ts";
import { type Architecture, canonicalText, cellIndexOf } from "../space/mod.ts";
import {
  type Condition,
  DIGITAL_CONDITIONS,
  metricText,
  publishedVaries,
  type RepeatVaries,
  type Row,
} from "../table/schema.ts";

/** What is measured: a network, trained from one seed under one config, for one study. */
export interface Subject {
  readonly architecture: Architecture;
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
  { architecture, seed, config, study }: Subject,
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
    space: architecture.space,
    arch_str: canonicalText(architecture),
    cell_index: cellIndexOf(architecture),
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
 * The row of a condition without a time. Where the protocol crops test images at random it is the mean over
 * as many evaluations as the config has repeats, each with crops of its own, as the published script does it
 * (25 times); else one evaluation says all, but for output noise.
 *
 * Rows measured before this was so hold the first of these evaluations and say `repeats` 1. The config_id is
 * that of the same settings, since none of them changed: `repeats` tells the two apart.
 *
 * @param evaluate test accuracy in per cent; its label seeds the crops and any noise
 */
export function untimedRow(
  subject: Subject,
  condition: Condition,
  label: string,
  evaluate: (label: string) => number,
): Row {
  const { augmentTest } = protocolOf(subject.config);
  const repeats = augmentTest ? subject.config.measurement.repeats : 1;
  const labels = Array.from(
    { length: repeats },
    (_, r) => r === 0 ? label : `${label}/repeat ${r}`,
  );
  const varies = repeats === 1 ? "none" : publishedVaries(condition);
  return rowOf(subject, condition, null, labels.map(evaluate), varies);
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
