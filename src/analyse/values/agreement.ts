/** How far the table agrees with itself: copies of one function, and pairs of metrics. */
import { prng } from "../../random.ts";
import type { Benchmark } from "../../table/mod.ts";
import { METRICS } from "../../table/schema.ts";
import { CLASSES, CONNECTED } from "../table/features.ts";
import { noiseFloor, retest } from "../table/noise_floor.ts";
import { take } from "../table/outcome.ts";
import {
  denseRanks,
  influenceInterval,
  influenceOfRanks,
  kendallInterval,
  overlapCurve,
  spearmanMatrix,
  topK,
} from "../../stats/mod.ts";
import { type Entry, TARGET, withInterval } from "./entry.ts";

/** Per cent; cells above it are the good ones of a digital view. */
const GOOD_BASELINE = 90;
const TOP = [10, 50, 100, 500, 1000];

export function reproducibility(benchmark: Benchmark, seed: number): Entry[] {
  const floors = noiseFloor(benchmark, prng(seed, "noise_floor"));
  const retests = retest(benchmark, prng(seed, "retest"));
  const good = retest(benchmark, prng(seed, "retest_above_90"), GOOD_BASELINE);
  return [
    ["noise_floor.classes", floors[0].classes],
    ["noise_floor.cells", floors[0].cells],
    ...floors.flatMap((floor): Entry[] => [
      ...withInterval(`noise_floor.${floor.metric}`, floor.sd_pct),
      [`noise_floor.${floor.metric}.typical`, floor.typical_sd_pct],
    ]),
    ...floors.filter((floor) => floor.published_sd_pct !== null).map((floor): Entry => [
      `published_sd.${floor.metric}`,
      floor.published_sd_pct!,
    ]),
    ...retests.flatMap(({ metric, tau, ceiling }) => [
      ...withInterval(`retest.${metric}`, tau),
      ...withInterval(`ceiling.${metric}`, ceiling),
    ]),
    ...good.flatMap(({ metric, tau, ceiling }) => [
      ...withInterval(`retest_above_90.${metric}`, tau),
      ...withInterval(`ceiling_above_90.${metric}`, ceiling),
    ]),
  ];
}

export function ranks(benchmark: Benchmark): Entry[] {
  const columns = METRICS.map((metric) => benchmark.accuracy(metric));
  const best = columns.map((column) => topK(column, Math.max(...TOP)));
  const ranked = columns.map((column) => denseRanks(column)), rho = spearmanMatrix(columns);
  const baseline = benchmark.accuracy("baseline"), target = benchmark.accuracy(TARGET);
  const good = CONNECTED.filter((i) => baseline[i] > GOOD_BASELINE);
  return [
    ["table.baseline_above_90", good.length],
    ...METRICS.flatMap((a, i) =>
      METRICS.slice(i + 1).flatMap((b, k) => {
        const { tau, influence } = influenceOfRanks(ranked[i], ranked[i + 1 + k]);
        const overlap = overlapCurve(best[i], best[i + 1 + k]);
        return [
          ...withInterval(`kendall.${a}~${b}`, influenceInterval(tau, influence, CLASSES)),
          [`spearman.${a}~${b}`, rho[i][i + 1 + k]],
          ...TOP.map((size): Entry => [`overlap.${a}~${b}.${size}`, overlap[size - 1]]),
        ] as Entry[];
      })
    ),
    ...METRICS.flatMap((metric, m): Entry[] => {
      const overlap = overlapCurve(best[m], best[METRICS.indexOf(TARGET)]);
      return [
        ...withInterval(
          `kendall_above_90.${metric}`,
          kendallInterval(take(columns[m], good), take(target, good), take(CLASSES, good)),
        ),
        ...TOP.map((k): Entry => [`topk.${metric}.${k}`, overlap[k - 1]]),
      ];
    }),
  ];
}
