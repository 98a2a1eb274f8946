/** A layer on one tile, stage by stage, against AIHWKit 1.1.0 (file d). */
import { z } from "zod";
import {
  analogForward,
  applyInputRange,
  convertLayer,
  type Crossbars,
  type LayerShape,
  layerTensors,
  mapWeights,
  multiply,
  noNoise,
  periphery,
} from "../../analog/mod.ts";
import { type Hardware } from "../../config.ts";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "../report.ts";
import { crossbarsFor, linearShape, noSeed } from "./crossbars.ts";
import { hardwareOf, ioSchema } from "./settings.ts";
import { flat, matrix, numbers } from "../values.ts";

export async function checkLayer(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      tolerance: z.object({ rel: z.number(), abs: z.number() }),
      cases: z.array(z.object({
        name: z.string(),
        io: ioSchema,
        mapping: z.object({
          weight_scaling_omega: z.number(),
          weight_scaling_columnwise: z.boolean(),
        }),
        weights: matrix,
        bias: numbers.nullable(),
        input_range: z.number(),
        x: matrix,
        analog_weights: matrix,
        mapping_scales: numbers,
        dac: matrix,
        adc_f32: matrix,
        y: matrix,
        adc_lsb: z.number(),
        near_tie_flat_indices: numbers,
      })).nonempty(),
    }),
  );
  const crossbars = await crossbarsFor(), share = shareOfTolerance(golden.tolerance);
  return worstOf(golden.cases, (c) => {
    const hardware = { ...hardwareOf({ ...c.io, ...c.mapping }), inputRange: c.input_range };
    const shape = linearShape(c.weights), inSize = shape.inChannels;
    const mapped = mapWeights(flat(c.weights), shape.outChannels, hardware);
    const scaled = applyInputRange(flat(c.x), c.input_range);
    const stages = multiply(mapped.weights, scaled, inSize, periphery(hardware), noNoise);
    const reference = stages.adc.map((q, i) => {
      const o = i % shape.outChannels;
      const y = Math.fround(q * Math.fround(Math.fround(c.input_range) * mapped.scales[o]));
      return y + (c.bias?.[o] ?? 0);
    });
    const simulated = evaluate(crossbars(hardware), hardware, shape, c.weights, c.x, c.bias);
    // An output within 1e-3 of a tie may land one ADC step off, except where the tie itself is the case.
    const forgiven = new Set(c.name.includes("pow2") ? [] : c.near_tie_flat_indices);
    const slack = (values: ArrayLike<number>) =>
      Array.from(values, (v, i) => {
        const step = c.adc_lsb * c.input_range * mapped.scales[i % shape.outChannels] * 1.001;
        return forgiven.has(i) && Math.abs(v - c.y.flat()[i]) <= step ? c.y.flat()[i] : v;
      });
    return {
      mapped: Math.max(
        share(mapped.weights, c.analog_weights.flat()),
        share(mapped.scales, c.mapping_scales),
      ),
      dac: share(stages.dac, c.dac.flat()),
      "reference y": share(slack(reference), c.y.flat()),
      y: share(slack(simulated), c.y.flat()),
    };
  });
}

function evaluate(
  crossbars: Crossbars,
  hardware: Hardware,
  shape: LayerShape,
  weights: number[][],
  x: number[][],
  bias: number[] | null,
): Float32Array {
  const { backend } = crossbars, { tf } = backend;
  return tf.tidy(() => {
    const layer = convertLayer(shape, flat(weights), hardware);
    const offset = bias ? tf.tensor1d(bias) : null;
    const tiles = layerTensors(backend, layer);
    return analogForward(crossbars, shape, tiles, offset, tf.tensor2d(x), () => noSeed(backend));
  }).dataSync() as Float32Array;
}
