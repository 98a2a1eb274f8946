/** From the study to the data of the explorer. */
import { CONTRADICTION_RULES, FUNCTIONS, type Study } from "../analyse/mod.ts";
import { encodeColumns, type Measurement, type Pack, packMeasurements } from "../explorer/mod.ts";

/** Columns of all metrics with their SD, copies, noise, own measurements and marks. */
export function packOf(
  { benchmark, noiseLevels, contradictions }: Study,
  measurements: readonly Measurement[] = [],
): Pack {
  const named = benchmark.metrics.flatMap((metric) => {
    const sd = benchmark.sd(metric);
    return [
      { metric, sd: false, values: benchmark.accuracy(metric) },
      ...(sd === null ? [] : [{ metric, sd: true, values: sd }]),
    ];
  });
  return {
    metrics: benchmark.metrics,
    columns: named.map(({ metric, sd }) => ({ metric, sd })),
    values: encodeColumns(named.map(({ values }) => values)),
    functions: encodeColumns([FUNCTIONS]),
    noise: Object.fromEntries(benchmark.metrics.map((metric) => [metric, noiseLevels(metric)])),
    measured: packMeasurements(measurements),
    marks: contradictions.map(({ cell_index, metric, rule }) => ({ cell_index, metric, rule })),
    rules: CONTRADICTION_RULES,
  };
}
