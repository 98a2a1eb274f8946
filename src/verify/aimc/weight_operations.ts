/** What hardware-aware training does to weights, against AIHWKit 1.1.0 (file f). */
import { z } from "zod";
import {
  clipWeights,
  gaussian,
  mapWeights,
  modifyWeights,
  remapWeights,
} from "../../analog/mod.ts";
import { prng } from "../../random.ts";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "../report.ts";
import { flat, matrix, numbers, tolerance } from "../values.ts";

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
