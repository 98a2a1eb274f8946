/** Moments of devices with errors, and of outputs under read noise, against CrossSim 3.2.0 (file s). */
import { z } from "zod";
import { arrays, gaussian } from "../../analog/mod.ts";
import { prng } from "../../random.ts";
import { flat, matrix, numbers } from "../values.ts";
import { type GoldenReport, readGolden } from "../report.ts";
import { Worst } from "../repeats.ts";
import { arrayMachine, linearShape } from "./products.ts";
import {
  deviceOf,
  deviceRecord,
  layerOf,
  physicsOf,
  settingsRecord,
  windowOf,
} from "./settings.ts";

const schema = z.object({
  devices: z.array(z.object({
    model: z.string(),
    kind: z.enum(["programming", "drift", "read"]),
    time_days: z.number(),
    magnitude: z.number(),
    device: deviceRecord,
    g_target: z.number(),
    n: z.number(),
    mean: z.number(),
    mean_se: z.number(),
    sd: z.number(),
    sd_se: z.number(),
    fraction_zero: z.number(),
  })),
  read_noise_mvm: z.array(z.object({
    name: z.string(),
    settings: settingsRecord,
    W: matrix,
    x: numbers,
    n: z.number(),
    mean: numbers,
    mean_se: numbers,
    sd: numbers,
    sd_se: numbers,
    correlation_between_outputs_0_1: z.number(),
  })),
});

/** Both sides are draws of the same size, so a difference has twice the variance of one. */
const ALLOWED = 5 * Math.SQRT2;

/** Every moment to five standard errors. */
export async function checkStatistics(path: string): Promise<GoldenReport> {
  const golden = await readGolden(path, schema), worst = new Worst();
  for (const entry of golden.devices) {
    const window = windowOf(entry.device), device = deviceOf(entry);
    const law = entry.kind === "read"
      ? { mean: (g: number) => g, sd: device.readSd!(window) }
      : device.programmed(window, entry.kind === "drift" ? entry.time_days : 0);
    const label = `${entry.model} ${entry.kind} ${entry.time_days} ${entry.g_target}`;
    const normal = gaussian(prng(1, label))(entry.n), centre = law.mean(entry.g_target);
    const draws = Float64Array.from(
      normal,
      (n) => arrays.bounded(centre + law.sd(centre) * n, window, entry.device.clip),
    );
    const { mean, sd } = momentsOf(draws), share = draws.filter((g) => g === 0).length / entry.n;
    // CrossSim's own draws are float32 for some models: 1e-7 of the value is rounding.
    const rounding = 1e-7 * Math.abs(entry.mean);
    worst.note(
      "mean of devices",
      Math.abs(mean - entry.mean) / (ALLOWED * entry.mean_se + rounding),
    );
    worst.note("SD of devices", Math.abs(sd - entry.sd) / (ALLOWED * entry.sd_se + rounding));
    const p = Math.max(entry.fraction_zero, 1 / entry.n);
    const shareError = Math.sqrt(p * (1 - p) / entry.n);
    worst.note(
      "share at 0",
      Math.abs(share - entry.fraction_zero) / (ALLOWED * shareError || 1e-12),
    );
  }
  const machine = await arrayMachine(), { backend: { tf } } = machine;
  for (const entry of golden.read_noise_mvm) {
    const { settings, W, x, n } = entry, outputs = W.length;
    const layer = layerOf(linearShape(W), flat(W), settings),
      { physics, t_days } = physicsOf(settings);
    const event = arrays.programLayer(layer, (k) => new Float32Array(k));
    const reading = arrays.readLayer(machine.kernel, layer, event, physics, t_days);
    const y = tf.tidy(() => {
      const tensors = arrays.layerTensors(machine.backend, layer, reading, null);
      const batch = tf.tile(tf.tensor2d([x]), [n, 1]);
      return arrays.arrayForward(machine, layer, tensors, null, batch, (draw) => [1, draw])
        .dataSync();
    });
    const column = (o: number) => Float64Array.from({ length: n }, (_, k) => y[k * outputs + o]);
    for (let o = 0; o < outputs; o++) {
      const { mean, sd } = momentsOf(column(o));
      worst.note("mean of outputs", Math.abs(mean - entry.mean[o]) / (ALLOWED * entry.mean_se[o]));
      worst.note("SD of outputs", Math.abs(sd - entry.sd[o]) / (ALLOWED * entry.sd_se[o]));
    }
    const together = correlation(column(0), column(1));
    const apart = Math.abs(together - entry.correlation_between_outputs_0_1);
    worst.note("correlation of outputs", apart / (ALLOWED / Math.sqrt(n)));
  }
  worst.cases = golden.devices.length + golden.read_noise_mvm.length;
  return worst.report();
}

function momentsOf(values: Float64Array): { mean: number; sd: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}

function correlation(a: Float64Array, b: Float64Array): number {
  const [p, q] = [momentsOf(a), momentsOf(b)];
  const shared = a.reduce((sum, v, i) => sum + (v - p.mean) * (b[i] - q.mean), 0);
  return shared / ((a.length - 1) * p.sd * q.sd);
}
