/** Accuracy after programming: of published cells and of own measurements, as curves. SVG as text. */
import { conditionWords, timeInWords } from "../figure/grammar/metrics.ts";
import { metricParts } from "../table/schema.ts";
import type { Curve, CurvePoint } from "./curves.ts";
import { curvesSvg } from "./curves.ts";
import type { Measurement } from "./measurement.ts";
import type { Benchmark } from "../table/query.ts";

/** Metrics of a condition with a time, by time. */
const timed = (metrics: readonly string[], condition: string) =>
  metrics.filter((metric) => metric.startsWith(`${condition}@`))
    .map((metric) => ({ metric, t_s: metricParts(metric).t_inference_s! }))
    .sort((a, b) => a.t_s - b.t_s);

/** Conditions of which a table holds times, hardware-aware training ahead of what it is to mend. */
export const drifting = (metrics: readonly string[]): readonly string[] =>
  [
    ...new Set(metrics.filter((m) => m.includes("@")).map((m) => metricParts(m).condition)),
  ].reverse();

/** Where a time stands on the logarithmic scale, which has no 0: what is read at once stands at 1 s. */
const placeOf = (t_s: number) => Math.max(t_s, 1);

/** A published cell's drift under one condition; the band is one SD over read-outs to either side. */
export function publishedDrift(
  { metrics, accuracy, sd }: Benchmark,
  cell_index: number,
  condition: string,
  label: string,
): Curve {
  return {
    label,
    points: timed(metrics, condition).map(({ metric, t_s }) => {
      const y = accuracy(metric)[cell_index], own = sd(metric)?.[cell_index] ?? null;
      const [low, high] = own === null ? [null, null] : [y - own, y + own];
      return { x: placeOf(t_s), y, low, high };
    }),
  };
}

/** Own measurements with a time as curves, one for each condition of each setting; the band is the interval. */
export function measuredDrift(measurements: readonly Measurement[]): readonly Curve[] {
  const withTime = measurements.filter(({ metric }) => metric.includes("@"));
  const series = Map.groupBy(
    withTime,
    ({ metric, study, setting, memory }) =>
      `${conditionWords(metricParts(metric).condition).label}, ${study} ${setting}, ${memory}`,
  );
  return [...series].map(([label, own]) => ({
    label,
    points: own.map(({ metric, accuracy_pct, low_pct, high_pct }): CurvePoint => ({
      x: placeOf(metricParts(metric).t_inference_s!),
      y: accuracy_pct,
      low: low_pct,
      high: high_pct,
    })).sort((a, b) => a.x - b.x),
  }));
}

/** Ticks of a drift curve; those that curves do not reach are left out, and a minute where another is near. */
const TICKS: readonly (readonly [number, string])[] = [
  [1, "1s"],
  [27, "27s"],
  [60, "60s"],
  [3600, "1h"],
  [86_400, "1d"],
  [2_592_000, "30d"],
  [31_536_000, "1y"],
];

/** Curves over the time since programming. */
export function driftCurves(
  curves: readonly Curve[],
  said: string,
  ends?: readonly [number, number],
): string {
  const times = curves.flatMap(({ points }) => points.map(({ x }) => x));
  const [from, to] = [Math.min(...times, 60), Math.max(...times, 86_400)];
  const ticks = TICKS.filter(([t]) => t >= from && t <= to && !(t === 60 && from < 60))
    .map(([t, text]) => [t, timeInWords(text)] as const);
  return curvesSvg({ curves, ticks, said, ...(ends === undefined ? {} : { ends }) });
}
