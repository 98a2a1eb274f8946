import type { Study } from "../study.ts";
import type { Metric } from "../../table/schema.ts";
import { influenceInterval, kendallInfluence, ratioInterval } from "../../stats/mod.ts";
import { CONNECTED, EXPRESSIONS } from "../table/features.ts";
import { take } from "../table/outcome.ts";
import { type Claim, claim, type Criterion, criterion } from "./claim.ts";

/** Less than this share of the fall from baseline to noisy counts as not captured. */
const CAPTURED_SHARE = 0.5;
/** Below it fewer than three of four pairs of cells are in the same order. */
const AGREEING_TAU = 0.5;
/** More tau-b than the baseline's counts as information of quantization's own. */
const ADDED_TAU = 0.05;

/** Quantized conditions that the claim speaks of. */
export const QUANTIZED = ["ptq", "qat"] as const;
type Quantized = (typeof QUANTIZED)[number];

/**
 * Accuracy after quantization against accuracy with analog noise, over a list of cells.
 *
 * @param accuracy of each metric, per cent [cells]
 * @param clusters what is no independent evidence of each other [cells]
 * @param quantized conditions that are there
 */
export function quantizationCriteria(
  accuracy: (metric: Metric) => Float64Array,
  clusters: ArrayLike<number>,
  quantized: readonly Quantized[] = QUANTIZED,
): readonly Criterion[] {
  const baseline = accuracy("baseline"), noisy = accuracy("noisy");
  const digital = kendallInfluence(baseline, noisy);

  const tests = quantized.map((id) => {
    const column = accuracy(id), tau = kendallInfluence(column, noisy);
    const [captured, wanted] = [column, noisy].map((y) => y.map((value, i) => baseline[i] - value));
    const fall = ratioInterval(captured, wanted, clusters);
    const added = influenceInterval(
      tau.tau - digital.tau,
      tau.influence.map((v, i) => v - digital.influence[i]),
      clusters,
    );
    const name = id.toUpperCase();
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
        influenceInterval(tau.tau, tau.influence, clusters),
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
export function quantizationClaim(study: Study): Claim {
  return claim(
    "quantization_misses_noise",
    "PTQ and QAT fail to capture the noise of analog in-memory computing.",
    quantizationCriteria(
      (metric) => take(study.benchmark.accuracy(metric), CONNECTED),
      take(EXPRESSIONS, CONNECTED),
    ),
  );
}
