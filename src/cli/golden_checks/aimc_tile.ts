/** Tiles and layers of the analog simulator against AIHWKit 1.1.0 (files d, e, g, h). */
import { z } from "zod";
import {
  applyInputRange,
  clipWeights,
  convertLayer,
  type Crossbars,
  type LayerShape,
  layerTensors,
  mapWeights,
  multiply,
  noNoise,
  periphery,
  remapWeights,
  trainTile,
  updateInputRange,
  weightMatrix,
  weightTensor,
} from "../../analog/mod.ts";
import { analogForward, loadAnalogKernel } from "../../analog/mod.ts";
import { type Backend, loadBackend, type Tensor, type Tensor1D } from "../../backend.ts";
import { type Hardware, type HwtSettings, resolveConfig } from "../../config.ts";
import { sgd } from "../../train/mod.ts";
import { setUp } from "../setup.ts";
import { hardwareOf, ioSchema } from "./aimc_settings.ts";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "./report.ts";

const numbers = z.array(z.number());
const matrix = z.array(numbers);
const images = z.array(z.array(matrix));
const flat = (m: number[][]) => Float32Array.from(m.flat());

async function crossbarsFor(): Promise<(hardware: Hardware) => Crossbars> {
  await setUp();
  const backend = await loadBackend(), kernel = await loadAnalogKernel(backend);
  return (hardware) => ({ backend, kernel, periphery: periphery(hardware) });
}

const noSeed = ({ tf }: Backend) => tf.tensor1d([0, 0], "int32") as Tensor1D;

/** A linear layer of this size as one tile. */
function linearShape(matrix: number[][]): LayerShape {
  const sizes = { inChannels: matrix[0].length, outChannels: matrix.length };
  return { name: "layer", kind: "linear", ...sizes, kernel: 1, stride: 1, padding: 0 };
}

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

export async function checkConvolution(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      tolerance: z.object({ rel: z.number(), abs: z.number() }),
      cases: z.array(z.object({
        cin: z.number(),
        cout: z.number(),
        k: z.number(),
        stride: z.number(),
        pad: z.number(),
        weights: matrix,
        bias_values: numbers.nullable(),
        x: images,
        io: ioSchema,
        tiles: z.array(z.object({
          in_start: z.number(),
          in_size: z.number(),
          input_range: z.number(),
          mapping_scales: numbers,
        })),
        y_shape: numbers,
        y: images,
        y_digital: images,
        n_near_ties: z.number(),
      })).nonempty(),
    }),
  );
  const crossbars = await crossbarsFor(), share = shareOfTolerance(golden.tolerance);
  return worstOf(golden.cases, (c) => {
    const hardware = hardwareOf(c.io), here = crossbars(hardware), { tf } = here.backend;
    const shape: LayerShape = {
      name: "layer",
      kind: "convolution",
      inChannels: c.cin,
      outChannels: c.cout,
      kernel: c.k,
      stride: c.stride,
      padding: c.pad,
    };
    const converted = convertLayer(shape, flat(c.weights), hardware);
    const sameCut = JSON.stringify(converted.tiles.map((t) => [t.inStart, t.inSize])) ===
      JSON.stringify(c.tiles.map((t) => [t.in_start, t.in_size]));
    const tiles = converted.tiles.map((t, i) => ({ ...t, inputRange: c.tiles[i]?.input_range }));
    const [simulated, digital] = tf.tidy(() => {
      const x = tf.transpose(tf.tensor4d(c.x), [0, 2, 3, 1]);
      const bias = c.bias_values ? tf.tensor1d(c.bias_values) : null;
      const run = (crossbars: Crossbars, tiles: typeof converted.tiles) =>
        tf.transpose(
          analogForward(
            crossbars,
            shape,
            layerTensors(here.backend, { shape, tiles }),
            bias,
            x,
            () => noSeed(here.backend),
          ),
          [0, 3, 1, 2],
        );
      const ideal = crossbars(idealHardware);
      return [run(here, tiles), run(ideal, tiles.map((t) => ({ ...t, inputRange: 1e3 })))];
    }).map((tensor) => tensor.dataSync());
    // The reference names how many outputs lie so near a tie that the order of a sum decides.
    const errors = c.y.flat(3).map((y, i) => share([simulated[i]], [y])).sort((a, b) => b - a);
    return {
      "cut and scales": sameCut
        ? Math.max(...tiles.map((t, i) => share(t.scales, c.tiles[i].mapping_scales)))
        : Infinity,
      y: errors[c.n_near_ties] ?? 0,
      "all ideal": share(digital, c.y_digital.flat(3)),
    };
  });
}

