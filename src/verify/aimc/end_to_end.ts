/** A whole network against AIHWKit 1.1.0 (file e2e). */
import { z } from "zod";
import { type Crossbars, gaussian, loadAnalogKernel, periphery } from "../../analog/mod.ts";
import { loadBackend } from "../../backend.ts";
import { type Hardware } from "../../config.ts";
import { deriveSeed, prng } from "../../random.ts";
import { type GoldenReport, readGolden } from "../report.ts";
import { blob, readBlob } from "../blob.ts";
import { mean, moments, spreadFactor, Worst } from "../repeats.ts";
import type { Place } from "../digital_layers.ts";
import { argmax, equal, largest, rmsOf } from "../logits.ts";
import { layer, SequentialNetwork } from "./sequential_network.ts";
import { hardwareOf, ioSchema } from "./settings.ts";
import { numbers } from "../values.ts";

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
  const at = ({ offset, shape }: Place) =>
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
