/** Whole steps of hardware-aware training against AIHWKit 1.1.0 (file h). */
import { z } from "zod";
import { clipWeights, mapWeights, remapWeights, updateInputRange } from "../../analog/mod.ts";
import { type Hardware } from "../../config.ts";
import { sgd } from "../../train/mod.ts";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "../report.ts";
import { crossbarsFor, linearShape } from "./crossbars.ts";
import { hardwareOf, ioSchema, underEitherScaling } from "./settings.ts";
import { hwtOf, pass, rangeSettings, sampleSd, sgdSettings } from "./training_pass.ts";
import { flat, matrix, numbers } from "../values.ts";

export async function checkTrainingSteps(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      config: rangeSettings.extend({
        ...sgdSettings.shape,
        ...ioSchema.shape,
        clip_sigma: z.number(),
        remap: z.enum(["None", "LayerwiseSymmetric", "ChannelwiseSymmetric"]),
      }),
      tolerance: z.object({ rel: z.number(), abs: z.number() }),
      weights: matrix,
      bias: numbers,
      steps: z.array(z.object({
        x: matrix,
        grad_output: matrix,
        y: matrix,
        input_range_after_forward: z.number(),
        grad_x: matrix,
        grad_analog_weights: matrix,
        grad_input_range: z.number(),
        grad_bias: numbers,
        after_step: z.object({
          analog_weights: matrix,
          scales: numbers,
          input_range: z.number(),
          bias: numbers,
        }),
      })).nonempty(),
    }),
  );
  const { config } = golden, hardware = hardwareOf(config), hwt = hwtOf(config);
  const crossbars = (await crossbarsFor())(hardware), { backend } = crossbars, { tf } = backend;
  const share = shareOfTolerance(golden.tolerance), shape = linearShape(golden.weights);
  const check = (weightScaling: Hardware["weightScaling"]) => {
    const { momentum, nesterov, weight_decay: weightDecay } = config;
    const optimizer = sgd(backend, { momentum, nesterov, weightDecay });
    let mapped = mapWeights(flat(golden.weights), shape.outChannels, {
      ...hardware,
      weightScaling,
    });
    let range = { value: hardware.inputRange, batches: 0 }, bias = Float32Array.from(golden.bias);
    return worstOf(golden.steps, (wanted) => {
      range = updateInputRange(range, sampleSd(flat(wanted.x)), hwt);
      const { grad_output: dy } = wanted;
      const found = pass(crossbars, shape, mapped, range.value, hwt, wanted.x, dy);
      const y = found.y.map((v, i) => v + bias[i % bias.length]);
      const lsb = Math.max(...mapped.scales) * range.value * crossbars.periphery.adc.step;
      const db = bias.map((_, o) => dy.reduce((sum, row) => sum + row[o], 0));
      const shares = {
        range: share([range.value], [wanted.input_range_after_forward]),
        y: shareOfTolerance({ rel: 1e-3, abs: 1.001 * lsb })(y, wanted.y.flat()),
        "dL/dx": share(found.dx, wanted.grad_x.flat()),
        "dL/dw": share(found.dw, wanted.grad_analog_weights.flat()),
        "dL/drange": share([found.dr], [wanted.grad_input_range]),
        "dL/db": share(db, wanted.grad_bias),
      };
      const next = optimizer.step(
        { w: tf.tensor1d(mapped.weights), r: tf.tensor1d([range.value]), b: tf.tensor1d(bias) },
        { w: tf.tensor1d(found.dw), r: tf.tensor1d([found.dr]), b: tf.tensor1d(db) },
        config.lr,
      );
      const clipped = clipWeights(next.w.dataSync() as Float32Array, config.clip_sigma);
      range = { ...range, value: next.r.dataSync()[0] };
      bias = next.b.dataSync().slice() as Float32Array<ArrayBuffer>;
      tf.dispose({ ...next });
      mapped = config.remap === "None" ? { ...mapped, weights: clipped } : remapWeights(
        clipped,
        mapped.scales,
        config.remap === "LayerwiseSymmetric" ? "layerwise" : "channelwise",
        (i) => Math.floor(i / shape.inChannels),
      );
      return {
        ...shares,
        "weights after": share(mapped.weights, wanted.after_step.analog_weights.flat()),
        "scales after": share(mapped.scales, wanted.after_step.scales),
        "range after": share([range.value], [wanted.after_step.input_range]),
        "bias after": share(bias, wanted.after_step.bias),
      };
    });
  };
  return underEitherScaling(check);
}
