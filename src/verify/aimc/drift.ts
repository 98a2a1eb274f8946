/** Programming and drift of a tile with given deviates against AIHWKit 1.1.0 (file c). */
import { z } from "zod";
import { type Hardware } from "../../config.ts";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "../report.ts";
import { hardwareOf, ioSchema, underEitherScaling } from "./settings.ts";
import { noDeviates, tileHistory } from "./tile_history.ts";
import { matrix, numbers, replay, tolerance } from "../values.ts";

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
  const named = hardwareOf({ ...golden.io, g_max: golden.g_max, g_min: golden.g_min });
  const share = shareOfTolerance(golden.tolerance);
  const shareOfGdc = shareOfTolerance({ rel: golden.tolerance.gdc_rel, abs: 0 });
  const { program, read } = golden.injected_normals;
  const check = (hardware: Hardware) =>
    worstOf(["zero_noise", "injected"] as const, (mode) => {
      const wanted = golden[mode];
      const times = wanted.drifted.map(({ t_inference }) => t_inference);
      const { mapped, programmed, baseline, drifted, alpha } = tileHistory(
        golden.weights,
        hardware,
        times,
        mode === "injected"
          ? { program: replay(program), read: (i) => replay(read[i]) }
          : noDeviates,
      );
      return {
        target: share(mapped.weights, wanted.analog_weights_target.flat()),
        scales: share(mapped.scales, wanted.mapping_scales),
        programmed: share(programmed.weights, wanted.programmed_weights.flat()),
        nu: Math.max(
          share(programmed.traits[0], wanted.nu_plus.flat()),
          share(programmed.traits[1], wanted.nu_minus.flat()),
        ),
        drifted: Math.max(
          ...drifted.map((w, i) => share(w, wanted.drifted[i].drifted_weights.flat())),
        ),
        compensation: Math.max(
          shareOfGdc([baseline], [wanted.gdc_baseline]),
          shareOfGdc(alpha, wanted.drifted.map(({ gdc_alpha }) => gdc_alpha)),
        ),
      };
    });
  return underEitherScaling((weightScaling) => check({ ...named, weightScaling }));
}
