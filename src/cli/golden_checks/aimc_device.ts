/** PCM devices and weight operations of the analog simulator against AIHWKit 1.1.0 (files a, b, c, f, s_pcm). */
import { z } from "zod";
import {
  clipWeights,
  compensation,
  drawDriftExponents,
  driftConductances,
  driftExponentMean,
  driftExponentSd,
  driftTile,
  gaussian,
  mapWeights,
  modifyWeights,
  noNoise,
  type NormalSource,
  periphery,
  programConductances,
  programmingSigma,
  programTile,
  readOut,
  readSigma,
  remapWeights,
  toConductances,
  toWeights,
} from "../../analog/mod.ts";
import { resolveConfig } from "../../config.ts";
import { prng } from "../../random.ts";
import { hardwareOf, ioSchema } from "./aimc_settings.ts";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "./report.ts";

const numbers = z.array(z.number());
const matrix = z.array(numbers);
const tolerance = z.object({ rel: z.number(), abs: z.number() });
const flat = (m: number[][]) => Float32Array.from(m.flat());

export async function checkConductance(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      tolerance,
      cases: z.array(z.object({
        g_max: z.number(),
        g_min: z.number(),
        weights: matrix,
        g_plus_uS: matrix,
        g_minus_uS: matrix,
        scale_ratio: z.number(),
        weights_back: matrix,
      })).nonempty(),
    }),
  );
  const share = shareOfTolerance(golden.tolerance);
  return worstOf(golden.cases, (c) => {
    const range = { gMax_uS: c.g_max, gMin_uS: c.g_min };
    const pair = toConductances(flat(c.weights), range);
    return {
      "g+": share(pair.plus, c.g_plus_uS.flat()),
      "g-": share(pair.minus, c.g_minus_uS.flat()),
      scale: share([pair.scale_ratio], [c.scale_ratio]),
      back: share(toWeights(pair, range), c.weights_back.flat()),
    };
  });
}

export async function checkCurves(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      g_max: z.number(),
      tolerance,
      g_uS: numbers,
      prog_sigma_uS: numbers,
      nu_mean: numbers,
      nu_std: numbers,
      prog_sigma_uS_float64: numbers,
      nu_mean_float64: numbers,
      nu_std_float64: numbers,
      read_sigma: z.record(
        z.string(),
        z.object({ sigma_rel_float64: numbers, sigma_rel_aihwkit_f32: numbers }),
      ),
    }),
  );
  const { g_max, g_uS } = golden, share = shareOfTolerance(golden.tolerance);
  const sigma = g_uS.map((g) => programmingSigma(g, g_max));
  const mean = g_uS.map((g) => driftExponentMean(g, g_max));
  const sd = g_uS.map((g) => driftExponentSd(g, g_max));
  return worstOf(Object.entries(golden.read_sigma), ([t, read]) => {
    const relative = g_uS.map((g) => g > 0 ? readSigma(g, g_max, Number(t)) : 0);
    // AIHWKit's float32 loses the relative noise of conductances below 1e-3 uS; the closed form stays.
    const above = (values: number[]) => values.filter((_, i) => g_uS[i] > 1e-3);
    return {
      programming: share(sigma, golden.prog_sigma_uS),
      "nu mean": share(mean, golden.nu_mean),
      "nu sd": share(sd, golden.nu_std),
      "closed forms": Math.max(
        share(sigma, golden.prog_sigma_uS_float64),
        share(mean, golden.nu_mean_float64),
        share(sd, golden.nu_std_float64),
        share(relative, read.sigma_rel_float64),
      ),
      read: share(above(relative), above(read.sigma_rel_aihwkit_f32)),
    };
  });
}

const driftRecord = z.object({
  analog_weights_target: matrix,
  mapping_scales: numbers,
  programmed_weights: matrix,
  nu_plus: matrix,
  nu_minus: matrix,
  gdc_baseline: z.number(),
  drifted: z.array(
    z.object({ t_inference: z.number(), drifted_weights: matrix, gdc_alpha: z.number() }),
  ),
});

