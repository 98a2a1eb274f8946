/** Names of metrics: ours, the published ones, and the nearest to a misspelt one. */
import { distance } from "fastest-levenshtein";
import { InputError } from "../input_error.ts";
import { INFERENCE_TIMES_S, type Metric, METRICS, type TimeLabel } from "./schema.ts";

const TIMES = Object.entries(INFERENCE_TIMES_S) as [TimeLabel, number][];

/** Published name -> metric. `baseline_drift_T` is the drift of the noisy condition. */
export const PUBLISHED_NAMES: Readonly<Record<string, Metric>> = {
  baseline_accuracy: "baseline",
  ptq_accuracy: "ptq",
  qat_accuracy: "qat",
  noisy_accuracy: "noisy",
  analog_accuracy: "hwt",
  ...Object.fromEntries(TIMES.flatMap(([label, seconds]): [string, Metric][] => [
    [`baseline_drift_${seconds}`, `noisy@${label}`],
    [`noisy_drift_${seconds}`, `noisy@${label}`],
    [`analog_drift_${seconds}`, `hwt@${label}`],
  ])),
};

/**
 * The metric that `text` names: "hwt@1d", or a published name such as "analog_drift_86400". Case does
 * not matter. Throws InputError that names the nearest.
 */
export function parseMetric(text: string): Metric {
  const name = text.trim().toLowerCase();
  const metric = METRICS.find((m) => m === name);
  if (metric !== undefined) return metric;
  if (Object.hasOwn(PUBLISHED_NAMES, name)) return PUBLISHED_NAMES[name];
  const [nearest] = [...METRICS, ...Object.keys(PUBLISHED_NAMES)]
    .map((candidate) => ({ candidate, away: distance(candidate, name) }))
    .sort((a, b) => a.away - b.away);
  throw new InputError(
    `There is no metric "${text}". The nearest is ${nearest.candidate}. ` +
      `Metrics are ${METRICS.join(", ")}; the published names are understood too.`,
  );
}
