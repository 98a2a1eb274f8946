/** Noise on a matrix and on a whole network against AIHWKit 1.1.0 (files s_mvm_error and e2e). */
import { dirname, join } from "node:path";
import { z } from "zod";
import {
  analogForward,
  compensation,
  type Crossbars,
  driftTile,
  gaussian,
  type LayerShape,
  layerTensors,
  loadAnalogKernel,
  mapWeights,
  type NormalSource,
  periphery,
  programTile,
  type Reading,
  readOut,
} from "../../analog/mod.ts";
import { type AnalogTile } from "../../analog/mod.ts";
import { type Backend, loadBackend, type Tensor, type Tensor1D } from "../../backend.ts";
import { type Hardware } from "../../config.ts";
import { InputError } from "../../input_error.ts";
import { deriveSeed, prng } from "../../random.ts";
import { setUp } from "../setup.ts";
import { hardwareOf, ioSchema } from "./aimc_settings.ts";
import { type GoldenReport, readGolden } from "./report.ts";

const numbers = z.array(z.number());
const blob = z.object({ file: z.string(), dtype: z.string(), shape: numbers });

async function readBlob(path: string, { file, dtype, shape }: z.infer<typeof blob>) {
  const { buffer } = await Deno.readFile(join(dirname(path), file));
  const values = dtype === "float32"
    ? new Float32Array(buffer)
    : dtype === "uint8"
    ? new Uint8Array(buffer)
    : null;
  if (values?.length !== shape.reduce((a, b) => a * b)) {
    throw new InputError(`${file} does not hold ${dtype} values of shape [${shape}].`);
  }
  return values;
}

const moments = z.object({ mean: z.number(), std: z.number().nullable() });
type Moments = z.infer<typeof moments>;

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const sd = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1));

/**
 * Standard error of the difference of two means over repeats, relative to the spread between programming
 * events. Where every repeat shares one event, each mean is one draw, however many repeats it has.
 */
const spreadFactor = (reprograms: boolean, reps: number, ours: number) =>
  reprograms ? Math.sqrt(1 / reps + 1 / ours) : Math.SQRT2;

/** Keeps the largest share of its tolerance under each name. */
class Worst {
  readonly shares: Record<string, number> = {};
  cases = 0;
  note(name: string, share: number) {
    this.shares[name] = Math.max(this.shares[name] ?? 0, Number.isNaN(share) ? Infinity : share);
  }
  report(): GoldenReport {
    const parts = Object.entries(this.shares).map(([name, error]) => ({
      name,
      error,
      tolerance: 1,
    }));
    return { cases: this.cases, parts };
  }
}

export async function checkMatrixError(path: string): Promise<GoldenReport> {
  const fields = z.object({
    gdc: moments,
    nogdc: moments,
    alpha: moments,
    w_rms: moments,
    w_gdc_rms: moments,
  });
  const golden = await readGolden(
    path,
    z.object({
      weights: blob,
      inputs: blob,
      input_range: z.number(),
      reps: z.number(),
      results: z.record(
        z.string(),
        z.object({
          rel_rms_error_unprogrammed: z.number(),
          rel_rms_error_after_program_t0: moments,
          gdc_baseline: z.union([moments, numbers]),
          at_time: z.record(z.string(), fields),
          config: ioSchema.extend({
            out_noise: z.number(),
            g_max: z.number(),
            weight_scaling_columnwise: z.boolean(),
          }),
        }),
      ),
    }),
  );
  const W = await readBlob(path, golden.weights) as Float32Array;
  const X = await readBlob(path, golden.inputs) as Float32Array;
  const outSize = golden.weights.shape[0], { results } = golden;
  // More than the file has, so that its own sampling error is nearly all there is.
  const reps = 4 * golden.reps;
  const spread = results["reprogram_each_repeat/full"];
  await setUp();
  const backend = await loadBackend(), kernel = await loadAnalogKernel(backend);
  const worst = new Worst();
  for (const [mode, wanted] of Object.entries(results)) {
    const reprograms = mode.startsWith("reprogram");
    const hardware = hardwareOf(wanted.config);
    const found = matrixErrors(
      { backend, kernel, periphery: periphery(hardware) },
      W,
      X,
      outSize,
      golden.input_range,
      hardware,
      Object.keys(wanted.at_time).map(Number),
      reps,
      reprograms,
    );
    worst.cases++;
    /** The file's rule; `by` is the spread where one programming event decides the mean. */
    const compare = (name: string, values: readonly number[], to: Moments, by: Moments) => {
      const allowed = 4 * (by.std ?? 0) * spreadFactor(reprograms, golden.reps, reps) +
        0.002 * to.mean;
      worst.note(name, Math.abs(mean(values) - to.mean) / allowed);
      const ratio = to.std ? sd(values) / to.std : 1;
      // The sd of a mean over 25 is known to 14 %; alpha's is made of ADC steps where noise is off.
      worst.note(`${name} sd, of factor 2`, Math.abs(Math.log2(ratio)));
    };
    const unprogrammed = wanted.rel_rms_error_unprogrammed;
    const allowed = unprogrammed *
      unprogrammedTolerance(wanted.config.out_noise, found.outputs);
    worst.note("unprogrammed", Math.abs(found.unprogrammed - unprogrammed) / allowed);
    if (!Array.isArray(wanted.gdc_baseline)) {
      compare("baseline", found.baselines, wanted.gdc_baseline, wanted.gdc_baseline);
    }
    const t0 = wanted.rel_rms_error_after_program_t0;
    compare("after programming", found.programmed, t0, spread.rel_rms_error_after_program_t0);
    for (const [t, expected] of Object.entries(wanted.at_time)) {
      for (const name of ["gdc", "nogdc", "alpha", "w_rms", "w_gdc_rms"] as const) {
        const by = reprograms ? expected[name] : spread.at_time[t][name];
        compare(name, found.atTime[t].map((one) => one[name]), expected[name], by);
      }
    }
  }
  return worst.report();
}

