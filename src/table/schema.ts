/** The tidy schema: one measurement a row. This file knows no other room and holds no I/O. */

/** What the published study did to a network before it was measured. */
export const CONDITIONS = ["baseline", "ptq", "qat", "noisy", "hwt"] as const;
export type PublishedCondition = (typeof CONDITIONS)[number];

/** A condition: one of the published ones, or a new one (lower case letters, digits and underscores). */
export type Condition = PublishedCondition | (string & Record<never, never>);

/** Published conditions that put no network on crossbars: their rows have no simulator and no device. */
export const DIGITAL_CONDITIONS: readonly Condition[] = ["baseline", "ptq", "qat"];

/** Inference times of the published study, by label, in seconds after programming. */
export const INFERENCE_TIMES_S = { "60s": 60, "1h": 3600, "1d": 86400, "30d": 2592000 } as const;

/** The 13 metrics of the published table, in the order used wherever metrics are listed or paired. */
export const PUBLISHED_METRICS = [
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
export type PublishedMetric = (typeof PUBLISHED_METRICS)[number];

/** The order of metrics wherever they are listed: the published ones, then others by condition and time. */
export function inOrder(metrics: Iterable<Metric>): Metric[] {
  const held = new Set(metrics);
  const published = PUBLISHED_METRICS.filter((metric) => held.delete(metric));
  const parts = [...held].map((metric) => ({ metric, ...metricParts(metric) }));
  parts.sort((a, b) =>
    a.condition < b.condition
      ? -1
      : a.condition > b.condition
      ? 1
      : (a.t_inference_s ?? -1) - (b.t_inference_s ?? -1)
  );
  return [...published, ...parts.map(({ metric }) => metric)];
}

/**
 * A condition, or a condition at an inference time: "hwt", "noisy@27s", "hwt@1y". Open: which ones there
 * are is what a table says. One text for each, that of `metricText`.
 */
export type Metric = PublishedMetric | (string & Record<never, never>);

/** What the study does about the published script's oddities. */
export type Protocol = "as_published" | "corrected";

/** What can differ between the repeats that one row averages, in the order in which it is written. */
export const REPEAT_SOURCES = [
  "read_and_output_noise",
  "programming",
  "test_augmentation",
] as const;
export type RepeatSource = (typeof REPEAT_SOURCES)[number];

/** What differs between repeats: nothing, or sources joined by + in the order of `REPEAT_SOURCES`. */
export type RepeatVaries =
  | "none"
  | RepeatSource
  | `${RepeatSource}+${RepeatSource}`
  | "read_and_output_noise+programming+test_augmentation";

/**
 * Evaluations that every accuracy of the published table is the mean of, by the study's script; the five
 * metrics without a time too, whose values lie on a grid of 1/25 of an image in 10,000.
 */
export const PUBLISHED_REPEATS = 25;

/**
 * What differs between the 25 evaluations of a published metric: always the random crop and flip of the test
 * images; on crossbars output noise too, and once programmed (at an inference time) read noise.
 */
export function publishedVaries(condition: Condition): RepeatVaries {
  return DIGITAL_CONDITIONS.includes(condition)
    ? "test_augmentation"
    : "read_and_output_noise+test_augmentation";
}

/** One measurement. Accuracies are in per cent, unrounded doubles. */
export interface Row {
  /** Search space by id, e.g. `nas_bench_201`. */
  readonly space: string;
  /** Text of the network in its space; for `nas_bench_201` the cell's NAS-Bench-201 string. */
  readonly arch_str: string;
  /** 0..15624, the cell's tuple read as a base-5 number; null outside `nas_bench_201`. */
  readonly cell_index: number | null;
  readonly condition: Condition;
  /** Seconds after programming; null where no drift is involved. */
  readonly t_inference_s: number | null;
  /** Condition and time as text. */
  readonly metric: Metric;
  /** Number of the repeat; null for an aggregate over repeats. */
  readonly repeat: number | null;
  readonly seed: number;
  readonly protocol: Protocol;
  /** Simulator of the crossbars; null for a digital condition. */
  readonly simulator: string | null;
  /** Memory device on the crossbars; null for a digital condition. */
  readonly device: string | null;
  /** `published`, or a study's name. */
  readonly source: string;
  /** Hash of the resolved config; `published` for the published table. */
  readonly config_id: string;
  readonly accuracy_pct: number;
  /** SD over repeats; null for a single measurement, or where it was not published. */
  readonly accuracy_sd_pct: number | null;
  /** How many measurements `accuracy_pct` averages. */
  readonly repeats: number;
  readonly repeat_varies: RepeatVaries;
}

/** Columns in their stored order. */
export const COLUMNS = [
  "space",
  "arch_str",
  "cell_index",
  "condition",
  "t_inference_s",
  "metric",
  "repeat",
  "seed",
  "protocol",
  "simulator",
  "device",
  "source",
  "config_id",
  "accuracy_pct",
  "accuracy_sd_pct",
  "repeats",
  "repeat_varies",
] as const satisfies readonly (keyof Row)[];

/** Columns that together identify a row. */
export const KEY_COLUMNS = [
  "space",
  "arch_str",
  "condition",
  "t_inference_s",
  "repeat",
  "seed",
  "protocol",
  "simulator",
  "device",
  "source",
  "config_id",
] as const satisfies readonly (keyof Row)[];

/** Units of an inference time in seconds, longest first; a year has 365 days, as in AIHWKit. */
const TIME_UNITS_S = { y: 31_536_000, d: 86_400, h: 3_600, min: 60 } as const;

/** The one text of a metric: its condition, and where it has one its time as `timeText` writes it. */
export function metricText(condition: Condition, t_inference_s: number | null): Metric {
  return t_inference_s === null ? condition : `${condition}@${timeText(t_inference_s)}`;
}

/**
 * A time in the longest of years, days, hours and minutes of which it is a whole number, else in seconds:
 * "30d". A single minute is "60s", as in the published metrics.
 */
export function timeText(t_inference_s: number): string {
  const unit = Object.entries(TIME_UNITS_S).find(([_, seconds]) =>
    t_inference_s >= seconds && t_inference_s % seconds === 0 && t_inference_s !== 60
  );
  return unit === undefined ? `${t_inference_s}s` : `${t_inference_s / unit[1]}${unit[0]}`;
}

/** A number and, where there is one, its unit. */
const TIME = /^(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)\s*([a-z]*)$/;
const UNIT_NAMES: Readonly<Record<string, number>> = {
  "": 1,
  ...Object.fromEntries(
    [["s", 1], ...Object.entries(TIME_UNITS_S)].map(([unit, seconds]) => [unit, seconds as number]),
  ),
  sec: 1,
  second: 1,
  seconds: 1,
  minute: 60,
  minutes: 60,
  hour: 3_600,
  hours: 3_600,
  day: 86_400,
  days: 86_400,
  year: 31_536_000,
  years: 31_536_000,
};

/** The seconds that `text` says, "86400", "27s", "1.5h" or "30 days"; null where it says no time. */
export function parseTime_s(text: string): number | null {
  const [, value, unit] = TIME.exec(text.trim().toLowerCase()) ?? [];
  if (value === undefined || !Object.hasOwn(UNIT_NAMES, unit)) return null;
  return Number(value) * UNIT_NAMES[unit];
}

/** A metric at an inference time. */
export interface TimedMetric {
  readonly metric: Metric;
  readonly t_inference_s: number;
}

/** The metrics at an inference time by condition, as they come: earliest first from a table. */
export function overTime(
  metrics: readonly Metric[],
): ReadonlyMap<Condition, readonly TimedMetric[]> {
  const timed = metrics.flatMap((metric) => {
    const { condition, t_inference_s } = metricParts(metric);
    return t_inference_s === null ? [] : [{ condition, metric, t_inference_s }];
  });
  return Map.groupBy(timed, ({ condition }) => condition);
}

/** Whether `text` is a metric in its one text. */
export function isMetric(text: string | null): text is Metric {
  const [condition, time, ...rest] = text?.split("@") ?? [];
  if (!/^[a-z0-9_]+$/.test(condition ?? "") || rest.length > 0) return false;
  const t_inference_s = time === undefined ? null : parseTime_s(time);
  return (time === undefined || t_inference_s !== null) &&
    metricText(condition, t_inference_s) === text;
}

/** The condition and inference time of a metric. Throws RangeError where it has no such form. */
export function metricParts(
  metric: Metric,
): { readonly condition: Condition; readonly t_inference_s: number | null } {
  const [condition, time] = metric.split("@");
  const t_inference_s = time === undefined ? null : parseTime_s(time);
  if (condition === "" || (time !== undefined && t_inference_s === null)) {
    throw new RangeError(`"${metric}" is no metric.`);
  }
  return { condition, t_inference_s };
}
