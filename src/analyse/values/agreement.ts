/** How far the table agrees with itself: copies of one function, and pairs of metrics. */
import type { Study } from "../study.ts";
import { TARGET } from "../table/statistics.ts";
import { type Entry, withInterval } from "./entry.ts";

/** Sizes of "the best" whose overlaps are quoted. */
const TOP = [10, 50, 100, 500, 1000];

export function reproducibility(study: Study): Entry[] {
  const { noiseFloor, publishedRuleFloor, retest, retestCompetent } = study;
  return [
    ["noise_floor.classes", noiseFloor[0].classes],
    ["noise_floor.cells", noiseFloor[0].cells],
    ...noiseFloor.flatMap((floor): Entry[] => [
      ...withInterval(`noise_floor.${floor.metric}`, floor.sd_pct),
      [`noise_floor.${floor.metric}.typical`, floor.typical_sd_pct],
    ]),
    ...publishedRuleFloor.flatMap((floor): Entry[] =>
      withInterval(`noise_floor.nats_bench.${floor.metric}`, floor.sd_pct)
    ),
    ...noiseFloor.flatMap(({ metric, published_sd_pct }): Entry[] =>
      published_sd_pct === null ? [] : [[`published_sd.${metric}`, published_sd_pct]]
    ),
    ...retest.flatMap(({ metric, tau, ceiling }) => [
      ...withInterval(`retest.${metric}`, tau),
      ...withInterval(`ceiling.${metric}`, ceiling),
    ]),
    ...retestCompetent.flatMap(({ metric, tau, ceiling }) => [
      ...withInterval(`retest_above_90.${metric}`, tau),
      ...withInterval(`ceiling_above_90.${metric}`, ceiling),
    ]),
  ];
}

export function ranks(study: Study): Entry[] {
  const { metrics } = study.benchmark;
  return [
    ["table.baseline_above_90", study.groups.competent.length],
    ...metrics.flatMap((a, i) =>
      metrics.slice(i + 1).flatMap((b, k): Entry[] => [
        ...withInterval(`kendall.${a}~${b}`, study.kendall(a, b)),
        [`spearman.${a}~${b}`, study.spearman[i][i + 1 + k]],
        ...TOP.map((size): Entry => [`overlap.${a}~${b}.${size}`, study.overlap(a, b)[size - 1]]),
      ])
    ),
    ...metrics.flatMap((metric): Entry[] => [
      ...withInterval(`kendall_above_90.${metric}`, study.kendallCompetent(metric)),
      ...TOP.map((k): Entry => [`topk.${metric}.${k}`, study.overlap(metric, TARGET)[k - 1]]),
    ]),
  ];
}
