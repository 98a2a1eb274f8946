/** `paper/values.json`: every number that the paper and the README quote, one flat object. */
import { prng } from "../random.ts";
import { CELL_COUNT, cellAt, cellText, EDGES, OPERATIONS } from "../space/mod.ts";
import { type Metric, METRICS } from "../table/schema.ts";
import type { Benchmark } from "../table/mod.ts";
import {
  bootstrapMeans,
  bootstrapMedians,
  type Interval,
  percentileInterval,
} from "./bootstrap.ts";
import { CLASSES, CONNECTED } from "./cells.ts";
import { claims } from "./claims.ts";
import type { Verdict } from "./claims/claim.ts";
import { CONTRADICTION_RULES, contradictions } from "./contradiction.ts";
import { driftSensitivity } from "./drift_sensitivity.ts";
import { expectedBest } from "./expected_best.ts";
import { functionalAnova } from "./functional_anova.ts";
import { matchedSwaps, OPERATION_PAIRS, type SwapEffect } from "./matched_swap.ts";
import { noiseFloor, retest } from "./noise_floor.ts";
import { type Outcome, outcomeValues, take } from "./outcome.ts";
import { denseRanks, spearmanMatrix, topK, topKOverlapCurve } from "./rank.ts";
import { influenceInterval, influenceOfRanks, kendallInterval } from "./rank_interval.ts";
import { summarize } from "./summary.ts";

/** Dotted key -> number, or text. */
export type Values = Readonly<Record<string, number | string>>;
type Entry = readonly [string, number | string];

/** What a search is after, and what other metrics are judged by. */
const TARGET = "hwt@1d";
/** Per cent; cells above it are the good ones of a digital view. */
const GOOD_BASELINE = 90;
/** Family-wise level of the matched swaps, after Holm's correction. */
const SIGNIFICANCE = 0.05;
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
 * @param onProgress told before each part; there are `VALUE_PARTS`
 */
export function values(
  benchmark: Benchmark,
  seed = 0,
  onProgress: (done: number, note: string) => void = () => {},
): Values {
  return Object.fromEntries(PARTS.flatMap(([name, part], done) => {
    onProgress(done, name);
    return part(benchmark, seed);
  }));
}

/** Parts in the order of their keys. */
const PARTS: readonly (readonly [string, (benchmark: Benchmark, seed: number) => Entry[]])[] = [
  ["counts", counts],
  ["levels", levels],
  ["reproducibility", reproducibility],
  ["ranks", ranks],
  ["matched swaps", swaps],
  ["variance", anova],
  ["random search", randomSearch],
  ["contradictions", oddities],
  ["claims", verdicts],
];

/** How many steps `values` reports. */
export const VALUE_PARTS = PARTS.length;

function randomSearch(benchmark: Benchmark): Entry[] {
  const target = benchmark.accuracy(TARGET);
  return BUDGETS.map((n) => [`random_search.${TARGET}.${n}`, expectedBest(target, n)]);
}

function oddities(benchmark: Benchmark): Entry[] {
  const found = contradictions(benchmark);
  return [
    ["contradictions.count", found.length],
    ["contradictions.cells", new Set(found.map((entry) => entry.cell_index)).size],
    ...Object.keys(CONTRADICTION_RULES).map((rule): Entry => [
      `contradictions.${rule}`,
      found.filter((entry) => entry.rule === rule).length,
    ]),
  ];
}

