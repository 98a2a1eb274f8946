/** How many cells there are and how accurate they are. */
import { prng } from "../../random.ts";
import { CELL_COUNT, cellAt, cellText } from "../../space/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import { type Metric, METRICS } from "../../table/schema.ts";
import {
  bootstrapMeans,
  bootstrapMedians,
  expectedBest,
  percentileInterval,
  summarize,
  topK,
} from "../../stats/mod.ts";
import { CLASSES, CONNECTED } from "../table/features.ts";
import { type Outcome, outcomeValues, take } from "../table/outcome.ts";
import { type Entry, TARGET, withInterval } from "./entry.ts";

/** Differences whose mean and median are quoted. */
const DIFFERENCES = ["hwt_gap", "hwt_gap@1d", "drift_drop.hwt", "drift_drop.noisy"] as const;
/** Draws of random search. */
const BUDGETS = [10, 50, 100, 200, 500];

export function counts(): Entry[] {
  return [
    ["table.rows", CELL_COUNT * METRICS.length],
    ["table.cells", CELL_COUNT],
    ["table.metrics", METRICS.length],
    ["table.disconnected", CELL_COUNT - CONNECTED.length],
    ["table.connected", CONNECTED.length],
    ["table.isomorphism_classes", new Set(CLASSES).size],
  ];
}

export function levels(benchmark: Benchmark, seed: number): Entry[] {
  const outcomes: Outcome[] = [...METRICS, ...DIFFERENCES];
  const columns = outcomes.map((outcome) => take(outcomeValues(benchmark, outcome), CONNECTED));
  const clusters = take(CLASSES, CONNECTED);
  const means = bootstrapMeans(columns, clusters, prng(seed, "means"));
  const medians = bootstrapMedians(columns, clusters, prng(seed, "medians"), 400);
  return outcomes.flatMap((outcome, k) => {
    const { mean, median } = summarize(columns[k]);
    const isMetric = k < METRICS.length;
    return [
      ...withInterval(
        isMetric ? `mean.${outcome}` : `${outcome}.mean`,
        percentileInterval(mean, means[k]),
      ),
      ...withInterval(
        isMetric ? `median.${outcome}` : `${outcome}.median`,
        percentileInterval(median, medians[k]),
      ),
      ...(isMetric ? best(benchmark, METRICS[k]) : []),
    ];
  });
}

function best(benchmark: Benchmark, metric: Metric): Entry[] {
  const y = benchmark.accuracy(metric), [first] = topK(y, 1);
  return [[`best.${metric}`, y[first]], [`best.${metric}.cell`, cellText(cellAt(first))]];
}

export function randomSearch(benchmark: Benchmark): Entry[] {
  const target = benchmark.accuracy(TARGET);
  return BUDGETS.map((n) => [`random_search.${TARGET}.${n}`, expectedBest(target, n)]);
}
