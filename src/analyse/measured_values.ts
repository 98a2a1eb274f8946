/** Numbers of this workspace's own measurements, for paper/values.json. */
import { type Prng, prng } from "../random.ts";
import type { Benchmark, Measured } from "../table/mod.ts";
import { type Metric, METRICS } from "../table/schema.ts";
import { bootstrapMeans, type Interval, percentileInterval } from "./bootstrap.ts";
import { agreement, type Replicated, replicated, skipPairs } from "./replication.ts";
import { variantEffects } from "./variants.ts";

/** What a claim's headline comes to on the cells measured here. */
export interface OwnVerdict {
  /** Id of the claim. */
  readonly claim: "hwt_closes_gap" | "quantization_misses_noise" | "skips_slow_drift";
  /** Cells, or matched pairs, behind it. */
  readonly n: number;
  /** Percentage points, except for `quantization_misses_noise`: mean squared rank distance per cell. */
  readonly effect: Interval;
  readonly verdict: "supported" | "not supported" | "open" | "too few cells";
}

/** Fewer observations than this give no verdict. */
const ENOUGH = 6;

/**
 * Headlines of the claims that few cells can speak to, each an effect that the claim wants above 0:
 *
 * - `hwt_closes_gap`: accuracy after 1 day with HWT less without.
 * - `quantization_misses_noise`: how much further a cell's rank under PTQ is from its rank after HWT and 1
 *   day than its rank under HWT before programming is (squared distances).
 * - `skips_slow_drift`: drift drop after HWT with another operation less that with a skip connection.
 */
export function ownVerdicts(data: Replicated, random: Prng): readonly OwnVerdict[] {
  const { measured } = data;
  const [ptq, hwt, later] = (["ptq", "hwt", "hwt@1d"] as const).map((m) => rank(measured[m]));
  const pairs = skipPairs(data, "drift_drop.hwt");
  const judge = (
    claim: OwnVerdict["claim"],
    values: readonly number[],
    clusters: readonly number[],
  ): OwnVerdict => {
    const estimate = mean(values), n = values.length;
    if (new Set(clusters).size < ENOUGH) {
      return { claim, n, effect: { estimate, low: NaN, high: NaN }, verdict: "too few cells" };
    }
    const effect = percentileInterval(estimate, bootstrapMeans([values], clusters, random)[0]);
    const verdict = effect.low > 0 ? "supported" : effect.high < 0 ? "not supported" : "open";
    return { claim, n, effect, verdict };
  };
  const cells = [...data.cells];
  return [
    judge(
      "hwt_closes_gap",
      cells.map((_, k) => measured["hwt@1d"][k] - measured["noisy@1d"][k]),
      cells,
    ),
    judge(
      "quantization_misses_noise",
      cells.map((_, k) => (ptq[k] - later[k]) ** 2 - (hwt[k] - later[k]) ** 2),
      cells,
    ),
    judge(
      "skips_slow_drift",
      pairs.map(({ measured }) => -measured),
      pairs.map(({ cell_index }) => cell_index),
    ),
  ];
}

/** All numbers of the own measurements; none of a study that has too few cells to say anything. */
export function measuredValues(
  benchmark: Benchmark,
  { replication, ablation, protocols }: Measured,
  seed = 0,
): Readonly<Record<string, number | string>> {
  const values: Record<string, number | string> = {};
  const data = replicated(replication, benchmark);
  values["replication.cells"] = data.cells.length;
  values["replication.seeded_cells"] = data.seededCells;
  if (data.cells.length >= 2) {
    for (const a of agreement(data, benchmark, prng(seed, "replication"))) {
      values[`replication.tau.${a.metric}`] = a.tau.estimate;
      values[`replication.tau.${a.metric}.ci_low`] = a.tau.low;
      values[`replication.tau.${a.metric}.ci_high`] = a.tau.high;
      values[`replication.ceiling.${a.metric}`] = a.ceiling;
      values[`replication.mean.${a.metric}`] = a.measured_pct;
      values[`replication.published_mean.${a.metric}`] = a.published_pct;
    }
    for (const { claim, n, effect, verdict } of ownVerdicts(data, prng(seed, "own verdicts"))) {
      values[`replication.claim.${claim}`] = verdict;
      values[`replication.claim.${claim}.n`] = n;
      if (n > 0) values[`replication.claim.${claim}.effect`] = effect.estimate;
    }
  }
  const metrics: readonly Metric[] = METRICS;
  for (const [name, study] of Object.entries({ ablation, protocols })) {
    for (const effect of variantEffects(study, metrics, prng(seed, name))) {
      const key = `${name}.${effect.setting}.${effect.value}.${effect.metric}`;
      values[key] = effect.mean_pct;
      values[`${key}.change`] = effect.change.estimate;
      if (effect.sd_pct !== null) values[`${key}.sd`] = effect.sd_pct;
      if (effect.tau !== null) values[`${key}.tau`] = effect.tau;
      values[`${name}.cells`] = effect.cells;
    }
  }
  return values;
}

/** Ranks from 0, ties by position: only distances between two rankings of the same cells are used. */
function rank(x: Float64Array): number[] {
  const order = [...x.keys()].sort((a, b) => x[a] - x[b] || a - b);
  const ranks = new Array<number>(x.length);
  order.forEach((i, r) => ranks[i] = r);
  return ranks;
}

const mean = (x: readonly number[]) => x.reduce((sum, v) => sum + v, 0) / x.length;
