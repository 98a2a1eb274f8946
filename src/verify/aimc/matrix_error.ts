/** Noise on a matrix against AIHWKit 1.1.0 (file s_mvm_error). */
import { z } from "zod";
import {
  compensation,
  type Crossbars,
  driftTile,
  gaussian,
  loadAnalogKernel,
  mapWeights,
  periphery,
  programTile,
  readOut,
} from "../../analog/mod.ts";
import { loadBackend, type Tensor1D } from "../../backend.ts";
import { type Hardware } from "../../config.ts";
import { prng } from "../../random.ts";
import { type GoldenReport, readGolden } from "../report.ts";
import { blob, readBlob } from "../blob.ts";
import { mean, type Moments, moments, sd, spreadFactor, Worst } from "../repeats.ts";
import { hardwareOf, ioSchema } from "./settings.ts";
import { numbers } from "../values.ts";

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
