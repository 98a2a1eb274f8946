/** `paper/values.json`: every number that the paper and the README quote, one flat object. */
import { prng } from "../random.ts";
import { CELL_COUNT, cellAt, cellText, OPERATIONS } from "../space/mod.ts";
import { METRICS } from "../table/schema.ts";
import type { Benchmark } from "../table/mod.ts";
import type { Interval } from "./bootstrap.ts";
import { CLASSES, CONNECTED } from "./cells.ts";
import { expectedBest } from "./expected_best.ts";
import { functionalAnova } from "./functional_anova.ts";
import { matchedSwaps, OPERATION_PAIRS } from "./matched_swap.ts";
import { noiseFloor, retest } from "./noise_floor.ts";
import { type Outcome, outcomeValues, take } from "./outcome.ts";
import { kendallMatrix, kendallTauB, topK, topKOverlap } from "./rank.ts";
import { summarize } from "./summary.ts";

/** Dotted key -> number, or text. */
export type Values = Readonly<Record<string, number | string>>;
type Entry = readonly [string, number | string];

/** What a search is after, and what other metrics are judged by. */
const TARGET = "hwt@1d";
/** Per cent; cells above it are the good ones of a digital view. */
const GOOD_BASELINE = 90;
const TOP = [10, 50, 100, 500, 1000];
const BUDGETS = [10, 50, 100, 200, 500];
const ANOVA_OUTCOMES: readonly Outcome[] = [
  "baseline",
  "noisy",
  "hwt",
  "hwt@30d",
  "drift_drop.hwt",
];
const SWAP_OUTCOMES: readonly Outcome[] = ["drift_drop.hwt", "drift_drop.noisy", "hwt@30d"];

/** An interval's keys: the estimate at `key` itself. */
const withInterval = (key: string, { estimate, low, high }: Interval): Entry[] => [
  [key, estimate],
  [`${key}.ci_low`, low],
  [`${key}.ci_high`, high],
];

/**
 * All numbers of the study of one table. Equal tables and seeds give equal numbers, in equal order.
 *
 * @param seed of the bootstrap; each part draws from a sub-stream of its own
 */
export function values(benchmark: Benchmark, seed = 0): Values {
  return Object.fromEntries([
    ...counts(),
    ...levels(benchmark),
    ...reproducibility(benchmark, seed),
    ...ranks(benchmark),
    ...swaps(benchmark, seed),
    ...anova(benchmark),
    ...BUDGETS.map((n): Entry => [
      `random_search.${TARGET}.${n}`,
      expectedBest(benchmark.accuracy(TARGET), n),
    ]),
  ]);
}

function counts(): Entry[] {
  return [
    ["table.rows", CELL_COUNT * METRICS.length],
    ["table.cells", CELL_COUNT],
    ["table.metrics", METRICS.length],
    ["table.disconnected", CELL_COUNT - CONNECTED.length],
    ["table.connected", CONNECTED.length],
    ["table.isomorphism_classes", new Set(CLASSES).size],
  ];
}

function levels(benchmark: Benchmark): Entry[] {
  const summary = (outcome: Outcome) =>
    summarize(take(outcomeValues(benchmark, outcome), CONNECTED));
  return [
    ...METRICS.flatMap((metric): Entry[] => {
      const { mean, median } = summary(metric);
      const y = benchmark.accuracy(metric), [best] = topK(y, 1);
      return [
        [`mean.${metric}`, mean],
        [`median.${metric}`, median],
        [`best.${metric}`, y[best]],
        [`best.${metric}.cell`, cellText(cellAt(best))],
      ];
    }),
    ...(["hwt_gap", "drift_drop.hwt", "drift_drop.noisy"] as const).flatMap((outcome): Entry[] => {
      const { mean, median } = summary(outcome);
      return [[`${outcome}.mean`, mean], [`${outcome}.median`, median]];
    }),
  ];
}

function reproducibility(benchmark: Benchmark, seed: number): Entry[] {
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

function ranks(benchmark: Benchmark): Entry[] {
  const columns = METRICS.map((metric) => benchmark.accuracy(metric));
  const tau = kendallMatrix(columns);
  const baseline = benchmark.accuracy("baseline"), target = benchmark.accuracy(TARGET);
  const good = CONNECTED.filter((i) => baseline[i] > GOOD_BASELINE);
  return [
    ["table.baseline_above_90", good.length],
    ...METRICS.flatMap((a, i) =>
      METRICS.slice(i + 1).map((b, k): Entry => [`kendall.${a}~${b}`, tau[i][i + 1 + k]])
    ),
    ...METRICS.flatMap((metric, m): Entry[] => [
      [`kendall_above_90.${metric}`, kendallTauB(take(columns[m], good), take(target, good))],
      ...TOP.map((k): Entry => [`topk.${metric}.${k}`, topKOverlap(columns[m], target, k)]),
    ]),
  ];
}

function swaps(benchmark: Benchmark, seed: number): Entry[] {
  const withSkip = OPERATION_PAIRS.filter(([first]) => OPERATIONS[first] === "skip_connect");
  return matchedSwaps(benchmark, SWAP_OUTCOMES, prng(seed, "matched_swaps"), withSkip)
    .flatMap(({ outcome, other, edge, n, mean, p_holm }): Entry[] => {
      const key = `matched.${outcome}.skip_minus.${other}.edge${edge}`;
      return [...withInterval(key, mean), [`${key}.n`, n], [`${key}.p_holm`, p_holm]];
    });
}

function anova(benchmark: Benchmark): Entry[] {
  return ANOVA_OUTCOMES.flatMap((outcome): Entry[] => {
    const { mainShares, pairShares, orderShares } = functionalAnova(
      outcomeValues(benchmark, outcome),
    );
    return [
      ...mainShares.map((share, e): Entry => [`anova.${outcome}.edge${e}`, share]),
      ...pairShares.map(({ edges, share }): Entry => [
        `anova.${outcome}.pair${edges.join("")}`,
        share,
      ]),
      ...orderShares.map((share, k): Entry => [`anova.${outcome}.order${k + 1}`, share]),
    ];
  });
}
