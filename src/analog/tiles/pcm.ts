/**
 * One phase-change memory device: programming noise, drift and read noise of its conductance.
 *
 * Fitted to a million devices of IBM's doped-GST arrays in 90 nm CMOS (Joshi et al. 2020, Nature
 * Communications 11, 2473; Nandakumar et al. 2019), in the form of AIHWKit 1.1.0, `PCMLikeNoiseModel`.
 * The data end at 25 uS: another `g_max_uS` rescales the curves as AIHWKit does and is an extrapolation
 * (`isExtrapolated`). Not modelled: resistance of wires, devices stuck, temperature, the drift of 1/f noise.
 *
 * Conductances in uS, times in seconds. Arrays are new; nothing is changed in place.
 */
import { finiteNumber, hasLength } from "../../arguments.ts";
import { DEVICES } from "../../config.ts";
import type { DeviceModel, DeviceNoise } from "./device.ts";
import { bitsOf, logOf, positivePart, powerOf, within } from "./float_bits.ts";
import { checkNormal, type NormalSource } from "../gaussian.ts";

/** Largest conductance of the measured devices, uS. */
const MEASURED_G_MAX_US = DEVICES.pcm.gMax_uS;
/** Time after programming at which the programmed conductance is defined, s. */
export const T_0_S = 20;
/** Duration of one read, s. */
export const T_READ_S = 250e-9;

/** Coefficients of 1, u and u^2 in the programming error, uS; u = target / g_max. */
const PROGRAMMING_US = [0.26348, 1.9650, -1.1731] as const;

function checkConductances(g_uS: number, g_max_uS: number): void {
  finiteNumber("A conductance in uS", g_uS, 0);
  finiteNumber("g_max in uS", g_max_uS, Number.MIN_VALUE);
}

/** SD of a programmed conductance about its target, uS. */
export function programmingSigma(g_target_uS: number, g_max_uS: number): number {
  checkConductances(g_target_uS, g_max_uS);
  const u = g_target_uS / g_max_uS;
  const at25 = PROGRAMMING_US[0] + u * (PROGRAMMING_US[1] + u * PROGRAMMING_US[2]);
  return at25 * (g_max_uS / MEASURED_G_MAX_US);
}

/** log u of a target, as AIHWKit bounds u from below. */
const logShare = (g_target_uS: number, g_max_uS: number) =>
  Math.log(Math.max(Math.abs(g_target_uS / g_max_uS), 1e-7));
const exponentMean = (log_u: number) => within(-0.0155 * log_u + 0.0244, 0.049, 0.1);
const exponentSd = (log_u: number) => within(-0.0125 * log_u - 0.0059, 0.008, 0.045);

/** Mean of the drift exponent of devices with this target. */
export function driftExponentMean(g_target_uS: number, g_max_uS: number): number {
  checkConductances(g_target_uS, g_max_uS);
  return exponentMean(logShare(g_target_uS, g_max_uS));
}

/** SD of the drift exponent between devices with this target. */
export function driftExponentSd(g_target_uS: number, g_max_uS: number): number {
  checkConductances(g_target_uS, g_max_uS);
  return exponentSd(logShare(g_target_uS, g_max_uS));
}

/**
 * Relative SD of one read `t_inference_s` after programming: 1/f noise integrated from the read time on.
 * Depends on the programmed conductance, not on the drifted one.
 */
export function readSigma(g_prog_uS: number, g_max_uS: number, t_inference_s: number): number {
  checkConductances(g_prog_uS, g_max_uS);
  finiteNumber("t_inference_s", t_inference_s, 0);
  return readNoiseStrength(g_prog_uS / g_max_uS) * readNoiseGrowth(t_inference_s);
}

/** Strength of 1/f noise: 0.0088 u^-0.65, and 0.2 at most; u = g / g_max. */
const READ_NOISE = 0.0088, READ_NOISE_POWER = -0.65, LARGEST_READ_NOISE = 0.2;
const readNoiseStrength = (u: number) =>
  Math.min(READ_NOISE * Math.abs(u) ** READ_NOISE_POWER, LARGEST_READ_NOISE);
const readNoiseGrowth = (t_inference_s: number) =>
  Math.sqrt(Math.log((t_inference_s + T_0_S + T_READ_S) / (2 * T_READ_S)));

const readNoisePower = powerOf(READ_NOISE_POWER);

/** Programmed conductances, uS: target plus programming error, never below zero, not bounded above. */
export function programConductances(
  g_target_uS: Float32Array,
  noise: DeviceNoise,
  normal: NormalSource,
): Float32Array {
  checkNormal(normal);
  const g = normal(g_target_uS.length);
  const [c0, c1, c2] = PROGRAMMING_US;
  const unit = noise.programmingNoise * (noise.gMax_uS / MEASURED_G_MAX_US);
  const inverse = 1 / noise.gMax_uS;
  for (let i = 0; i < g.length; i++) {
    const u = g_target_uS[i] * inverse;
    g[i] = positivePart(g_target_uS[i] + unit * (c0 + u * (c1 + u * c2)) * g[i]);
  }
  return g;
}

/** Drift exponents nu, drawn once at programming: |mean + sd N|, by target conductance. */
export function drawDriftExponents(
  g_target_uS: Float32Array,
  noise: DeviceNoise,
  normal: NormalSource,
): Float32Array {
  checkNormal(normal);
  const nu = normal(g_target_uS.length);
  const bits = bitsOf(g_target_uS), log_max = Math.log(noise.gMax_uS), { drift } = noise;
  for (let i = 0; i < nu.length; i++) {
    const log_u = logOf(bits[i]) - log_max;
    nu[i] = Math.abs(exponentMean(log_u) + exponentSd(log_u) * nu[i]) * drift;
  }
  return nu;
}

/**
 * Conductances as one read finds them `t_inference_s` (>= 0) after programming, uS.
 * Read noise is drawn afresh on every call; a device at exactly 0 stays there.
 */
export function driftConductances(
  g_prog_uS: Float32Array,
  nu: Float32Array,
  t_inference_s: number,
  noise: DeviceNoise,
  normal: NormalSource,
): Float32Array {
  checkNormal(normal);
  hasLength("nu, as g_prog_uS,", nu, g_prog_uS.length);
  finiteNumber("t_inference_s", t_inference_s, 0);
  const g = normal(g_prog_uS.length);
  const logTime = Math.log((t_inference_s + T_0_S) / T_0_S);
  const growth = noise.readNoise * readNoiseGrowth(t_inference_s);
  const bits = bitsOf(g_prog_uS), full = READ_NOISE * noise.gMax_uS ** -READ_NOISE_POWER;
  for (let i = 0; i < g.length; i++) {
    const programmed = g_prog_uS[i];
    if (programmed === 0) {
      g[i] = 0;
      continue;
    }
    const drifted = programmed * Math.exp(-nu[i] * logTime);
    const strength = Math.min(full * readNoisePower(bits[i]), LARGEST_READ_NOISE);
    g[i] = drifted * positivePart(1 + growth * strength * g[i]);
  }
  return g;
}

/** Programming errors and drift exponents are drawn once, read noise at every read. */
export const pcm: DeviceModel = {
  program: programConductances,
  traits: drawDriftExponents,
  read: driftConductances,
};
