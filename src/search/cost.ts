import { finiteNumber } from "../arguments.ts";
import { allCells, complexityIn, PUBLISHED_SKELETON } from "../space/mod.ts";
import { type Condition, type Metric, metricParts } from "../table/schema.ts";

/**
 * Epochs of training behind a condition in the published study: 200 for the digital network, 20 more
 * for quantization-aware and 200 more for hardware-aware training. PTQ and `noisy` train nothing of
 * their own, and nothing is known of another condition: it is charged as the digital network. The evaluation itself, at any inference time, is not charged.
 */
const EPOCHS: Readonly<Record<Condition, number>> = {
  baseline: 200,
  ptq: 200,
  noisy: 200,
  qat: 220,
  hwt: 400,
};

/** Training images an epoch: CIFAR-10 whole. */
const IMAGES = 50_000;

/** A training step costs about three forward passes (forward, and gradients of inputs and weights). */
const PASSES = 3;

/** Assumed sustained speed of the simulated accelerator, multiply-adds a second. */
export const MACS_PER_SECOND = 1e12;

/** MACs of an image through the published network (C = 16, N = 5), by cell_index [15625]. */
export const MACS: Float64Array = Float64Array.from(
  allCells().map(complexityIn(PUBLISHED_SKELETON)),
  ({ macs }) => macs,
);

/** Simulated seconds that one query of `metric` costs for a network of `macs` multiply-adds. */
export function queryCost_s(macs: number, metric: Metric): number {
  finiteNumber("Multiply-adds", macs, 0);
  return (macs * PASSES * IMAGES * (EPOCHS[metricParts(metric).condition] ?? EPOCHS.baseline)) /
    MACS_PER_SECOND;
}
