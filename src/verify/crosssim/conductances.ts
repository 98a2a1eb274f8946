/** Weights on devices, and devices with their errors, against CrossSim 3.2.0 (files a, b and c). */
import { z } from "zod";
import { arrays } from "../../analog/mod.ts";
import { flat, matrix, numbers } from "../values.ts";
import { type GoldenReport, readGolden, worstError, worstOf } from "../report.ts";
import {
  designOf,
  deviceOf,
  deviceRecord,
  physicsOf,
  settingsRecord,
  windowOf,
} from "./settings.ts";

const slices = z.array(z.object({ g_plus: matrix, g_minus: matrix.nullable() })).nonempty();

const worstSlice = (
  found: readonly arrays.Conductances[],
  wanted: z.infer<typeof slices>,
) =>
  Math.max(...wanted.map(({ g_plus, g_minus }, s) =>
    Math.max(
      worstError(found[s].plus, flat(g_plus)),
      worstError(found[s].minus ?? [], g_minus?.flat() ?? []),
    )
  ));

/** Conductances to 1e-6 of g_max, weights to 1e-6 of the largest. */
export async function checkMapping(path: string): Promise<GoldenReport> {
  const { cases } = await readGolden(
    path,
    z.object({
      cases: z.array(z.object({
        settings: settingsRecord,
        W: matrix,
        weight_limit: z.number(),
        slices,
        W_read_back: matrix,
      })).nonempty(),
    }),
  );
  return worstOf(cases, ({ settings, W, weight_limit, slices, W_read_back }) => {
    const design = designOf(settings), weights = flat(W);
    const limit = arrays.weightLimit(weights, settings.weight_percentile);
    const found = arrays.toConductances(weights, limit, design);
    const back = arrays.toWeights(found, limit, arrays.readingOf(design));
    return {
      "weight limit": Math.abs(limit - weight_limit) / weight_limit / 1e-6,
      conductances: worstSlice(found, slices) / 1e-6,
      "read back": worstError(back, W_read_back.flat()) / weight_limit / 1e-6,
    };
  });
}

/** Every law of an error at deviates 0, 1 and -4, to 1e-12 of g_max. */
export async function checkDeviceCurves(path: string): Promise<GoldenReport> {
  const { curves } = await readGolden(
    path,
    z.object({
      curves: z.array(z.object({
        model: z.string(),
        kind: z.enum(["programming", "drift", "read"]),
        time_days: z.number(),
        magnitude: z.number(),
        device: deviceRecord,
        g_target: numbers,
        n_0: numbers,
        n_plus_1: numbers,
        n_minus_4: numbers,
      })).nonempty(),
    }),
  );
  return worstOf(curves, (curve) => {
    const window = windowOf(curve.device), device = deviceOf(curve);
    const law = curve.kind === "read"
      ? { mean: (g: number) => g, sd: device.readSd!(window) }
      : device.programmed(window, curve.kind === "drift" ? curve.time_days : 0);
    const at = (n: number) =>
      curve.g_target.map((g) => {
        const mean = law.mean(g);
        return arrays.bounded(mean + law.sd(mean) * n, window, curve.device.clip);
      });
    const worst = Math.max(
      worstError(at(0), curve.n_0),
      worstError(at(1), curve.n_plus_1),
      worstError(at(-4), curve.n_minus_4),
    );
    return { [curve.model]: worst / 1e-12 };
  });
}

/** Whole matrices with recorded deviates: SONOS, which CrossSim computes in float32, to 1e-5, others to 1e-6. */
export async function checkInjected(path: string): Promise<GoldenReport> {
  const { cases } = await readGolden(
    path,
    z.object({
      cases: z.array(z.object({
        settings: settingsRecord,
        W: matrix,
        normals: numbers,
        slices,
        W_read_back: matrix,
      })).nonempty(),
    }),
  );
  return worstOf(cases, ({ settings, W, normals, slices, W_read_back }) => {
    const design = designOf(settings), weights = flat(W);
    const { physics: { device, clip }, t_days } = physicsOf(settings);
    const limit = arrays.weightLimit(weights, settings.weight_percentile);
    let used = 0;
    const next = (n: number) => Float32Array.from(normals.slice(used, used += n));
    const found = arrays.toConductances(weights, limit, design).map((target) => {
      const event = {
        plus: next(target.plus.length),
        minus: target.minus && next(target.minus.length),
      };
      return arrays.foundDevices(
        target,
        event,
        device.programmed(design.window, t_days),
        design,
        clip,
      );
    });
    const tolerance = (settings.drift ?? settings.programming)!.model === "SONOS" ? 1e-5 : 1e-6;
    const back = arrays.toWeights(found, limit, arrays.readingOf(design));
    const span = 1 - arrays.gMinOf(design.window);
    return {
      "normals used": used === normals.length ? 0 : Infinity,
      conductances: worstSlice(found, slices) / tolerance,
      // A weight is a sum of conductances, each times its digit.
      "read back": worstError(back, W_read_back.flat()) /
        (limit * tolerance * arrays.readingOf(design).factors.reduce((a, b) => a + b) * span),
    };
  });
}
