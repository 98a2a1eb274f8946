/** Accuracy of a network on crossbars. */
import type { Tensor2D, Tensor4D } from "../../backend.ts";
import type { Batch } from "../../dataset/mod.ts";
import { InputError } from "../../input_error.ts";
import { forward } from "../../network/mod.ts";
import { deriveSeed } from "../../random.ts";
import { accuracy_pct } from "../../train/mod.ts";
import type { AnalogNetwork } from "./convert.ts";
import { analogEvaluation } from "./evaluate.ts";
import type { Crossbars } from "./layer.ts";
import type { Readings } from "./program.ts";

/** Logits batch after batch; the noise of a batch follows from seed, label and its number. */
export interface AnalogLogits {
  of(x: Tensor4D): Tensor2D;
  dispose(): void;
}

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
  const { backend } = crossbars;
  const evaluation = analogEvaluation(crossbars, network, readings);
  let batch = 0;
  return {
    of(x) {
      const ops = evaluation.ops(deriveSeed(seed, `output noise/${label}/batch ${batch++}`));
      const logits = forward(backend, network.plan, ops, x);
      if (logits.dataSync().every(Number.isFinite)) return logits;
      logits.dispose();
      throw new InputError(
        `The analog network's output is not finite (${label}, batch ${
          batch - 1
        }). Its weights or ` +
          `batch-norm statistics are damaged; train it again or use another checkpoint.`,
      );
    },
    dispose: () => evaluation.dispose(),
  };
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
