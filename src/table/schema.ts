/** The tidy schema: one measurement a row. This file knows no other room and holds no I/O. */

/** What was done to the network before it was measured. */
export const CONDITIONS = ["baseline", "ptq", "qat", "noisy", "hwt"] as const;
export type Condition = (typeof CONDITIONS)[number];

/** Inference times of the published study, by label, in seconds after programming. */
export const INFERENCE_TIMES_S = { "60s": 60, "1h": 3600, "1d": 86400, "30d": 2592000 } as const;
export type TimeLabel = keyof typeof INFERENCE_TIMES_S;

/** The 13 published metrics, in the order used wherever metrics are listed or paired. */
export const METRICS = [
  "baseline",
  "ptq",
  "qat",
  "noisy",
  "hwt",
  "noisy@60s",
  "noisy@1h",
  "noisy@1d",
  "noisy@30d",
  "hwt@60s",
  "hwt@1h",
  "hwt@1d",
  "hwt@30d",
] as const;

/** A condition, or a condition at an inference time. */
export type Metric = (typeof METRICS)[number];

/** What the study does about the published script's oddities. */
export type Protocol = "as_published" | "corrected";

/** What differs between the repeats that one row averages. */
export type RepeatVaries = "none" | "read_and_output_noise" | "programming";

/** One measurement. Accuracies are in per cent, unrounded doubles. */
export interface Row {
  /** 0..15624. */
  readonly cell_index: number;
  /** NAS-Bench-201 string of the cell. */
  readonly arch_str: string;
  readonly condition: Condition;
  /** Seconds after programming; null where no drift is involved. */
  readonly t_inference_s: number | null;
  /** Number of the repeat; null for an aggregate over repeats. */
  readonly repeat: number | null;
  readonly seed: number;
  readonly protocol: Protocol;
  /** `published`, or a study's name. */
  readonly source: string;
  /** Hash of the resolved config; `published` for the published table. */
  readonly config_id: string;
  readonly accuracy_pct: number;
  /** SD over repeats; null for a single measurement. */
  readonly accuracy_sd_pct: number | null;
  /** How many measurements `accuracy_pct` averages. */
  readonly repeats: number;
  readonly repeat_varies: RepeatVaries;
}

/** Columns in their stored order. */
export const COLUMNS = [
  "cell_index",
  "arch_str",
  "condition",
  "t_inference_s",
  "repeat",
  "seed",
  "protocol",
  "source",
  "config_id",
  "accuracy_pct",
  "accuracy_sd_pct",
  "repeats",
  "repeat_varies",
] as const satisfies readonly (keyof Row)[];

/** Columns that together identify a row. */
export const KEY_COLUMNS = [
  "cell_index",
  "condition",
  "t_inference_s",
  "repeat",
  "seed",
  "protocol",
  "source",
  "config_id",
] as const satisfies readonly (keyof Row)[];

/** The condition and inference time of a metric. */
export function metricParts(
  metric: Metric,
): { readonly condition: Condition; readonly t_inference_s: number | null } {
  const [condition, label] = metric.split("@") as [Condition, TimeLabel | undefined];
  return { condition, t_inference_s: label === undefined ? null : INFERENCE_TIMES_S[label] };
}