/** Normals in the table that AIHWKit draws a tile's output noise from. */
const NOISE_TABLE = 32_768;

/**
 * What the error of one evaluation of `outputs` numbers may differ by, relative: four standard errors of
 * two RMS values, and of the RMS of AIHWKit's noise table; without output noise, ties of the ADC alone.
 */
const unprogrammedTolerance = (outputNoise: number, outputs: number) =>
  0.002 + (outputNoise > 0 ? 4 * Math.sqrt(1 / outputs + 1 / (2 * NOISE_TABLE)) : 0);

function matrixErrors(
  crossbars: Crossbars,
  W: Float32Array,
  X: Float32Array,
  outSize: number,
  inputRange: number,
  hardware: Hardware,
  times: readonly number[],
  reps: number,
  reprograms: boolean,
) {
  const inSize = W.length / outSize, surroundings = periphery(hardware);
  const mapped = mapWeights(W, outSize, hardware);
  const { backend: { tf }, kernel } = crossbars, x = tf.tensor2d(X, [X.length / inSize, inSize]);
  const unit = tf.ones([outSize]) as Tensor1D;
  let drawn = 0;
  const digital = new Float64Array((X.length / inSize) * outSize);
  for (let n = 0; n < X.length / inSize; n++) {
    for (let o = 0; o < outSize; o++) {
      let sum = 0;
      for (let i = 0; i < inSize; i++) sum += X[n * inSize + i] * W[o * inSize + i];
      digital[n * outSize + o] = sum;
    }
  }
  const norm = Math.sqrt(digital.reduce((sum, y) => sum + y * y, 0));
  const normal = gaussian(prng(1, "matrix error"));
  const outputs = (weights: Float32Array) =>
    tf.tidy(() => {
      const v = kernel.dac(x, tf.tensor1d([inputRange]), surroundings.dac);
      const y = tf.matMul(v, tf.tensor2d(weights, [outSize, inSize]), false, true);
      const seed = tf.tensor1d([1, ++drawn], "int32") as Tensor1D;
      return kernel.adc(y, unit, null, null, seed, surroundings.outputNoise, surroundings.adc);
    }).dataSync() as Float32Array;
  const error = (adc: Float32Array, alpha: number) => {
    let squares = 0;
    for (let i = 0; i < adc.length; i++) {
      const y = alpha * inputRange * mapped.scales[i % outSize] * adc[i];
      squares += (y - digital[i]) ** 2;
    }
    return Math.sqrt(squares) / norm;
  };
  const rms = (weights: Float32Array, alpha: number) =>
    Math.sqrt(
      weights.reduce((sum, w, i) => sum + (alpha * w - mapped.weights[i]) ** 2, 0) / weights.length,
    );
  const programmedErrors: number[] = [], baselines: number[] = [];
  const atTime: Record<
    string,
    Record<"gdc" | "nogdc" | "alpha" | "w_rms" | "w_gdc_rms", number>[]
  > = Object.fromEntries(times.map((t) => [t, []]));
  let programmed = programTile(mapped.weights, hardware, normal), baseline = 0;
  for (let r = 0; r < reps; r++) {
    if (r === 0 || reprograms) {
      if (r > 0) programmed = programTile(mapped.weights, hardware, normal);
      baseline = readOut(programmed.weights, surroundings, normal);
      baselines.push(baseline);
      programmedErrors.push(error(outputs(programmed.weights), 1));
    }
    for (const t of times) {
      const weights = driftTile(programmed, t, hardware, normal);
      const alpha = compensation(baseline, readOut(weights, surroundings, normal));
      const adc = outputs(weights);
      atTime[t].push({
        gdc: error(adc, alpha),
        nogdc: error(adc, 1),
        alpha,
        w_rms: rms(weights, 1),
        w_gdc_rms: rms(weights, alpha),
      });
    }
  }
  const unprogrammed = error(outputs(mapped.weights), 1);
  tf.dispose([x, unit]);
  const outputCount = X.length / (W.length / outSize) * outSize;
  return { unprogrammed, programmed: programmedErrors, baselines, atTime, outputs: outputCount };
}

