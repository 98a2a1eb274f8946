/** A whole network against CrossSim 3.2.0 (file e2e). */
import { z } from "zod";
import { arrays, gaussian, type LayerShape, noNoise, type NormalSource } from "../../analog/mod.ts";
import type { Tensor, Tensor4D } from "../../backend.ts";
import { deriveSeed, prng } from "../../random.ts";
import { blob, readBlob } from "../blob.ts";
import { mean, Worst } from "../repeats.ts";
import { numbers } from "../values.ts";
import { digitalLayer, digitalLayers, type Place, place } from "../digital_layers.ts";
import { argmax, equal, largest, rmsOf } from "../logits.ts";
import { type GoldenReport, readGolden } from "../report.ts";
import { arrayMachine } from "./products.ts";
import { layerOf, physicsOf, type SettingsRecord, settingsRecord } from "./settings.ts";

const layerRecord = z.discriminatedUnion("type", [
  z.object({ type: z.literal("conv"), stride: z.number(), pad: z.number(), W: place }),
  ...digitalLayers,
  z.object({ type: z.literal("linear"), W: place, bias: place }),
]);
type LayerRecord = z.infer<typeof layerRecord>;

const measured = z.object({ mean: z.number(), sd: z.number() });
const schema = z.object({
  layers: z.array(layerRecord),
  weights_bin: blob.partial({ shape: true }),
  images_bin: blob,
  labels_bin: blob.partial({ shape: true }),
  digital_logits: z.array(numbers),
  deterministic: z.array(z.object({
    name: z.string(),
    settings: z.array(settingsRecord),
    images: z.number(),
    logits: z.array(numbers),
  })),
  stochastic: z.array(z.object({
    name: z.string(),
    settings: z.array(settingsRecord),
    images: z.number(),
    reps: z.number(),
    agreement: measured,
    accuracy: measured,
    logit_rms_vs_digital: measured,
  })),
});

function shapeOf(record: LayerRecord & { W: Place }, name: string): LayerShape {
  const [outChannels, inChannels, kernel = 1] = record.W.shape;
  const sizes = { name, inChannels, outChannels, kernel };
  return record.type === "conv"
    ? {
      ...sizes,
      kind: "convolution",
      stride: record.stride,
      padding: record.pad,
      groups: 1,
      dilation: 1,
    }
    : { ...sizes, kind: "linear", stride: 1, padding: 0, groups: 1, dilation: 1 };
}

/** Deterministic: rms 0.05 and 98 % of the classes (1e-3 without ADC); noisy: 4 standard errors and 0.004. */
export async function checkEndToEnd(path: string): Promise<GoldenReport> {
  const golden = await readGolden(path, schema), machine = await arrayMachine();
  const { backend } = machine, { tf } = backend;
  const size = ({ shape }: Place) => shape.reduce((a, b) => a * b);
  const places = golden.layers.flatMap((l) => Object.values(l)).filter((v) =>
    typeof v === "object"
  );
  const count = Math.max(...(places as Place[]).map((p) => p.offset + size(p)));
  const values = await readBlob(path, { ...golden.weights_bin, shape: [count] }) as Float32Array;
  const pixels = await readBlob(path, golden.images_bin), [images] = golden.images_bin.shape;
  const labels = await readBlob(path, { ...golden.labels_bin, shape: [images] });
  const at = (p: Place) => values.slice(p.offset, p.offset + size(p));
  const all = tf.tidy(() => {
    const scaled = Float32Array.from(pixels, (v) => Math.fround(Math.fround(v / 255) - 0.5) / 0.25);
    const [n, c, h, w] = golden.images_bin.shape;
    return tf.transpose(tf.tensor4d(scaled, [n, c, h, w]), [0, 2, 3, 1]) as Tensor4D;
  });

  /** Logits of the first images, the arrays programmed with `normal`; read noise follows from `seed`. */
  const logits = (
    settings: readonly SettingsRecord[],
    count: number,
    normal: NormalSource,
    seed: number,
  ): Float32Array =>
    tf.tidy(() => {
      let h: Tensor = tf.slice(all, [0, 0, 0, 0], [count, -1, -1, -1]), number = 0;
      for (const record of golden.layers) {
        if (!("W" in record)) {
          h = digitalLayer(backend, record, h, at);
          continue;
        }
        const c = settings[number], base = 100 * number, { physics, t_days } = physicsOf(c);
        const layer = layerOf(shapeOf(record, `layer ${number++}`), at(record.W), c);
        const event = arrays.programLayer(layer, normal);
        const reading = arrays.readLayer(machine.kernel, layer, event, physics, t_days);
        const tensors = arrays.layerTensors(backend, layer, reading, null);
        const bias = record.type === "linear" ? tf.tensor1d(at(record.bias)) : null;
        const noise = (draw: number) => [seed, base + draw] as const;
        h = arrays.arrayForward(machine, layer, tensors, bias, h, noise);
      }
      return h;
    }).dataSync() as Float32Array;

  const classes = golden.digital_logits[0].length, worst = new Worst();
  const arg = (values: ArrayLike<number>) => argmax(values, classes);
  for (const { name, settings, images, logits: recorded } of golden.deterministic) {
    const found = logits(settings, images, noNoise, 0), wanted = recorded.flat();
    const hasAdc = settings.some(({ adc }) => adc.bits > 0);
    if (!hasAdc) worst.note(`${name}: largest, of 1e-3`, largest(found, wanted) / 1e-3);
    worst.note(`${name}: rms, of 0.05`, rmsOf(found, wanted) / 0.05);
    worst.note(`${name}: argmax, of 2 %`, (1 - equal(arg(found), arg(wanted))) / 0.02);
  }
  for (const entry of golden.stochastic) {
    const { name, settings, images, reps } = entry;
    const digital = golden.digital_logits.slice(0, images).flat();
    // A condition without programming errors differs between repeats by its reads alone.
    const repeats = Array.from({ length: 25 }, (_, r) => {
      const normal = gaussian(prng(1, `${name} ${r}`));
      const found = logits(settings, images, normal, deriveSeed(1, `${name} ${r}`));
      return {
        agreement: equal(arg(found), arg(digital)),
        accuracy: equal(arg(found), labels.slice(0, images)),
        logit_rms_vs_digital: rmsOf(found, digital),
      };
    });
    for (const field of ["agreement", "accuracy", "logit_rms_vs_digital"] as const) {
      const random = 4 * entry[field].sd * Math.sqrt(1 / repeats.length + 1 / reps);
      const off = Math.abs(mean(repeats.map((r) => r[field])) - entry[field].mean);
      worst.note(`${name}: ${field}`, off / (random + 0.004));
    }
  }
  all.dispose();
  worst.cases = golden.deterministic.length + golden.stochastic.length;
  return worst.report();
}
