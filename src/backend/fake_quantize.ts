import type { Tensor, Tensor1D, TensorFlow } from "../backend.ts";
import { differentiable } from "./differentiable.ts";
import type { OpAttribute, RunOp } from "./raw.ts";

/** The grid of a quantizer. */
export interface Quantizer {
  /** Number of bits, 2..16: 2^bits levels, or one fewer where `narrowRange`. */
  readonly bits: number;
  /** True leaves out the lowest level, so that a symmetric range has a level at zero: -127..127. */
  readonly narrowRange: boolean;
}

/**
 * Quantization to a uniform grid and back, in one pass. The gradient is straight-through: one inside the
 * range, zero outside (Jacob et al. 2018, section 3). TensorFlow first moves a range so that zero falls on
 * the grid, and rounds ties up. Ranges must hold zero.
 */
export function fakeQuantize(tf: TensorFlow, run: RunOp) {
  const attributes = ({ bits, narrowRange }: Quantizer): Record<string, OpAttribute> => ({
    num_bits: ["int", bits],
    narrow_range: ["bool", narrowRange],
  });
  return {
    /** Quantizes within the constant range `min`..`max`. */
    fakeQuantize<T extends Tensor>(x: T, min: number, max: number, quantizer: Quantizer): T {
      const attrs: Record<string, OpAttribute> = {
        ...attributes(quantizer),
        min: ["float", min],
        max: ["float", max],
      };
      return differentiable(tf, [x], (x) => ({
        value: run("FakeQuantWithMinMaxArgs", attrs, [x], 1)[0],
        saved: [x],
        gradient: (dy, [x]) => run("FakeQuantWithMinMaxArgsGradient", attrs, [dy, x], 1),
      }));
    },

    /** Quantizes within `min`..`max`, `[channels]` each, by the last dimension. No gradient to the range. */
    fakeQuantizePerChannel<T extends Tensor>(
      x: T,
      min: Tensor1D,
      max: Tensor1D,
      quantizer: Quantizer,
    ): T {
      const attrs = attributes(quantizer);
      return differentiable(tf, [x], (x) => ({
        value: run("FakeQuantWithMinMaxVarsPerChannel", attrs, [x, min, max], 1)[0],
        saved: [x, min, max],
        gradient: (dy, [x, min, max]) => {
          const op = "FakeQuantWithMinMaxVarsPerChannelGradient";
          const [dx, ...rest] = run(op, attrs, [dy, x, min, max], 3);
          tf.dispose(rest);
          return [dx];
        },
      }));
    },
  };
}
