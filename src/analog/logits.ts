/** Logits of a network on simulated hardware. */
import type { Backend, Tensor2D, Tensor4D } from "../backend.ts";
import { InputError } from "../input_error.ts";
import { forward, type LayerOps, type NetworkPlan } from "../network/mod.ts";
import { deriveSeed } from "../random.ts";

/** Logits batch after batch; the noise of a batch follows from seed, label and its number. */
export interface AnalogLogits {
  of(x: Tensor4D): Tensor2D;
  dispose(): void;
}

/** Layers to be given back with `dispose`. */
export interface AnalogEvaluation {
  /** The layers; their noise is a function of `noiseSeed`, so each batch needs its own. */
  ops(noiseSeed: number): LayerOps;
  dispose(): void;
}

/** The logits of loaded layers. Those of a batch are refused where they are not finite: InputError. */
export function logitsOf(
  backend: Backend,
  plan: NetworkPlan,
  evaluation: AnalogEvaluation,
  seed: number,
  label: string,
): AnalogLogits {
  let batch = 0;
  return {
    of(x) {
      const ops = evaluation.ops(deriveSeed(seed, `output noise/${label}/batch ${batch++}`));
      const logits = forward(backend, plan, ops, x);
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
