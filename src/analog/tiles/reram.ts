/**
 * One ReRAM device: its deviation from the target conductance right after programming and days later.
 *
 * Fitted to the published figures of Wan et al. 2022 (Nature 608, 504; HfOx devices of the NeuRRAM chip) in
 * AIHWKit 1.1.0, `ReRamWan2022NoiseModel`. The figures give 1 s, 1 day and 2 days after programming and
 * conductances up to 40 uS; nothing is interpolated between times. Another `g_max_uS` stretches the curve
 * over its range and leaves the deviation in uS as it is, as AIHWKit computes (its default model is at 25):
 * an extrapolation (`isExtrapolated`). Not modelled: the 1/f noise of a read, which the figures do not give.
 *
 * Conductances in uS, times in seconds. Arrays are new; nothing is changed in place.
 */
import { finiteNumber } from "../../arguments.ts";
import { DEVICES } from "../../config.ts";
import { InputError } from "../../input_error.ts";
import type { DeviceModel, DeviceNoise } from "./device.ts";
import { positivePart } from "./float_bits.ts";
import type { NormalSource } from "../gaussian.ts";

/** Coefficients of 1, u .. u^4 in the deviation, uS, by time after programming, s; u = target / g_max. */
const DEVIATION_US: Readonly<Record<number, readonly number[]>> = {
  1: [0.348, 16.030, -43.853, 45.393, -16.815],
  86_400: [0.701, 22.086, -50.773, 47.095, -16.458],
  172_800: [0.782, 20.274, -43.507, 37.062, -11.934],
};

/** Time whose curve is the programming error, s. */
const T_PROGRAMMED_S = DEVICES.reram_wan2022.times_s[0];

/**
 * SD of a conductance about its target, uS, `t_s` after programming.
 * Throws InputError for a time that was not measured.
 */
export function reramSigma(g_target_uS: number, g_max_uS: number, t_s: number): number {
  finiteNumber("A conductance in uS", g_target_uS, 0);
  finiteNumber("g_max in uS", g_max_uS, Number.MIN_VALUE);
  const u = g_target_uS / g_max_uS;
  return coefficientsAt(t_s).reduceRight((sum, c) => sum * u + c, 0);
}

function coefficientsAt(t_s: number): readonly number[] {
  const times = DEVICES.reram_wan2022.times_s;
  if (times.some((t) => t === t_s)) return DEVIATION_US[t_s];
  throw new InputError(
    `The ReRAM of Wan et al. 2022 has no data at ${t_s} s; it was measured ${times.join(", ")} s ` +
      "after programming. Set measurement.inferenceTimes_s to some of these.",
  );
}

/** Conductances that deviate from their targets as measured at `t_s`, never below zero, not bounded above. */
function deviating(
  g_target_uS: Float32Array,
  t_s: number,
  { programmingNoise, gMax_uS }: DeviceNoise,
  normal: NormalSource,
): Float32Array {
  const [c0, c1, c2, c3, c4] = coefficientsAt(t_s), inverse = 1 / gMax_uS;
  const g = normal(g_target_uS.length);
  for (let i = 0; i < g.length; i++) {
    const u = g_target_uS[i] * inverse;
    const sigma = c0 + u * (c1 + u * (c2 + u * (c3 + u * c4)));
    g[i] = positivePart(g_target_uS[i] + programmingNoise * sigma * g[i]);
  }
  return g;
}

/**
 * Programming leaves the deviation measured after 1 s. Each later read draws a fresh deviation about the
 * *target*, with the spread of its time: it knows nothing of the programmed value or of other reads, so two
 * reads of one device differ as two devices do. `programmingNoise` scales all times.
 */
export const reramWan2022: DeviceModel = {
  program: (target, noise, normal) => deviating(target, T_PROGRAMMED_S, noise, normal),
  traits: (target) => target,
  read: (_, target, t_s, noise, normal) => deviating(target, t_s, noise, normal),
};
