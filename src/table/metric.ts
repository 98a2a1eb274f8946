/** Names of metrics: ours, the published ones, and the nearest to a misspelt one. */
import { distance } from "fastest-levenshtein";
import { shown } from "../arguments.ts";
import { InputError } from "../input_error.ts";
import {
  CONDITIONS,
  INFERENCE_TIMES_S,
  type Metric,
  metricParts,
  metricText,
  parseTime_s,
  PUBLISHED_METRICS,
} from "./schema.ts";

const TIMES_S = Object.values(INFERENCE_TIMES_S);

/**
 * The authors' names -> metric, those of the published package and older ones of theirs.
 * `baseline_drift_T` is the drift of the noisy condition; `finetuned` was the name of `analog`, hardware-aware
 * training.
 */
export const PUBLISHED_NAMES: Readonly<Record<string, Metric>> = {
  baseline_accuracy: "baseline",
  ptq_accuracy: "ptq",
  qat_accuracy: "qat",
  noisy_accuracy: "noisy",
  analog_accuracy: "hwt",
  finetuned_accuracy: "hwt",
  ...Object.fromEntries(TIMES_S.flatMap((seconds): [string, Metric][] => [
    [`baseline_drift_${seconds}`, metricText("noisy", seconds)],
    [`noisy_drift_${seconds}`, metricText("noisy", seconds)],
    [`analog_drift_${seconds}`, metricText("hwt", seconds)],
    [`finetuned_drift_${seconds}`, metricText("hwt", seconds)],
  ])),
};

/**
 * The metric that `text` names, in its one text: "hwt@1d" for "hwt@1d", "HWT@86400" and "hwt@24h", or a
 * published name such as "analog_drift_86400". Any time of a condition that is known is a metric; whether a
 * table holds it, the table says.
 *
 * @param held metrics of the table that is asked; their conditions are known, beside the published ones
 * Throws InputError that names the nearest, for a misspelt condition or time.
 */
export function parseMetric(text: string, held: readonly Metric[] = PUBLISHED_METRICS): Metric {
  if (typeof text !== "string") {
    throw new InputError(`A metric is a text such as "hwt@1d", not ${shown(text)}.`);
  }
  const name = text.trim().toLowerCase();
  if (held.includes(name)) return name;
  if (Object.hasOwn(PUBLISHED_NAMES, name)) return PUBLISHED_NAMES[name];
  const conditions = [
    ...new Set<string>([...CONDITIONS, ...held.map((m) => metricParts(m).condition)]),
  ];
  const [condition, time, ...rest] = name.split("@");
  const isKnown = conditions.includes(condition);
  const t_inference_s = time === undefined ? null : parseTime_s(time);
  if (isKnown && rest.length === 0 && (time === undefined || t_inference_s !== null)) {
    return metricText(condition, t_inference_s);
  }
  const timeFault = isKnown
    ? ` A time is a number of s, min, h, d or y: ${condition}@27s, ${condition}@1y.`
    : "";
  throw new InputError(
    `There is no metric "${text}".${timeFault} ${nearestMetric(name, held)}`,
  );
}

/** A sentence that names the nearest of `held` to `text`, and all of them. */
export function nearestMetric(text: string, held: readonly Metric[]): string {
  const [condition] = text.split("@");
  const ofCondition = held.filter((metric) => metricParts(metric).condition === condition);
  const candidates = ofCondition.length > 0
    ? ofCondition
    : [...held, ...Object.keys(PUBLISHED_NAMES)];
  const t_inference_s = parseTime_s(text.split("@")[1] ?? "");
  const away = (candidate: string) =>
    ofCondition.length > 0 && t_inference_s !== null
      ? timesApart(metricParts(candidate).t_inference_s, t_inference_s)
      : distance(candidate, text);
  const [nearest] = candidates.map((candidate) => ({ candidate, away: away(candidate) }))
    .sort((a, b) => a.away - b.away);
  return `The nearest is ${nearest.candidate}. Metrics are ${
    held.join(", ")
  }; the published names ` +
    `are understood too.`;
}

/** How far two times are apart on the logarithmic scale of drift; Infinity where one is none. */
function timesApart(a_s: number | null, b_s: number): number {
  return a_s === null ? Infinity : Math.abs(Math.log1p(a_s) - Math.log1p(b_s));
}
