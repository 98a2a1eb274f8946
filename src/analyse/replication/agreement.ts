/** How far both sources rank cells alike, and how far noise between trainings would let them. */
import type { Prng } from "../../random.ts";
import {
  type Interval,
  kendallInterval,
  kendallTauB,
  mapped,
  mean,
  standardError,
} from "../../stats/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import type { Metric } from "../../table/schema.ts";
import { copyNoise } from "../table/copy_noise.ts";
import { carryInterval, type Replicated } from "./replicated.ts";

/** Rank agreement of one metric between both sources. */
export interface Agreement {
  readonly metric: Metric;
  /** Tau-b over the cells; interval from its influence values, in closed form. */
  readonly tau: Interval;
  /**
   * Tau-b that two measurements of one truth would reach on average: the published accuracies stand for
   * the truth, and meet the noise of the published copies of their accuracy (`copyNoise`) on one side, on
   * the other that of the seeds here, normal with their pooled SD (where no cell has several, that of the
   * copies again). One SD for all cells on both sides, dominated by those that collapse, would put the
   * ceiling too low. What is left errs the other way: the accuracies hold noise already and lie further
   * apart than the truth. Between the copies themselves the two nearly cancel, within 0.02.
   */
  readonly ceiling: number;
  /** Standard Monte Carlo error of the ceiling. */
  readonly ceiling_mc_error: number;
  /** Mean accuracy of the cells, per cent. */
  readonly measured_pct: number;
  readonly published_pct: number;
}

/**
 * Tau-b over cells with its interval from their influence on it, which a few cells cannot give.
 *
 * @param clusters what is no independent evidence of each other
 */
export function tauOverCells(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  clusters: ArrayLike<number>,
): Interval {
  const { estimate, low, high } = kendallInterval(x, y, clusters);
  if (!carryInterval(clusters)) return { estimate, low: -1, high: 1 };
  return { estimate, low: Math.max(low, -1), high: Math.min(high, 1) };
}

/** Pairs of repetitions that a ceiling is the mean of. */
const REPETITIONS = 1000;

/**
 * Agreement of every metric; the interval of fewer than 6 expressions is all of -1..1. Throws RangeError for
 * fewer than 2 cells.
 */
export function agreement(
  { metrics, cells, clusters, measured, published, seedSd_pct }: Replicated,
  benchmark: Benchmark,
  random: Prng,
): readonly Agreement[] {
  if (cells.length < 2) {
    throw new RangeError(`Rank agreement needs two cells or more, not ${cells.length}.`);
  }
  return metrics.map((metric) => {
    const x = measured[metric], y = published[metric];
    const noises = Array.from(y, copyNoise(benchmark, metric)), sd = seedSd_pct[metric];
    const there = () => mapped(y, (value, i) => value + noises[i](random));
    const here = () => sd === null ? there() : mapped(y, (value) => value + sd * random.normal());
    const repeated = Array.from({ length: REPETITIONS }, () => kendallTauB(there(), here()));
    return {
      metric,
      tau: tauOverCells(x, y, clusters),
      ceiling: mean(repeated),
      ceiling_mc_error: standardError(repeated) / Math.sqrt(REPETITIONS),
      measured_pct: mean(x),
      published_pct: mean(y),
    };
  });
}