const place = z.object({ offset: z.number(), shape: numbers });
const tile = z.object({
  in_start: z.number(),
  in_size: z.number(),
  out_size: z.number(),
  analog_weights: place,
  mapping_scales: place,
  input_range: z.number(),
});
const layer = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("conv"),
    cin: z.number(),
    cout: z.number(),
    k: z.number(),
    stride: z.number(),
    pad: z.number(),
    tiles: z.array(tile),
  }),
  z.object({
    type: z.literal("bn"),
    weight: place,
    bias: place,
    mean: place,
    var: place,
    eps: z.number(),
  }),
  z.object({ type: z.literal("relu") }),
  z.object({ type: z.literal("global_avg_pool") }),
  z.object({
    type: z.literal("linear"),
    in: z.number(),
    out: z.number(),
    tiles: z.array(tile),
    bias: place,
  }),
]);
type Layer = z.infer<typeof layer>;
type Tiled = Extract<Layer, { tiles: unknown }>;

const spreadOf = z.object({ agreement: moments, accuracy: moments, logit_rms_vs_digital: moments });

const endToEnd = z.object({
  config: ioSchema.loose(),
  layers: z.array(layer),
  weights_bin: blob,
  images_bin: blob,
  labels_bin: blob,
  reps: z.number(),
  digital_logits: z.array(numbers),
  analog_det_logits: z.array(numbers),
  crosscheck_refsim_vs_aihwkit_det: z.object({ float64: z.object({ rms: z.number() }) }),
  stochastic: z.object({
    out_noise_only: spreadOf,
    reprogram_each_repeat: z.record(z.string(), spreadOf),
    program_once_read_noise_only: z.record(z.string(), spreadOf),
  }),
});

/** The recorded network of an end-to-end file, its images as a tensor, its labels. */
export async function recordedNetwork(path: string) {
  const golden = await readGolden(path, endToEnd);
  await setUp();
  const backend = await loadBackend(), kernel = await loadAnalogKernel(backend), { tf } = backend;
  const values = await readBlob(path, golden.weights_bin) as Float32Array;
  const pixels = await readBlob(path, golden.images_bin);
  const labels = await readBlob(path, golden.labels_bin);
  const crossbars = (h: Hardware): Crossbars => ({ backend, kernel, periphery: periphery(h) });
  const x = tf.tidy(() => {
    const scaled = Float32Array.from(pixels, (v) => Math.fround(Math.fround(v / 255) - 0.5) / 0.25);
    const [n, c, h, w] = golden.images_bin.shape;
    return tf.transpose(tf.tensor4d(scaled, [n, c, h, w]), [0, 2, 3, 1]);
  });
  const at = ({ offset, shape }: z.infer<typeof place>) =>
    values.slice(offset, offset + shape.reduce((a, b) => a * b));
  const network = new SequentialNetwork(golden.layers, at), hardware = hardwareOf(golden.config);
  return { golden, hardware, network, crossbars, x, labels };
}