function verdicts(benchmark: Benchmark, seed: number): Entry[] {
  const tested = claims(benchmark, seed);
  const count = (verdict: Verdict) => tested.filter((claim) => claim.verdict === verdict).length;
  return [
    ["claims.count", tested.length],
    ["claims.supported", count("supported")],
    ["claims.supported_in_part", count("supported in part")],
    ["claims.not_supported", count("not supported")],
    ...tested.flatMap(({ id, statement, verdict, criteria }): Entry[] => [
      [`claims.${id}.statement`, statement],
      [`claims.${id}.verdict`, verdict],
      [`claims.${id}.criteria`, criteria.length],
      [`claims.${id}.criteria_met`, criteria.filter((c) => c.met).length],
      [`claims.${id}.criterion`, criteria[0].text],
      [`claims.${id}.unit`, criteria[0].unit],
      [`claims.${id}.effect`, criteria[0].effect.estimate],
      [`claims.${id}.ci_low`, criteria[0].effect.low],
      [`claims.${id}.ci_high`, criteria[0].effect.high],
      ...criteria.flatMap((c): Entry[] => [
        ...withInterval(`claims.${id}.${c.id}`, c.effect),
        [`claims.${id}.${c.id}.text`, c.text],
        [`claims.${id}.${c.id}.unit`, c.unit],
        [`claims.${id}.${c.id}.met`, c.met ? "met" : "not met"],
      ]),
    ]),
  ];
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

/** Differences whose mean and median are quoted. */
const DIFFERENCES = ["hwt_gap", "hwt_gap@1d", "drift_drop.hwt", "drift_drop.noisy"] as const;

function levels(benchmark: Benchmark, seed: number): Entry[] {
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
  const ranked = columns.map(denseRanks), rho = spearmanMatrix(columns);
  const baseline = benchmark.accuracy("baseline"), target = benchmark.accuracy(TARGET);
  const good = CONNECTED.filter((i) => baseline[i] > GOOD_BASELINE);
  return [
    ["table.baseline_above_90", good.length],
    ...METRICS.flatMap((a, i) =>
      METRICS.slice(i + 1).flatMap((b, k) => {
        const { tau, influence } = influenceOfRanks(ranked[i], ranked[i + 1 + k]);
        const overlap = topKOverlapCurve(columns[i], columns[i + 1 + k], Math.max(...TOP));
        return [
          ...withInterval(`kendall.${a}~${b}`, influenceInterval(tau, influence, CLASSES)),
          [`spearman.${a}~${b}`, rho[i][i + 1 + k]],
          ...TOP.map((size): Entry => [`overlap.${a}~${b}.${size}`, overlap[size - 1]]),
        ] as Entry[];
      })
    ),
    ...METRICS.flatMap((metric, m): Entry[] => {
      const overlap = topKOverlapCurve(columns[m], target, Math.max(...TOP));
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

function swaps(benchmark: Benchmark, seed: number): Entry[] {
  const withSkip = OPERATION_PAIRS.filter(([first]) => OPERATIONS[first] === "skip_connect");
  const effects = matchedSwaps(benchmark, SWAP_OUTCOMES, prng(seed, "matched_swaps"), withSkip);
  return [
    ["matched.tests", effects.length],
    ...effects.flatMap(({ outcome, other, edge, n, mean, p_holm }): Entry[] => {
      const key = `matched.${outcome}.skip_minus.${other}.edge${edge}`;
      return [...withInterval(key, mean), [`${key}.n`, n], [`${key}.p_holm`, p_holm]];
    }),
    ...SWAP_OUTCOMES.flatMap((outcome): Entry[] => {
      const clear = effects.filter((e) => e.outcome === outcome && e.p_holm < SIGNIFICANCE);
      const lower = clear.filter((e) => e.mean.estimate < 0);
      const higher = clear.filter((e) => e.mean.estimate > 0);
      const key = `matched.${outcome}`;
      return [
        [`${key}.lower_with_skip`, lower.length],
        [`${key}.lower_with_skip.where`, places(lower)],
        [`${key}.higher_with_skip`, higher.length],
        [`${key}.higher_with_skip.where`, places(higher)],
      ];
    }),
    ...driftSensitivity(benchmark, prng(seed, "drift_sensitivity")).flatMap((row) => {
      const key = `skip_minus.${row.other}`;
      return [
        ...withInterval(`drift_start.${row.condition}.${key}`, row.start),
        ...withInterval(`drift_lost_share.${row.condition}.${key}`, row.lost_share),
      ];
    }),
  ];
}

/** Swaps in words: "against avg_pool_3x3 on (0,1), (0,2); against ...". */
function places(effects: readonly SwapEffect[]): string {
  return [...Map.groupBy(effects, ({ other }) => other)].map(([other, swaps]) => {
    const edges = swaps.map(({ edge }) => `(${EDGES[edge].join(",")})`);
    return `against ${other} on ${edges.join(", ")}`;
  }).join("; ");
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
