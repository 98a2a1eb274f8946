/**
 * Errors of the devices of an array. A device model says where programming leaves a device in the mean, how
 * far it scatters about that, and how far each read scatters; conductances are of g_max.
 *
 * Source: CrossSim 3.2.0, `devices/idevice.py` and `devices/custom/`, and the measurements named at each.
 */
import { finiteNumber } from "../../arguments.ts";
import {
  type ArrayDeviceName,
  arrayTimeFault,
  arrayWindowFault,
  type MeasuredDeviceName,
} from "../../config.ts";
import { type ConductanceWindow, gMinOf } from "./design.ts";
import { sonosDrift, sonosReadSd_nA } from "./sonos.ts";

/** A law of one device's error: a conductance becomes mean(g) + sd(mean(g)) N. */
export interface Spread {
  readonly mean: (g: number) => number;
  readonly sd: (mean: number) => number;
}

/** A memory device. Its laws go on beyond their data, as CrossSim's do; `extrapolation` says where. */
export interface ArrayDevice {
  /** Null: no data bound it. */
  readonly name: ArrayDeviceName | null;
  /** The law `t_days` after programming; 0 is programming itself. */
  readonly programmed: (window: ConductanceWindow, t_days: number) => Spread;
  /** SD of a read about a conductance; null where the data give none. */
  readonly readSd: ((window: ConductanceWindow) => (g: number) => number) | null;
}

const same = (g: number) => g;

/** The SD as a polynomial of the conductance in uS, coefficients of G^0, G^1, ... */
function polynomial(name: ArrayDeviceName, ...coefficients_uS: number[]): ArrayDevice {
  const programmed = (window: ConductanceWindow): Spread => {
    const gMax_uS = 1e6 / window.rMin_ohm;
    const sd = (g: number) => {
      const sd_uS = coefficients_uS.reduceRight((sum, c) => sum * g * gMax_uS + c, 0);
      return Math.max(sd_uS, 0) / gMax_uS;
    };
    return { mean: same, sd };
  };
  return { name, programmed, readSd: null };
}

const constant = (
  name: ArrayDeviceName | null,
  sd: (g: number) => number,
): ArrayDevice => ({
  name,
  programmed: () => ({ mean: same, sd }),
  readSd: () => sd,
});

/** No error at all. */
export const ideal = constant(null, () => 0);

/** PCM 27 s after programming. Joshi et al. 2020 (Nat. Commun. 11, 2473), fig. 3b. */
export const pcmJoshi = polynomial("pcm_joshi", 0.28638599, 0.07585724, -0.00178767);

/** HfO2 RRAM, algorithm IGVVA-100. Milo et al. 2021 (IRPS), fig. 4. */
export const rramMilo = polynomial("rram_milo", 4.782321, -0.009107);

/** HfOx RRAM 1 s after programming. Wan et al. 2022 (Nature 608, 504), extended data fig. 3. */
export const rramWan = polynomial("rram_wan", 1.053, 0.2374, -1.167e-2, 1.536e-4);

/** An SD of this share of the conductance. */
export const proportional = (magnitude: number): ArrayDevice => {
  finiteNumber("A magnitude", magnitude, 0);
  return constant("proportional", (g) => magnitude * g);
};

/** An SD of this share of g_max. */
export const independent = (magnitude: number): ArrayDevice => {
  finiteNumber("A magnitude", magnitude, 0);
  return constant("independent", () => magnitude);
};

/** SONOS; see `sonos.ts`. */
export const sonos: ArrayDevice = {
  name: "sonos",
  programmed(window, t_days) {
    const { toNA, toG, perNA } = currents(window), { mean_nA, sd_nA } = sonosDrift(t_days);
    return {
      mean: t_days === 0 ? same : (g) => toG(mean_nA(toNA(g))),
      sd: (mean) => perNA * sd_nA(toNA(mean)),
    };
  },
  readSd(window) {
    const { toNA, perNA } = currents(window);
    return (g) => perNA * Math.max(sonosReadSd_nA(toNA(g)), 0);
  },
};

/** The measured devices, in the order in which they are drawn and listed. */
export const MEASURED_DEVICES: Readonly<Record<MeasuredDeviceName, ArrayDevice>> = {
  pcm_joshi: pcmJoshi,
  rram_wan: rramWan,
  rram_milo: rramMilo,
  sonos,
};

/**
 * Why a device's law is an extrapolation in this window or at this time, or null.
 *
 * @param t_days 0 is programming itself, which every device has data for
 */
export function extrapolation(
  { name }: Pick<ArrayDevice, "name">,
  window: ConductanceWindow,
  t_days: number,
): string | null {
  finiteNumber("A time after programming in days", t_days, 0);
  if (name === null) return null;
  // To a millisecond, for times that were given in seconds.
  const t_s = Math.round(t_days * 86_400_000) / 1_000;
  return arrayWindowFault(name, window) ?? (t_days === 0 ? null : arrayTimeFault(name, t_s));
}

/** Conductances of g_max as currents in nA, and back. */
function currents(window: ConductanceWindow) {
  const gMin = gMinOf(window), iMax_nA = (1e9 * window.vRead_V) / window.rMin_ohm;
  const perNA = (1 - gMin) / (iMax_nA - iMax_nA * gMin);
  const iMin_nA = iMax_nA * gMin;
  return {
    toNA: (g: number) => iMin_nA + (g - gMin) / perNA,
    toG: (current_nA: number) => gMin + (current_nA - iMin_nA) * perNA,
    perNA,
  };
}

/** A conductance that cannot be: below 0 or, where clipped, outside the window. */
export const bounded = (g: number, window: ConductanceWindow, clip: boolean): number =>
  clip ? Math.min(Math.max(g, gMinOf(window)), 1) : Math.max(g, 0);

/** The conductances that a read finds: each about its mean by its SD times its own normal deviate. */
export function deviating(
  target: Float32Array,
  normal: Float32Array,
  { mean, sd }: Spread,
  window: ConductanceWindow,
  clip: boolean,
): Float32Array {
  return target.map((g, i) => {
    const centre = mean(g);
    return bounded(centre + sd(centre) * normal[i], window, clip);
  });
}