export async function checkEndToEnd(path: string): Promise<GoldenReport> {
  const { golden, hardware, network, crossbars, x, labels } = await recordedNetwork(path);
  const digital = golden.digital_logits.flat(), wanted = golden.analog_det_logits.flat();
  const classes = golden.digital_logits[0].length;
  const arg = (logits: ArrayLike<number>) => argmax(logits, classes);
  const worst = new Worst();

  const ideal = hardwareOf({ inp_res: -1, inp_bound: 0, out_res: -1, out_bound: 0 });
  const off = network.logits(crossbars(ideal), x, 0, (t) => ({ ...t, inputRange: 1e6 }));
  worst.note("digital logits, of 2e-3", largest(off, digital) / 2e-3);
  const silent = crossbars({ ...hardware, outputNoise: 0 });
  const still = network.logits({ ...silent, exactSums: true }, x, 0);
  const allowed = Math.max(3 * golden.crosscheck_refsim_vs_aihwkit_det.float64.rms, 5e-3);
  worst.note("deterministic logits rms", rmsOf(still, wanted) / allowed);
  worst.note("deterministic argmax, of 1 %", (1 - equal(arg(still), arg(wanted))) / 0.01);

  const fast = network.logits(silent, x, 0);
  const moved = mean(wanted.map((v, i) => Math.abs(fast[i] - v) > 1e-4 ? 1 : 0));
  worst.note("float32 sums: logits moved, of 1 %", moved / 0.01);
  worst.note("float32 sums: argmax, of 1 %", (1 - equal(arg(fast), arg(wanted))) / 0.01);

  const measure = (logits: Float32Array) => ({
    agreement: equal(arg(logits), arg(digital)),
    accuracy: equal(arg(logits), labels),
    logit_rms_vs_digital: rmsOf(logits, digital),
  });
  type Measured = ReturnType<typeof measure>;
  const compare = (
    name: string,
    found: readonly Measured[],
    to: z.infer<typeof spreadOf>,
    by: z.infer<typeof spreadOf>,
  ) => {
    for (const field of ["agreement", "accuracy", "logit_rms_vs_digital"] as const) {
      const slack = field === "logit_rms_vs_digital" ? 0.02 * to[field].mean : 0.004;
      const random = 4 * (by[field].std ?? 0) *
        spreadFactor(!name.startsWith("program_once"), golden.reps, found.length);
      const off = Math.abs(mean(found.map((m) => m[field])) - to[field].mean);
      worst.note(`${name} ${field}`, off / (random + slack));
    }
  };
  const { stochastic, reps } = golden, real = crossbars(hardware);
  const repeats = Array.from({ length: reps }, (_, r) => r);
  const noisy = repeats.map((r) => measure(network.logits(real, x, deriveSeed(1, `repeat ${r}`))));
  compare("output noise", noisy, stochastic.out_noise_only, stochastic.out_noise_only);
  for (const mode of ["reprogram_each_repeat", "program_once_read_noise_only"] as const) {
    const normal = gaussian(prng(1, mode));
    const found: Record<string, Measured[]> = {};
    let programmed = network.program(hardware, normal);
    for (const r of repeats) {
      if (r > 0 && mode === "reprogram_each_repeat") programmed = network.program(hardware, normal);
      for (const t of Object.keys(stochastic[mode])) {
        const readings = network.drift(programmed, Number(t), hardware, normal);
        const seed = deriveSeed(1, `${mode} ${r} ${t}`);
        (found[t] ??= []).push(measure(network.logits(real, x, seed, undefined, readings)));
      }
    }
    for (const [t, list] of Object.entries(found)) {
      compare(mode, list, stochastic[mode][t], stochastic.reprogram_each_repeat[t]);
    }
  }
  x.dispose();
  worst.cases = 2 + reps * (1 + 2 * Object.keys(stochastic.reprogram_each_repeat).length);
  return worst.report();
}

/** A chain of layers as the reference file gives it, on the simulator's own layers. */
class SequentialNetwork {
  readonly #tiled: { readonly shape: LayerShape; readonly tiles: readonly AnalogTile[] }[];
  readonly #layers: readonly Layer[];
  readonly #at: (p: z.infer<typeof place>) => Float32Array;

