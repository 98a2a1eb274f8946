/**
 * What each memory of both simulators does to a conductance, as curves over its window: laws of the models in
 * closed form, before a conductance is cut at 0. Nothing is drawn.
 */
import { ARRAY_DEVICES, arrayTimes_s, DEVICES, type MeasuredDeviceName } from "../config.ts";
import { type ConductanceWindow, MEASURED_DEVICES, READ_VOLTAGE_V } from "./arrays/mod.ts";
import {
  driftExponentMean,
  driftExponentSd,
  programmingSigma,
  readSigma,
  reramSigma,
  T_0_S,
} from "./tiles/mod.ts";

/** A quantity of a memory against the conductance that was asked for. */
export interface MemoryCurve {
  /**
   * `spread`: SD about the mean; `shift`: mean less what was asked for; `read`: SD of one read about the
   * device's own mean.
   */
  readonly quantity: "spread" | "shift" | "read";
  /** Seconds after programming; of the earliest time spread is the programming error. */
  readonly t_s: number;
  /** uS, at each of the memory's conductances. */
  readonly values_uS: readonly number[];
}

/** A memory and its curves. */
export interface MemoryLaw {
  readonly simulator: "aihwkit" | "crosssim";
  readonly device: string;
  /** Conductances that are asked for, uS, from the bottom of the window to its top. */
  readonly g_uS: readonly number[];
  readonly curves: readonly MemoryCurve[];
}

const DAY_S = 86_400, POINTS = 81;

const grid = (low: number, high: number) =>
  Array.from({ length: POINTS }, (_, k) => low + (high - low) * k / (POINTS - 1));

/**
 * PCM of the tiles. Drift takes g to g ((t + t_0) / t_0)^-nu: its mean by the mean exponent, its spread by the
 * programming error and the exponents' spread, both to first order.
 */
function pcmLaw(): MemoryLaw {
  const { gMax_uS } = DEVICES.pcm, g_uS = grid(0, gMax_uS);
  const at = (t_s: number) => {
    const log_t = Math.log((t_s + T_0_S) / T_0_S);
    const left = (g: number) => Math.exp(-driftExponentMean(g, gMax_uS) * log_t);
    return {
      shift: (g: number) => g * (left(g) - 1),
      spread: (g: number) =>
        left(g) * Math.hypot(
          programmingSigma(g, gMax_uS),
          g * log_t * driftExponentSd(g, gMax_uS),
        ),
      read: (g: number) => g === 0 ? 0 : g * left(g) * readSigma(g, gMax_uS, t_s),
    };
  };
  return {
    ...{ simulator: "aihwkit", device: "pcm", g_uS },
    curves: [
      { quantity: "spread", t_s: 0, values_uS: g_uS.map((g) => programmingSigma(g, gMax_uS)) },
      ...[DAY_S, 30 * DAY_S].flatMap((t_s) =>
        (["shift", "spread", "read"] as const).map((quantity) => ({
          quantity,
          t_s,
          values_uS: g_uS.map(at(t_s)[quantity]),
        }))
      ),
    ],
  };
}

/** ReRAM of the tiles: measured deviations from what was asked for, at three times. */
function reramLaw(): MemoryLaw {
  const { gMax_uS, times_s } = DEVICES.reram_wan2022, g_uS = grid(0, gMax_uS);
  return {
    ...{ simulator: "aihwkit", device: "reram_wan2022", g_uS },
    curves: times_s.map((t_s) => ({
      quantity: "spread",
      t_s,
      values_uS: g_uS.map((g) => reramSigma(g, gMax_uS, t_s)),
    })),
  };
}

/** A memory of the arrays in its default window, at the times of its data. */
function arrayLaw(name: MeasuredDeviceName): MemoryLaw {
  const device = MEASURED_DEVICES[name], { rMin_ohm, rMax_ohm } = ARRAY_DEVICES[name];
  const window: ConductanceWindow = { rMin_ohm, rMax_ohm, vRead_V: READ_VOLTAGE_V };
  const gMax_uS = 1e6 / rMin_ohm, g_uS = grid(1e6 / rMax_ohm, gMax_uS);
  const times_s = arrayTimes_s(name);
  const curves = times_s.flatMap((t_s): MemoryCurve[] => {
    const { mean, sd } = device.programmed(window, times_s.length > 1 ? t_s / DAY_S : 0);
    const shift = g_uS.map((g) => mean(g / gMax_uS) * gMax_uS - g);
    const spread = g_uS.map((g) => sd(mean(g / gMax_uS)) * gMax_uS);
    return [
      { quantity: "spread", t_s, values_uS: spread },
      ...(t_s > 0 && times_s.length > 1
        ? [{ quantity: "shift", t_s, values_uS: shift } as const]
        : []),
    ];
  });
  const read = device.readSd?.(window);
  return {
    ...{ simulator: "crosssim", device: name, g_uS },
    curves: read === undefined ? curves : [...curves, {
      quantity: "read",
      t_s: times_s[0],
      values_uS: g_uS.map((g) => read(g / gMax_uS) * gMax_uS),
    }],
  };
}

/** All measured memories of both simulators, the tiles' first. */
export function memoryLaws(): readonly MemoryLaw[] {
  const names = Object.keys(MEASURED_DEVICES) as MeasuredDeviceName[];
  return [pcmLaw(), reramLaw(), ...names.map(arrayLaw)];
}
