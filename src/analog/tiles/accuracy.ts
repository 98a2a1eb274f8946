/** Accuracy of a network on crossbars. */
import type { Batch } from "../../dataset/mod.ts";
import { accuracy_pct } from "../../train/mod.ts";
import { type AnalogLogits, logitsOf } from "../logits.ts";
import type { AnalogNetwork } from "./convert.ts";
import { analogEvaluation } from "./evaluate.ts";
import type { Crossbars } from "./layer.ts";
import type { Readings } from "./program.ts";

/**
 * Loads a network for evaluation, as mapped or as read some time after programming.
 *
 * The logits of a batch are refused where they are not finite: InputError.
 */
export function analogLogits(
  crossbars: Crossbars,
  network: AnalogNetwork,
  readings: Readings | undefined,
  seed: number,
  label: string,
): AnalogLogits {
  const evaluation = analogEvaluation(crossbars, network, readings);
  return logitsOf(crossbars.backend, network.plan, evaluation, seed, label);
}

/** Top-1 accuracy in per cent over `batches`; the output noise follows from seed and label. */
export function analogAccuracy_pct(
  crossbars: Crossbars,
  network: AnalogNetwork,
  batches: Iterable<Batch>,
  { readings, seed, label }: {
    readonly readings?: Readings | undefined;
    readonly seed: number;
    readonly label: string;
  },
): number {
  const logits = analogLogits(crossbars, network, readings, seed, label);
  try {
    return accuracy_pct(crossbars.backend, logits.of, batches);
  } finally {
    logits.dispose();
  }
}