/** No quantization, no noise, no bound: the digital layer. */
const idealHardware = resolveConfig({
  hardware: {
    dac: { kind: "ideal", bound: null },
    adc: { kind: "ideal", bound: null },
    outputNoise: 0,
  },
}).hardware;

const rangeSettings = z.object({
  ir_decay: z.number(),
  ir_init_from_data: z.number(),
  ir_init_std_alpha: z.number(),
  ir_input_min_percentage: z.number(),
});

function hwtOf(from: z.infer<typeof rangeSettings>): HwtSettings {
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

const sgdSettings = z.object({ lr: z.number(), momentum: z.number(), weight_decay: z.number() });

/** SD of a sample, n - 1. */
function sampleSd(values: Float32Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1));
}

/** One pass of a tile forward and backward: output and gradients. */
function pass(
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

export async function checkInputRange(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      tolerance: z.object({ rel: z.number(), abs: z.number() }),
      cases: z.array(z.object({
        optimizer: sgdSettings.nullable(),
        config: rangeSettings,
        io: ioSchema,
        init_value: z.number(),
        weights: matrix,
        x: z.array(matrix),
        grad_output: z.array(matrix),
        trajectory: z.array(z.object({
          input_range_after_forward: z.number(),
          update_idx: z.number(),
          grad: z.number(),
          input_range_after_step: z.number(),
        })),
      })).nonempty(),
    }),
  );
  const crossbars = await crossbarsFor(), share = shareOfTolerance(golden.tolerance);
  return worstOf(golden.cases, (c) => {
    const hardware = hardwareOf(c.io), hwt = hwtOf(c.config), shape = linearShape(c.weights);
    const mapped = mapWeights(flat(c.weights), shape.outChannels, hardware);
    const step = c.optimizer ? scalarSgd(c.optimizer) : (value: number) => value;
    let range = { value: c.init_value, batches: 0 };
    const worst = { range: 0, gradient: 0, batches: 0 };
    c.trajectory.forEach((wanted, i) => {
      range = updateInputRange(range, sampleSd(flat(c.x[i])), hwt);
      const { dr } = pass(
        crossbars(hardware),
        shape,
        mapped,
        range.value,
        hwt,
        c.x[i],
        c.grad_output[i],
      );
      const after = step(range.value, dr);
      worst.range = Math.max(
        worst.range,
        share([range.value], [wanted.input_range_after_forward]),
        share([after], [wanted.input_range_after_step]),
      );
      worst.gradient = Math.max(worst.gradient, share([dr], [wanted.grad]));
      worst.batches = Math.max(worst.batches, Math.abs(range.batches - wanted.update_idx));
      range = { ...range, value: after };
    });
    return worst;
  });
}

/** Nesterov SGD on one number, independent of the project's optimizer. */
function scalarSgd({ lr, momentum, weight_decay }: z.infer<typeof sgdSettings>) {
  let velocity: number | null = null;
  return (value: number, gradient: number) => {
    const g = gradient + weight_decay * value;
    velocity = velocity === null ? g : momentum * velocity + g;
    return value - lr * (g + momentum * velocity);
  };
}

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
  const optimizer = sgd(backend, { momentum: config.momentum, weightDecay: config.weight_decay });
  let mapped = mapWeights(flat(golden.weights), shape.outChannels, hardware);
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
}
