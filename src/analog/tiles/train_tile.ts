/**
 * A tile in hardware-aware training: the noisy, quantized forward pass, and gradients straight through it.
 *
 * Source: AIHWKit 1.1.0, `tiles/functions.py`, `tiles/periphery.py`. Statistics of a convolution's input
 * are taken over the image, as AIHWKit does on a GPU (where the benchmark was made); on a CPU it takes
 * them over the unfolded patches.
 */
import type { Tensor, Tensor1D } from "../../backend.ts";
import { type LayerShape, spread } from "../layer_shape.ts";
import type { AnalogTile } from "./convert.ts";
import type { InputRangeRule } from "./hardware_aware.ts";
import { type Crossbars, products } from "./layer.ts";

/**
 * How the gradient towards normalised weights is scaled; g is the gradient towards the output, xs the
 * input within the range, divided by it.
 *
 * - `aihwkit`: g^T xs / scale, saturated outputs included (`pre_update`); not the chain rule.
 * - `chain_rule`: (g scale range)^T xs, without saturated outputs.
 */
export type GradientRule = "aihwkit" | "chain_rule";

/** A tile's tensors in one training step. */
export interface TrainingTile {
  readonly tile: AnalogTile;
  /** Trained weights, in the layout of `weightTensor`; the gradient goes to them. */
  readonly weights: Tensor;
  /** What the forward and the backward pass compute with: the weights with this step's noise. */
  readonly noisyWeights: Tensor;
  /** Mapping scales, `[out]`; not trained. */
  readonly scales: Tensor1D;
  /** Trained input range, `[1]`; the gradient goes to it. */
  readonly range: Tensor1D;
  /** The range that both passes compute with: the trained one, or its estimate from this batch's data. */
  readonly currentRange: Tensor1D;
}

/** Share of the ADC's bound from which an output counts as saturated. Source: `get_forward_out_bound`. */
const SATURATION = 0.999;

/**
 * The tile's share of the layer's output, with gradients towards input, weights and input range.
 *
 * @param seed `[2]`, int32; the output noise is a function of it
 */
export function trainTile(
  crossbars: Crossbars,
  shape: LayerShape,
  { weights, noisyWeights, scales, range: trainedRange, currentRange }: TrainingTile,
  x: Tensor,
  seed: Tensor1D,
  gradientRule: GradientRule,
  rangeRule: InputRangeRule,
): Tensor {
  const { backend, kernel, periphery } = crossbars, { tf } = backend;
  const { dac, adc, outputNoise } = periphery;
  const { stride, padding, dilation } = shape;
  const inputGradient = (x: Tensor, w: Tensor, g: Tensor) =>
    shape.kind === "convolution"
      ? backend.conv2dInputGradient(x.shape, spread(backend, shape, w), g, stride, padding)
      : tf.matMul(g, w, false, true);
  const weightGradient = (xs: Tensor, g: Tensor) => {
    if (shape.kind === "linear") return tf.matMul(xs, g, true);
    const size = weights.shape.map((n, d) => d < 2 ? (n - 1) * dilation + 1 : n);
    const all = backend.conv2dWeightGradient(xs, size, g, stride, padding);
    return dilation === 1
      ? all
      : tf.stridedSlice(all, [0, 0, 0, 0], size, [dilation, dilation, 1, 1]);
  };

  return backend.differentiable([x, weights, trainedRange], (x) => {
    const range = tf.clone(currentRange);
    const value = tf.tidy(() => {
      const v = kernel.dac(x, range, dac);
      const y = products(crossbars, shape, v, noisyWeights);
      v.dispose();
      const scale = tf.mul(scales, range) as Tensor1D;
      return kernel.adc<Tensor>(y, scale, null, null, seed, outputNoise, adc);
    });
    return {
      value,
      saved: [x, range, value],
      gradient: (dy, [x, range, out]) =>
        tf.tidy(() => {
          const limit = tf.mul(tf.mul(scales, range), SATURATION * adc.bound) as Tensor1D;
          const g = adc.bound === Infinity ? dy : kernel.maskSaturated(dy, out, limit);
          const dx = inputGradient(x, tf.mul(noisyWeights, scales), g);
          const [outward, inside] = tf.split(kernel.rangeSums(x, dx, range), 2);
          const isInside = tf.step(tf.sub(inside, rangeRule.inputRangeMinFraction));
          const pull = tf.add(outward, tf.mul(isInside, rangeRule.inputRangeDecay));
          const xs = kernel.dac(x, range, { step: 0, bound: Infinity });
          const dw = gradientRule === "aihwkit"
            ? tf.div(weightGradient(xs, dy), scales)
            : tf.mul(weightGradient(xs, g), tf.mul(scales, range));
          return [dx, dw, tf.mul(pull, range)];
        }),
    };
  });
}
