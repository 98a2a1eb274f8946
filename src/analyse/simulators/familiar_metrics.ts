/** Readings on a memory by the names of the published table, so that its claims can be put to them. */
import type { Accuracies } from "../replication/replicated.ts";
import type { Reading } from "./memories.ts";

const DAY_S = 86_400;

/**
 * What stands for which published metric.
 *
 * - AIHWKit's tiles: every reading for itself.
 * - Arrays, whose weights have no error before programming: the first time for `noisy` and `hwt`; the day for
 *   `@1d`, and the only time where there is one alone; where there are several, the first for `@60s` and the
 *   last (SONOS: 5 days) for `@30d`. A memory known at one time has no drift to judge.
 */
export function familiarMetrics(simulator: string, readings: readonly Reading[]): Accuracies {
  if (simulator === "aihwkit") {
    return Object.fromEntries(readings.map((reading) => [reading.metric, reading.accuracy_pct]));
  }
  return Object.fromEntries((["noisy", "hwt"] as const).flatMap((condition) => {
    const timed = readings.filter((reading) =>
      reading.condition === condition && reading.t_inference_s !== null
    );
    const [first] = timed, last = timed[timed.length - 1];
    const day = timed.find(({ t_inference_s }) => t_inference_s === DAY_S);
    const named: [string, Reading][] = [[condition, first], [`${condition}@1d`, day ?? first]];
    if (timed.length > 1) named.push([`${condition}@60s`, first], [`${condition}@30d`, last]);
    return named.map(([metric, { accuracy_pct }]) => [metric, accuracy_pct]);
  }));
}
