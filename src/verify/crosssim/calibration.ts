/** Ranges of converters from data against CrossSim 3.2.0 (file g). */
import { z } from "zod";
import { arrays } from "../../analog/mod.ts";
import { matrix, numbers } from "../values.ts";
import { type GoldenReport, readGolden, worstError, worstOf } from "../report.ts";

const objective = z.object({
  bits: z.number(),
  eta: z.tuple([z.number(), z.number()]),
  error_minmax: z.number(),
  error_relu: z.number(),
});
const optimum = z.object({ bits: z.number(), optimised_limits: z.tuple([z.number(), z.number()]) });

/** Errors to 1e-6; our limits err at most 2 % more than CrossSim's; limits of slices equal. */
export async function checkCalibration(path: string): Promise<GoldenReport> {
  const { cases } = await readGolden(
    path,
    z.object({
      cases: z.array(z.object({
        samples: numbers,
        cases: z.array(z.union([objective, optimum])),
        sliced: z.object({
          rows: z.number(),
          percentile: z.number(),
          samples: matrix,
          limits: matrix,
        }),
      })).nonempty(),
    }),
  );
  return worstOf(cases, ({ samples, cases, sliced }) => {
    const sorted = Float64Array.from(samples).sort();
    const rectified = sorted.map((v) => Math.max(v, 0));
    const worst: Record<string, number> = {};
    const note = (name: string, share: number) =>
      worst[name] = Math.max(worst[name] ?? 0, Number.isNaN(share) ? Infinity : share);
    for (const c of cases) {
      if ("eta" in c) {
        const error = arrays.conversionError(sorted, arrays.limitsAt(sorted, ...c.eta), c.bits);
        note("error of signed signals", Math.abs(error / c.error_minmax - 1) / 1e-6);
        const [, high] = arrays.limitsAt(rectified, ...c.eta);
        const rectifiedError = arrays.conversionError(rectified, [0, high], c.bits);
        note("error of rectified signals", Math.abs(rectifiedError / c.error_relu - 1) / 1e-6);
      } else {
        const error = (limits: arrays.Limits) => arrays.conversionError(sorted, limits, c.bits);
        const ours = error(arrays.leastErrorLimits(sorted, c.bits));
        note("error at the optimum, of + 2 %", ours / error(c.optimised_limits) / 1.02);
      }
    }
    const limits = sliced.samples.flatMap((values) => [
      ...arrays.slicedLimits(Float64Array.from(values).sort(), sliced.rows, sliced.percentile),
    ]);
    note("limits of slices", worstError(limits, sliced.limits.flat()));
    return worst;
  });
}
