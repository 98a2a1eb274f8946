import type { Prng } from "../../random.ts";
import type { Study } from "../study.ts";
import type { Metric } from "../../table/schema.ts";
import {
  bootstrapMeans,
  influenceInterval,
  kendallInfluence,
  percentileInterval,
} from "../../stats/mod.ts";
import { CLASSES, CONNECTED } from "../table/features.ts";
import { take } from "../table/outcome.ts";
import { type Claim, claim, type Criterion, criterion } from "./claim.ts";

/** Less than this share of the fall from baseline to noisy counts as not captured. */
const CAPTURED_SHARE = 0.5;
/** Below it fewer than three of four pairs of cells are in the same order. */
const AGREEING_TAU = 0.5;
/** More tau-b than the baseline's counts as information of quantization's own. */
const ADDED_TAU = 0.05;

/**
 * Accuracy after quantization against accuracy with analog noise, over a list of cells.
 *
 * @param accuracy of each metric, per cent [cells]
 * @param clusters what is drawn together [cells]
 */
export function quantizationCriteria(
  accuracy: (metric: Metric) => Float64Array,
  clusters: ArrayLike<number>,
  random: Prng,
): readonly Criterion[] {
  const names = ["baseline", "ptq", "qat", "noisy"] as const;
  const columns = names.map(accuracy);
  const means = columns.map((y) => y.reduce((a, b) => a + b) / y.length);
  const drawnMeans = bootstrapMeans(columns, clusters, random);
  const taus = [0, 1, 2].map((k) => kendallInfluence(columns[k], columns[3]));

  const tests = [1, 2].map((k) => {
    const share = ([b, q, n]: readonly number[]) => (b - q) / (b - n);
    const fall = percentileInterval(
      share([means[0], means[k], means[3]]),
      drawnMeans[0].map((b, r) => share([b, drawnMeans[k][r], drawnMeans[3][r]])),
    );
    const added = influenceInterval(
      taus[k].tau - taus[0].tau,
      taus[k].influence.map((v, i) => v - taus[0].influence[i]),
      clusters,
    );
    const id = names[k], name = id.toUpperCase();
    return [
      criterion(
        `${id}_fall`,
        `${name} reproduces less than half of the mean fall from baseline to noisy`,
        "share",
        fall,
        "below",
        CAPTURED_SHARE,
      ),
      criterion(
        `${id}_tau`,
        `${name} ranks cells unlike noisy: tau-b below 0.5, fewer than 3 of 4 pairs in order`,
        "tau-b",
        influenceInterval(taus[k].tau, taus[k].influence, clusters),
        "below",
        AGREEING_TAU,
      ),
      criterion(
        `${id}_added`,
        `${name} tells no more than baseline: its tau-b with noisy is less than 0.05 higher`,
        "tau-b",
        added,
        "below",
        ADDED_TAU,
      ),
    ];
  });
  return tests.flat();
}

/** Whether quantization captures analog noise, over connected cells. */
export function quantizationClaim(study: Study, random: Prng): Claim {
  return claim(
    "quantization_misses_noise",
    "PTQ and QAT fail to capture the noise of analog in-memory computing.",
    quantizationCriteria(
      (metric) => take(study.benchmark.accuracy(metric), CONNECTED),
      take(CLASSES, CONNECTED),
      random,
    ),
  );
}
