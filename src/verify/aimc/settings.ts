/** AIHWKit's names of settings, as the reference files use them, in ours. */
import { z } from "zod";
import { type Hardware, resolveConfig } from "../../config.ts";
import { type GoldenReport } from "../report.ts";

/** Converters: a resolution is relative to the range, above 1 a number of steps, 0 or below none. */
export const ioSchema = z.object({
  inp_bound: z.number(),
  inp_res: z.number(),
  out_bound: z.number(),
  out_res: z.number(),
});

const settings = ioSchema.extend({
  out_noise: z.number(),
  g_max: z.number(),
  g_min: z.number(),
  prog_noise_scale: z.number(),
  read_noise_scale: z.number(),
  drift_scale: z.number(),
  gdc: z.boolean(),
  weight_scaling_omega: z.number(),
  weight_scaling_columnwise: z.boolean(),
  max_input_size: z.number(),
  max_output_size: z.number(),
}).partial();

/** The hardware of a reference case; what it does not name is the benchmark's, output noise is 0. */
export function hardwareOf(from: z.input<typeof settings>): Hardware {
  const s = settings.parse(from);
  const given = <T>(value: T | undefined, name: string) =>
    value === undefined ? {} : { [name]: value };
  return resolveConfig({
    hardware: {
      dac: converter(s.inp_res, s.inp_bound),
      adc: converter(s.out_res, s.out_bound),
      outputNoise: s.out_noise ?? 0,
      ...given(s.g_max, "gMax_uS"),
      ...given(s.g_min, "gMin_uS"),
      ...given(s.prog_noise_scale, "programmingNoise"),
      ...given(s.read_noise_scale, "readNoise"),
      ...given(s.drift_scale, "drift"),
      ...given(s.gdc === undefined ? undefined : s.gdc ? "global" : "none", "driftCompensation"),
      ...given(s.weight_scaling_omega, "weightScalingOmega"),
      ...given(
        s.weight_scaling_columnwise === undefined
          ? undefined
          : s.weight_scaling_columnwise
          ? "per_column"
          : "per_tensor",
        "weightScaling",
      ),
      ...given(s.max_input_size, "maxInputSize"),
      ...given(s.max_output_size, "maxOutputSize"),
    },
  }).hardware;
}

function converter(resolution: number | undefined, bound: number | undefined) {
  if (resolution === undefined || bound === undefined) return undefined;
  const limit = bound > 0 ? bound : null;
  if (resolution <= 0 || limit === null) return { kind: "ideal" as const, bound: limit };
  return {
    kind: "resolution" as const,
    resolution: resolution > 1 ? 1 / resolution : resolution,
    bound: limit,
  };
}

/**
 * The report of a file that does not name its mapping scales' kind: under the one that agrees better. A
 * wrong kind is off by thousands of tolerances, so nothing is forgiven by trying both.
 */
export function underEitherScaling(
  check: (weightScaling: Hardware["weightScaling"]) => GoldenReport,
): GoldenReport {
  const worst = ({ parts }: GoldenReport) =>
    Math.max(...parts.map(({ error, tolerance }) => error / tolerance));
  const [perTensor, perColumn] = [check("per_tensor"), check("per_column")];
  return worst(perTensor) <= worst(perColumn) ? perTensor : perColumn;
}
