/** Closed forms of the devices against AIHWKit 1.1.0: PCM (file b) and ReRAM (file i). */
import { z } from "zod";
import {
  driftExponentMean,
  driftExponentSd,
  programmingSigma,
  readSigma,
  reramSigma,
} from "../../analog/mod.ts";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "../report.ts";
import { numbers, tolerance } from "../values.ts";

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

export async function checkReramCurves(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      tolerance,
      cases: z.array(z.object({
        g_max: z.number(),
        g_uS: numbers,
        prog_sigma_uS: numbers,
        sigma_uS: z.record(z.string(), numbers),
      })).nonempty(),
    }),
  );
  const share = shareOfTolerance(golden.tolerance);
  return worstOf(golden.cases, ({ g_max, g_uS, prog_sigma_uS, sigma_uS }) => {
    const at = (t_s: number) => g_uS.map((g) => reramSigma(g, g_max, t_s));
    return {
      programming: share(at(1), prog_sigma_uS),
      "at time": Math.max(...Object.entries(sigma_uS).map(([t, s]) => share(at(Number(t)), s))),
    };
  });
}
