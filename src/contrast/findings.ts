/**
 * What the published study found, each as one number with a side: put to every source by the same statistic.
 * Sides, references and margins were committed before any row of another space was committed or analysed; of
 * other memories 38 cells on the arrays' PCM (Joshi) were there.
 */
import type { PairedOutcomeId } from "./contrast.ts";

/** Id of a finding. */
export type FindingId =
  | "hwt_closes_gap"
  | "ptq_misses_fall"
  | "qat_misses_fall"
  | "skip_none"
  | "skip_conv3x3"
  | "skip_pool"
  | "conv3x3_conv1x1_drift"
  | "conv3x3_conv1x1_loss"
  | "wider_drift"
  | "wider_loss"
  | "side_by_side_drift"
  | "side_by_side_loss"
  | "branched"
  | "two_linear_paths";

/** A finding, and what of an effect would carry it over, contradict it, or be no effect. */
export interface Finding {
  readonly id: FindingId;
  /** A few words for panels and tables. */
  readonly name: string;
  /** What is expected, in one sentence. */
  readonly statement: string;
  /** Shares of the mean fall from `baseline` to `noisy`, or a difference of networks that differ in one thing. */
  readonly outcome: "closed.hwt" | "captured.ptq" | "captured.qat" | PairedOutcomeId;
  readonly unit: "share" | "points";
  /** Where the finding says that the effect lies: above or below the reference. */
  readonly side: "above" | "below";
  readonly reference: number;
  /**
   * Half the width of the band around the reference within which the whole interval has to lie for "no
   * effect" to be said. For differences of accuracies below what two trainings of one network differ by, so
   * that nobody could choose by it: 1 point after hardware-aware training (the published floor of copies is 2
   * to 4), 5 points with untouched weights (6). For shares a tenth of the fall.
   */
  readonly margin: number;
}

const share = (
  id: FindingId,
  name: string,
  outcome: Finding["outcome"],
  side: Finding["side"],
  statement: string,
): Finding => ({
  id,
  name,
  statement,
  outcome,
  unit: "share",
  side,
  reference: 0.5,
  margin: 0.1,
});

const difference = (
  id: FindingId,
  name: string,
  outcome: PairedOutcomeId,
  statement: string,
  margin = 1,
): Finding => ({
  id,
  name,
  statement,
  outcome,
  unit: "points",
  side: "below",
  reference: 0,
  margin,
});

/** A mean fall from `baseline` to `noisy` below this many points leaves no gap to close or to miss. */
export const SMALLEST_FALL_POINTS = 5;

/** All findings, in the order of the published study; none is added or dropped for what rows say. */
export const FINDINGS: readonly Finding[] = [
  share(
    "hwt_closes_gap",
    "HWT closes the gap",
    "closed.hwt",
    "above",
    "Hardware-aware training closes more than half of the gap",
  ),
  share(
    "ptq_misses_fall",
    "PTQ misses the fall",
    "captured.ptq",
    "below",
    "PTQ shows less than half of the fall",
  ),
  share(
    "qat_misses_fall",
    "QAT misses the fall",
    "captured.qat",
    "below",
    "QAT shows less than half of the fall",
  ),
  difference(
    "skip_none",
    "Skip for none: drift",
    "drift_drop.hwt",
    "A skip added where nothing was slows drift",
  ),
  difference(
    "skip_conv3x3",
    "Skip for 3×3: drift",
    "drift_drop.hwt",
    "A skip in place of a 3x3 convolution slows drift",
  ),
  difference(
    "skip_pool",
    "Skip for pooling: drift",
    "drift_drop.hwt",
    "A skip in place of a pooling slows drift",
  ),
  difference(
    "conv3x3_conv1x1_drift",
    "3×3 for 1×1: drift",
    "drift_drop.hwt",
    "A 3x3 in place of a 1x1 convolution slows drift",
  ),
  difference(
    "conv3x3_conv1x1_loss",
    "3×3 for 1×1: loss",
    "loss.hwt",
    "A 3x3 in place of a 1x1 convolution shrinks the loss",
  ),
  difference(
    "wider_drift",
    "Wider: drift",
    "drift_drop.hwt",
    "More channels or branches slow drift",
  ),
  difference("wider_loss", "Wider: loss", "loss.hwt", "More channels or branches shrink the loss"),
  difference(
    "side_by_side_drift",
    "Side by side: drift",
    "drift_drop.hwt",
    "Operations side by side instead of in a row slow drift",
  ),
  difference(
    "side_by_side_loss",
    "Side by side: loss",
    "loss.hwt",
    "Operations side by side instead of in a row shrink the loss",
  ),
  difference(
    "branched",
    "Two branches: drift",
    "drift_drop.hwt",
    "Two branches instead of one of equal MACs slow drift",
  ),
  difference(
    "two_linear_paths",
    "Linear paths: noisy",
    "accuracy.noisy",
    "Two linear paths instead of one lower noisy accuracy",
    5,
  ),
];
