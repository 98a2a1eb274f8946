/** One forward and backward pass of a tile in training, and the settings that its references name. */
import { z } from "zod";
import {
  convertLayer,
  type Crossbars,
  type LayerShape,
  trainTile,
  weightMatrix,
  weightTensor,
} from "../../analog/mod.ts";
import { type Tensor } from "../../backend.ts";
import { type HwtSettings, resolveConfig } from "../../config.ts";
import { idealHardware, noSeed } from "./crossbars.ts";

export const rangeSettings = z.object({
  ir_decay: z.number(),
  ir_init_from_data: z.number(),
  ir_init_std_alpha: z.number(),
  ir_input_min_percentage: z.number(),
});

export function hwtOf(from: z.infer<typeof rangeSettings>): HwtSettings {
  return resolveConfig({
    hwt: {
      inputRangeDecay: from.ir_decay,
      inputRangeBatches: from.ir_init_from_data,
      inputRangeSds: from.ir_init_std_alpha,
      inputRangeMinFraction: from.ir_input_min_percentage,
      weightNoise: 0,
    },
  }).hwt;
}

export const sgdSettings = z.object({
  lr: z.number(),
  momentum: z.number(),
  weight_decay: z.number(),
  nesterov: z.boolean(),
});

/** SD of a sample, n - 1. */
export function sampleSd(values: Float32Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1));
}

/** One pass of a tile forward and backward: output and gradients. */
export function pass(
  crossbars: Crossbars,
  shape: LayerShape,
  mapped: { readonly weights: Float32Array; readonly scales: Float32Array },
  range: number,
  hwt: HwtSettings,
  x: number[][],
  dy: number[][],
) {
  const { backend } = crossbars, { tf } = backend;
  const [tile] =
    convertLayer(shape, mapped.weights, { ...idealHardware, weightScalingOmega: 0 }).tiles;
  return tf.tidy(() => {
    const weights = weightTensor(backend, shape, tile, mapped.weights);
    const scales = tf.tensor1d(mapped.scales), rangeTensor = tf.tensor1d([range]);
    const input = tf.tensor2d(x), seed = noSeed(backend);
    let y: Tensor | undefined;
    const { grads } = tf.engine().gradients(
      () => {
        y = tf.keep(trainTile(
          crossbars,
          shape,
          {
            tile,
            weights,
            noisyWeights: weights,
            scales,
            range: rangeTensor,
            currentRange: rangeTensor,
          },
          input,
          seed,
          "aihwkit",
          hwt,
        ));
        return tf.sum(tf.mul(y, tf.tensor2d(dy)));
      },
      [input, weights, rangeTensor],
      undefined,
      true,
    );
    const [dx, dw, dr] = grads.map((g) => g.dataSync() as Float32Array);
    const output = y!.dataSync() as Float32Array;
    y!.dispose();
    return { y: output, dx, dw: weightMatrix(shape, tile, dw), dr: dr[0] };
  });
}