export async function checkDrift(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      g_max: z.number(),
      g_min: z.number(),
      weights: matrix,
      injected_normals: z.object({ program: z.array(matrix), read: z.array(z.array(matrix)) }),
      io: ioSchema,
      tolerance: tolerance.extend({ gdc_rel: z.number() }),
      zero_noise: driftRecord,
      injected: driftRecord,
    }),
  );
  const hardware = hardwareOf({ ...golden.io, g_max: golden.g_max, g_min: golden.g_min });
  const share = shareOfTolerance(golden.tolerance);
  const shareOfGdc = shareOfTolerance({ rel: golden.tolerance.gdc_rel, abs: 0 });
  const outSize = golden.weights.length;
  const { program, read } = golden.injected_normals;
  return worstOf(["zero_noise", "injected"] as const, (mode) => {
    const wanted = golden[mode];
    const source = (list: number[][][]) => mode === "injected" ? replay(list) : noNoise;
    const mapped = mapWeights(flat(golden.weights), outSize, hardware);
    const programmed = programTile(mapped.weights, hardware, source(program));
    const baseline = readOut(programmed.weights, periphery(hardware), noNoise);
    const drifted = wanted.drifted.map(({ t_inference }, i) =>
      driftTile(programmed, t_inference, hardware, source(read[i]))
    );
    return {
      target: share(mapped.weights, wanted.analog_weights_target.flat()),
      scales: share(mapped.scales, wanted.mapping_scales),
      programmed: share(programmed.weights, wanted.programmed_weights.flat()),
      nu: Math.max(
        share(programmed.nu_plus, wanted.nu_plus.flat()),
        share(programmed.nu_minus, wanted.nu_minus.flat()),
      ),
      drifted: Math.max(
        ...drifted.map((w, i) => share(w, wanted.drifted[i].drifted_weights.flat())),
      ),
      compensation: Math.max(
        shareOfGdc([baseline], [wanted.gdc_baseline]),
        ...drifted.map((w, i) =>
          shareOfGdc(
            [compensation(baseline, readOut(w, periphery(hardware), noNoise))],
            [wanted.drifted[i].gdc_alpha],
          )
        ),
      ),
    };
  });
}

/** A source that gives back recorded deviates, one array a call. */
function replay(list: number[][][]): NormalSource {
  const arrays = list.map(flat).values();
  return (n) => {
    const next = arrays.next().value;
    if (next?.length !== n) throw new Error(`${n} deviates were asked, ${next?.length} recorded`);
    return next;
  };
}

export async function checkCompensation(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      tolerance: z.object({ adc_off_rel: z.number(), quantised_rel: z.number() }),
      cases: z.array(z.object({
        name: z.string(),
        io: ioSchema,
        weights: matrix,
        programmed_weights: matrix,
        baseline: z.number(),
        alpha: z.array(z.object({ t_inference: z.number(), alpha: z.number() })),
      })).nonempty(),
    }),
  );
  return worstOf(golden.cases, ({ io, weights, programmed_weights, baseline, alpha }) => {
    const hardware = hardwareOf(io), surroundings = periphery(hardware);
    const { adc_off_rel, quantised_rel } = golden.tolerance;
    const share = shareOfTolerance({ rel: io.out_res > 0 ? quantised_rel : adc_off_rel, abs: 0 });
    const mapped = mapWeights(flat(weights), weights.length, hardware);
    const programmed = programTile(mapped.weights, hardware, noNoise);
    const found = readOut(programmed.weights, surroundings, noNoise);
    return {
      programmed: shareOfTolerance({ rel: 1e-5, abs: 1e-5 })(
        programmed.weights,
        programmed_weights.flat(),
      ),
      baseline: share([found], [baseline]),
      alpha: share(
        alpha.map(({ t_inference }) =>
          compensation(
            found,
            readOut(driftTile(programmed, t_inference, hardware, noNoise), surroundings, noNoise),
          )
        ),
        alpha.map((a) => a.alpha),
      ),
    };
  });
}

