/** Weights as conductances against AIHWKit 1.1.0: single pairs (file a) and several (file j). */
import { z } from "zod";
import { toConductances, toWeights } from "../../analog/mod.ts";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "../report.ts";
import { flat, matrix, tolerance } from "../values.ts";

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
    const range = { gMax_uS: c.g_max, gMin_uS: c.g_min, pairs: 1 };
    const found = toConductances(flat(c.weights), range);
    return {
      "g+": share(found.devices[0], c.g_plus_uS.flat()),
      "g-": share(found.devices[1], c.g_minus_uS.flat()),
      scale: share([found.scale_ratio], [c.scale_ratio]),
      back: share(toWeights(found), c.weights_back.flat()),
    };
  });
}

export async function checkPairs(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      tolerance,
      cases: z.array(z.object({
        pairs: z.number(),
        g_max: z.number(),
        g_min: z.number(),
        weights: matrix,
        devices_uS: z.array(matrix),
        scale_ratio: z.number(),
        weights_back: matrix,
      })).nonempty(),
    }),
  );
  const share = shareOfTolerance(golden.tolerance);
  return worstOf(golden.cases, (c) => {
    const range = { gMax_uS: c.g_max, gMin_uS: c.g_min, pairs: c.pairs };
    const found = toConductances(flat(c.weights), range);
    return {
      devices: found.devices.length === c.devices_uS.length
        ? Math.max(...found.devices.map((g, i) => share(g, c.devices_uS[i].flat())))
        : Infinity,
      scale: share([found.scale_ratio], [c.scale_ratio]),
      back: share(toWeights(found), c.weights_back.flat()),
    };
  });
}
