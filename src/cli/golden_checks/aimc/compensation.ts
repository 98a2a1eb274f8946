/** Global drift compensation against AIHWKit 1.1.0 (file c_gdc). */
import { z } from "zod";
import {
  compensation,
  driftTile,
  mapWeights,
  noNoise,
  periphery,
  programTile,
  readOut,
} from "../../../analog/mod.ts";
import { type Hardware } from "../../../config.ts";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "../report.ts";
import { hardwareOf, ioSchema, underEitherScaling } from "./settings.ts";
import { flat, matrix } from "./values.ts";

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
      const hardware = { ...hardwareOf(io), weightScaling }, surroundings = periphery(hardware);
      const { adc_off_rel, quantised_rel } = golden.tolerance;
      const share = shareOfTolerance({ rel: io.out_res > 0 ? quantised_rel : adc_off_rel, abs: 0 });
      const mapped = mapWeights(flat(weights), weights.length, hardware);
      const programmed = programTile(mapped.weights, hardware, noNoise);
      const found = readOut(programmed.weights, surroundings, noNoise);
      return {
        programmed: shareOfTolerance({ rel: 1e-5, abs: 1e-5 })(
          programmed.weights,
          programmed_weights.flat(),
        ),
        baseline: share([found], [baseline]),
        alpha: share(
          alpha.map(({ t_inference }) =>
            compensation(
              found,
              readOut(driftTile(programmed, t_inference, hardware, noNoise), surroundings, noNoise),
            )
          ),
          alpha.map((a) => a.alpha),
        ),
      };
    });
  return underEitherScaling(check);
}