export async function checkWeightOperations(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      tolerance,
      clip_remap: z.array(z.object({
        remap: z.enum(["LayerwiseSymmetric", "ChannelwiseSymmetric"]),
        analog_weights: matrix,
        weights: matrix,
        scales: numbers,
        clip_sigma: z.number(),
        after_clip: matrix,
        after_remap: matrix,
        scales_after_remap: numbers,
      })).nonempty(),
      modifier: z.array(z.object({
        std_dev: z.number(),
        actual_wmax: z.number(),
        expected_std: z.number(),
      })),
    }),
  );
  const share = shareOfTolerance(golden.tolerance);
  const operations = worstOf(golden.clip_remap, (c) => {
    const kind = c.remap === "LayerwiseSymmetric" ? "layerwise" : "channelwise";
    const width = c.weights[0].length;
    const mapped = mapWeights(flat(c.weights), c.weights.length, {
      weightScalingOmega: 1,
      weightScaling: kind === "layerwise" ? "per_tensor" : "per_column",
    });
    const clipped = clipWeights(mapped.weights, c.clip_sigma);
    const remapped = remapWeights(clipped, mapped.scales, kind, (i) => Math.floor(i / width));
    return {
      mapped: Math.max(
        share(mapped.weights, c.analog_weights.flat()),
        share(mapped.scales, c.scales),
      ),
      clip: share(clipped, c.after_clip.flat()),
      remap: share(remapped.weights, c.after_remap.flat()),
      scales: share(remapped.scales, c.scales_after_remap),
    };
  });
  const modifier = worstOf(golden.modifier, (c) => {
    const weights = new Float32Array(1 << 20).fill(0.5 * c.actual_wmax);
    weights[0] = c.actual_wmax;
    const noise = modifyWeights(weights, c.std_dev, gaussian(prng(1, "modifier")));
    const squares = noise.reduce((sum, w, i) => sum + (w - weights[i]) ** 2, 0);
    const sd = Math.sqrt(squares / noise.length);
    return { "modifier sd": Math.abs(sd / c.expected_std - 1) / 0.01 };
  });
  return {
    cases: operations.cases + modifier.cases,
    parts: [...operations.parts, ...modifier.parts],
  };
}

const percentiles = z.record(z.string(), z.number());
const sample = z.object({
  n: z.number(),
  mean: z.number(),
  std: z.number(),
  se_mean: z.number(),
  se_std: z.number(),
  frac_zero: z.number(),
  percentiles,
  se_percentiles: percentiles,
});

export async function checkDeviceStatistics(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      g_max: z.number(),
      n: z.number(),
      rows: z.array(z.object({
        g_target_uS: z.number(),
        programmed: sample,
        nu: sample,
        at_time: z.record(z.string(), sample),
      })).nonempty(),
    }),
  );
  const device = resolveConfig({ hardware: { gMax_uS: golden.g_max } }).hardware;
  return worstOf(golden.rows, (row, index) => {
    const normal = gaussian(prng(index + 1, "device statistics"));
    const target = new Float32Array(golden.n).fill(row.g_target_uS);
    const programmed = programConductances(target, device, normal);
    const nu = drawDriftExponents(target, device, normal);
    const drifted = Object.entries(row.at_time).map(([t, wanted]) =>
      deviation(driftConductances(programmed, nu, Number(t), device, normal), wanted)
    );
    return {
      "programmed, of 4 se": deviation(programmed, row.programmed),
      "nu, of 4 se": deviation(nu, row.nu),
      "drifted, of 4 se": Math.max(...drifted),
    };
  });
}

/** Largest deviation of a sample's mean, sd, percentiles and zeros from `wanted`, in 4 joint standard errors. */
function deviation(values: Float32Array, wanted: z.infer<typeof sample>): number {
  const n = values.length, joint = Math.sqrt(1 + wanted.n / n);
  const sorted = values.slice().sort();
  let sum = 0;
  for (const v of values) sum += v;
  const mean = sum / n;
  let squares = 0;
  for (const v of values) squares += (v - mean) ** 2;
  const sd = Math.sqrt(squares / (n - 1));
  const errors = (difference: number, se: number) =>
    difference === 0 ? 0 : Math.abs(difference) / (4 * se * joint);
  const zeros = values.reduce((count, v) => count + (v === 0 ? 1 : 0), 0) / n;
  const p = wanted.frac_zero, pooled = (zeros * n + p * wanted.n) / (n + wanted.n);
  const zeroError = Math.sqrt(pooled * (1 - pooled) / wanted.n);
  const parts = [
    errors(mean - wanted.mean, wanted.se_mean),
    errors(sd - wanted.std, wanted.se_std),
    errors(zeros - p, zeroError),
  ];
  for (const [percent, value] of Object.entries(wanted.percentiles)) {
    const q = Number(percent) / 100;
    // Where a percentile is within reach of the atom at zero, the share of zeros has judged already.
    if (p > 0 && Math.abs(q - p) < 0.01 || q < p) continue;
    const rank = q * (n - 1), low = Math.floor(rank);
    const quantile = sorted[low] + (rank - low) * (sorted[Math.min(low + 1, n - 1)] - sorted[low]);
    parts.push(errors(quantile - value, wanted.se_percentiles[percent]));
  }
  return Math.max(...parts);
}