  constructor(layers: readonly Layer[], at: (p: z.infer<typeof place>) => Float32Array) {
    this.#layers = layers;
    this.#at = at;
    const tiled = layers.filter((l): l is Tiled => "tiles" in l);
    this.#tiled = tiled.map((l, number) => ({
      shape: shapeOf(l, `layer ${number}`),
      tiles: l.tiles.map((t, i) => ({
        name: `layer ${number}.tile.${i}`,
        inStart: t.in_start,
        inSize: t.in_size,
        outStart: 0,
        outSize: t.out_size,
        weights: at(t.analog_weights),
        scales: at(t.mapping_scales),
        inputRange: t.input_range,
      })),
    }));
  }

  program(hardware: Hardware, normal: NormalSource) {
    return this.#tiled.flatMap(({ tiles }) =>
      tiles.map((t) => {
        const programmed = programTile(t.weights, hardware, normal);
        const baseline = readOut(programmed.weights, periphery(hardware), normal);
        return { name: t.name, programmed, baseline };
      })
    );
  }

  drift(
    programmed: ReturnType<SequentialNetwork["program"]>,
    t_inference_s: number,
    hardware: Hardware,
    normal: NormalSource,
  ): Record<string, Reading> {
    return Object.fromEntries(programmed.map(({ name, programmed, baseline }) => {
      const weights = driftTile(programmed, t_inference_s, hardware, normal);
      const alpha = hardware.driftCompensation === "none"
        ? 1
        : compensation(baseline, readOut(weights, periphery(hardware), normal));
      return [name, { weights, alpha }];
    }));
  }

  logits(
    crossbars: Crossbars,
    x: Tensor,
    seed: number,
    change: (tile: AnalogTile) => AnalogTile = (tile) => tile,
    readings?: Record<string, Reading>,
  ): Float32Array {
    const { backend } = crossbars, { tf } = backend;
    return tf.tidy(() => {
      let h = x, number = 0;
      for (const l of this.#layers) {
        if ("tiles" in l) {
          const { shape, tiles } = this.#tiled[number];
          const tensors = layerTensors(
            backend,
            { shape, tiles: tiles.map(change) },
            readings,
          );
          const bias = l.type === "linear" ? tf.tensor1d(this.#at(l.bias)) : null;
          const base = 100 * number++;
          const seeds = (t: number) => tf.tensor1d([seed | 0, base + t], "int32") as Tensor1D;
          h = analogForward(crossbars, shape, tensors, bias, h, seeds);
        } else h = digitalLayer(backend, l, h, this.#at);
      }
      return h;
    }).dataSync() as Float32Array;
  }
}

function shapeOf(l: Tiled, name: string): LayerShape {
  return l.type === "conv"
    ? {
      name,
      kind: "convolution",
      inChannels: l.cin,
      outChannels: l.cout,
      kernel: l.k,
      stride: l.stride,
      padding: l.pad,
    }
    : {
      name,
      kind: "linear",
      inChannels: l.in,
      outChannels: l.out,
      kernel: 1,
      stride: 1,
      padding: 0,
    };
}

function digitalLayer(
  { tf }: Backend,
  l: Exclude<Layer, Tiled>,
  h: Tensor,
  at: (p: z.infer<typeof place>) => Float32Array,
): Tensor {
  switch (l.type) {
    case "bn": {
      const [weight, bias, mean, variance] = [l.weight, l.bias, l.mean, l.var].map((p) =>
        tf.tensor1d(at(p))
      );
      const deviation = tf.sqrt(tf.add(variance, l.eps));
      return tf.add(tf.mul(tf.div(tf.sub(h, mean), deviation), weight), bias);
    }
    case "relu":
      return tf.relu(h);
    case "global_avg_pool":
      return tf.mean(h, [1, 2]);
  }
}

function argmax(logits: ArrayLike<number>, classes: number): number[] {
  return Array.from({ length: logits.length / classes }, (_, row) => {
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if (logits[row * classes + k] > logits[row * classes + best]) best = k;
    }
    return best;
  });
}
const equal = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  mean(Array.from(a, (v, i) => v === b[i] ? 1 : 0));
const rmsOf = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.sqrt(mean(Array.from(a, (v, i) => (v - b[i]) ** 2)));
const largest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (v, i) => Math.abs(v - b[i])).reduce((x, y) => Math.max(x, y), 0);
