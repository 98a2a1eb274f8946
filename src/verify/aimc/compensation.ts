/** Global drift compensation against AIHWKit 1.1.0 (file c_gdc). */
import { z } from "zod";
import { type Hardware } from "../../config.ts";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "../report.ts";
import { hardwareOf, ioSchema, underEitherScaling } from "./settings.ts";
import { noDeviates, tileHistory } from "./tile_history.ts";
import { matrix } from "../values.ts";

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
  const check = (weightScaling: Hardware["weightScaling"]) =>
    worstOf(golden.cases, ({ io, weights, programmed_weights, baseline, alpha }) => {
      const hardware = { ...hardwareOf(io), weightScaling };
      const { adc_off_rel, quantised_rel } = golden.tolerance;
      const share = shareOfTolerance({ rel: io.out_res > 0 ? quantised_rel : adc_off_rel, abs: 0 });
      const times = alpha.map(({ t_inference }) => t_inference);
      const found = tileHistory(weights, hardware, times, noDeviates);
      return {
        programmed: shareOfTolerance({ rel: 1e-5, abs: 1e-5 })(
          found.programmed.weights,
          programmed_weights.flat(),
        ),
        baseline: share([found.baseline], [baseline]),
        alpha: share(found.alpha, alpha.map((a) => a.alpha)),
      };
    });
  return underEitherScaling(check);
}
