/**
 * The tile's passes as TensorFlow operations (`kernel.cc`): exact in float32 with ties to even, like
 * `periphery.ts`, and with fresh Gaussian noise for every output at a third of the cost of a convolution.
 * None of them records a gradient.
 */
import type { Backend, OpAttribute, Tensor, Tensor1D, Tensor4D } from "../../backend.ts";
import type { Converter } from "./periphery.ts";

/** The passes, bound to a loaded TensorFlow. */
export type AnalogKernel = Awaited<ReturnType<typeof loadAnalogKernel>>;

/** Loads the passes, compiling them where needed. Throws InputError where there is no C++ compiler. */
export async function loadAnalogKernel(backend: Backend) {
  const { tf, run } = backend;
  const source = new URL("./kernel.cc", import.meta.url);
  await backend.loadOperations(source, "register_analog_operations");
  const absent = tf.keep(tf.tensor1d([], "float32"));
  const converter = ({ step, bound }: Converter): Record<string, OpAttribute> => ({
    step: ["float", step],
    bound: ["float", bound],
  });
  return {
    /**
     * Input range and DAC: clip(rint(clip(x, r) / r / step) step, bound).
     *
     * @param range one number; 0 or less leaves the input unscaled
     */
    dac<T extends Tensor>(x: T, range: Tensor, dac: Converter): T {
      return run("AnalogDac", converter(dac), [x, range], 1)[0] as T;
    },
    /**
     * Output noise, ADC and scale: clip(rint((y + noise N) / step) step, bound) scale + offset + sum.
     *
     * @param y `[..., channels]`, normalised
     * @param scale `[channels]`
     * @param offset `[channels]`, or null
     * @param sum as `y`, what other tiles have contributed, or null
     * @param seed `[2]`, int32: the noise is a function of it
     */
    adc<T extends Tensor>(
      y: T,
      scale: Tensor1D,
      offset: Tensor1D | null,
      sum: T | null,
      seed: Tensor1D,
      noise: number,
      adc: Converter,
    ): T {
      const inputs = [y, scale, offset ?? absent, sum ?? absent, seed];
      return run("AnalogAdc", { noise: ["float", noise], ...converter(adc) }, inputs, 1)[0] as T;
    },
    /**
     * A convolution whose sums are made in double precision and rounded once. Ten times slower than
     * TensorFlow's, whose sums in float32 put about one output in a million on the other side of a tie.
     *
     * @param x `[batch, height, width, in]`
     * @param w `[kernel, kernel, in, out]`
     */
    exactProducts(x: Tensor4D, w: Tensor4D, stride: number, padding: number): Tensor4D {
      const attributes = { stride: ["int", stride], padding: ["int", padding] } as const;
      return run("AnalogExactProducts", attributes, [x, w], 1)[0] as Tensor4D;
    },
    /** `g` with zeros where |out| >= limit of the channel: the ADC was saturated there. */
    maskSaturated<T extends Tensor>(g: T, out: T, limit: Tensor1D): T {
      return run("AnalogAdcGrad", {}, [g, out, limit], 1)[0] as T;
    },
    /** [sum of outward pulls on the range, share of |x| inside], as `rangeSums`. */
    rangeSums(x: Tensor, dx: Tensor, range: Tensor): Tensor1D {
      return run("AnalogRangeSums", {}, [x, dx, range], 1)[0] as Tensor1D;
    },
  };
}
