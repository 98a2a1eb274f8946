/** Tiles of other devices and of several pairs a weight, with given deviates, against AIHWKit 1.1.0 (file k). */
import { z } from "zod";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "../report.ts";
import { hardwareOf, ioSchema } from "./settings.ts";
import { tileHistory } from "./tile_history.ts";
import { matrix, replay, tolerance } from "../values.ts";

export async function checkDeviceTiles(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      tolerance: tolerance.extend({ gdc_rel: z.number() }),
      cases: z.array(z.object({
        device: z.enum(["pcm", "reram_wan2022"]),
        pairs: z.number(),
        g_max: z.number(),
        g_min: z.number(),
        io: ioSchema,
        weights: matrix,
        injected_normals: z.object({ program: z.array(matrix), read: z.array(z.array(matrix)) }),
        analog_weights_target: matrix,
        programmed_weights: matrix,
        drift_parameters: z.array(matrix),
        gdc_baseline: z.number(),
        drifted: z.array(
          z.object({ t_inference: z.number(), drifted_weights: matrix, gdc_alpha: z.number() }),
        ),
      })).nonempty(),
    }),
  );
  const share = shareOfTolerance(golden.tolerance);
  const shareOfGdc = shareOfTolerance({ rel: golden.tolerance.gdc_rel, abs: 0 });
  return worstOf(golden.cases, (c) => {
    const hardware = {
      ...hardwareOf({ ...c.io, g_max: c.g_max, g_min: c.g_min }),
      device: c.device,
      pairs: c.pairs,
    };
    const times = c.drifted.map(({ t_inference }) => t_inference);
    const { program, read } = c.injected_normals;
    const { mapped, programmed, baseline, drifted, alpha } = tileHistory(
      c.weights,
      hardware,
      times,
      { program: replay(program), read: (i) => replay(read[i]) },
    );
    return {
      target: share(mapped.weights, c.analog_weights_target.flat()),
      programmed: share(programmed.weights, c.programmed_weights.flat()),
      parameters: programmed.traits.length === c.drift_parameters.length
        ? Math.max(...programmed.traits.map((p, i) => share(p, c.drift_parameters[i].flat())))
        : Infinity,
      drifted: Math.max(...drifted.map((w, i) => share(w, c.drifted[i].drifted_weights.flat()))),
      compensation: Math.max(
        shareOfGdc([baseline], [c.gdc_baseline]),
        shareOfGdc(alpha, c.drifted.map(({ gdc_alpha }) => gdc_alpha)),
      ),
    };
  });
}
