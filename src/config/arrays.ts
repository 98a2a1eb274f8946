/** The part of a config that describes arrays: CrossSim's model, its devices and what their data cover. */
import { finiteNumber, oneOf, wholeNumber } from "../arguments.ts";
import { z } from "zod";
import type { Conflict } from "./conflicts.ts";

const count = z.int().min(1);

/** SONOS was followed for five days. */
const FIVE_DAYS_S = 5 * 86_400;

/**
 * Devices of the array simulator. `window_uS`: conductances that the data cover; `rMin_ohm`, `rMax_ohm`: the
 * window that is used where none is set; `times_s`: the times of the data after programming, or its last one
 * where all before it are covered. Sources: `analog/arrays/devices.ts`; windows as CrossSim 3.2.0 suggests.
 */
export const ARRAY_DEVICES = {
  pcm_joshi: { window_uS: [0, 25], rMin_ohm: 40_000, rMax_ohm: 4e6, times_s: [27] },
  rram_milo: { window_uS: [50, 225], rMin_ohm: 1e6 / 225, rMax_ohm: 1e6 / 50, times_s: [0] },
  rram_wan: { window_uS: [0, 39.26], rMin_ohm: 1e6 / 39.2, rMax_ohm: 2e6, times_s: [1] },
  sonos: { window_uS: [0, 18], rMin_ohm: 62_500, rMax_ohm: 6.25e11, times_s: FIVE_DAYS_S },
  proportional: { window_uS: null, rMin_ohm: 1e4, rMax_ohm: 1e6, times_s: [0] },
  independent: { window_uS: null, rMin_ohm: 1e4, rMax_ohm: 1e6, times_s: [0] },
} as const;
/** Name of a device of the arrays. */
export type ArrayDeviceName = keyof typeof ARRAY_DEVICES;
const arrayDeviceNames = Object.keys(ARRAY_DEVICES) as ArrayDeviceName[];
/** Name of a device that was measured; the others are errors without a device. */
export type MeasuredDeviceName = {
  [Name in ArrayDeviceName]: (typeof ARRAY_DEVICES)[Name]["window_uS"] extends null ? never : Name;
}[ArrayDeviceName];
/** Measured devices, as `ARRAY_DEVICES` lists them. */
export const measuredDevices = arrayDeviceNames.filter((name): name is MeasuredDeviceName =>
  ARRAY_DEVICES[name].window_uS !== null
);

/** One resistance of each device's window, in words. */
const windows = (name: "rMin_ohm" | "rMax_ohm") =>
  arrayDeviceNames.map((device) => `${+ARRAY_DEVICES[device][name].toPrecision(6)} of ${device}`)
    .join(", ");

/** Read times where none are set: those of the data; of SONOS 0, 1, 2 and 5 days. */
export function arrayTimes_s(device: ArrayDeviceName): readonly number[] {
  const { times_s } = ARRAY_DEVICES[oneOf("A device of arrays", device, arrayDeviceNames)];
  return typeof times_s === "number" ? [0, 86_400, 172_800, times_s] : times_s;
}

/**
 * Arrays as CrossSim 3.2.0 models them. Source of the defaults: its example of a ResNet on CIFAR-10
 * (converters, size of an array), unless another is named; its levels of a device are left out.
 */
export const arraySettings = z.strictObject({
  kind: z.literal("crosssim").meta({
    description:
      "AIHWKit's model (tiles, the other settings of `hardware`), or CrossSim's (arrays, " +
      "the settings here).",
    defaultText: "aihwkit; crosssim where a setting of arrays is given",
  }),
  device: z.enum(arrayDeviceNames).default("pcm_joshi").meta({
    description: "Memory device of the arrays; its data bound window and times.",
  }),
  magnitude: z.number().min(0).default(0.05).meta({
    description:
      "SD of the `proportional` error, of a conductance, or of the `independent` one, of " +
      "the largest.",
  }),
  rMin_ohm: z.number().positive().optional().meta({
    description: "Resistance of a device fully on.",
    unit: "ohm",
    defaultText: windows("rMin_ohm"),
  }),
  rMax_ohm: z.number().positive().nullable().optional().meta({
    description: "Resistance of a device fully off; null for no conductance at all.",
    unit: "ohm",
    defaultText: windows("rMax_ohm"),
  }),
  coding: z.enum(["one_sided", "two_sided", "offset"]).default("one_sided").meta({
    description:
      "A pair of devices a weight, one or both of which move, or one device and a digital " +
      "offset.",
  }),
  levelBits: z.int().min(0).max(12).default(0).meta({
    description: "A device has 2^levelBits levels; 0: continuous.",
    unit: "bits",
  }),
  slicing: z.strictObject({
    weightBits: z.int().min(0).max(16).meta({
      description: "Width of a weight that is cut into digits on arrays of their own.",
      unit: "bits",
      defaultText: "none; to be given with slices",
    }),
    slices: count.meta({
      description: "Digits that a weight is cut into; slicing null: whole weights.",
      defaultText: "none; slicing is null",
    }),
  }).nullable().default(null),
  maxInputs: z.int().min(0).default(1152).meta({
    description: "Most inputs of an array; 0: no limit.",
  }),
  dacBits: z.int().min(0).max(16).default(8).meta({
    description: "Bits of an input; 0: no conversion.",
    unit: "bits",
  }),
  adcBits: z.int().min(0).max(16).default(8).meta({
    description: "Bits of an output; 0: no conversion.",
    unit: "bits",
  }),
  adcRange: z.enum(["calibrated", "max"]).default("calibrated").meta({
    description:
      "Range of the ADC: percentiles of what training images make, or what no output can " +
      "exceed.",
  }),
  bitSerial: z.boolean().default(false).meta({
    description: "Inputs bit by bit, each through the ADC.",
  }),
  readNoise: z.boolean().default(false).meta({
    description:
      "A fresh error of every device at every product, where the device's data give one.",
  }),
  wire_ohm: z.number().min(0).default(0).meta({
    description: "Resistance of a wire between neighbouring cells.",
    unit: "ohm",
  }),
}).meta({ source: "CrossSim 3.2.0, its example of a ResNet on CIFAR-10" });

/** An array simulator's settings with its device's window where none is set. */
export function withWindow(simulator: z.output<typeof arraySettings>) {
  const { rMin_ohm, rMax_ohm } = ARRAY_DEVICES[simulator.device];
  return {
    ...simulator,
    rMin_ohm: simulator.rMin_ohm ?? rMin_ohm,
    rMax_ohm: simulator.rMax_ohm === undefined ? rMax_ohm : simulator.rMax_ohm,
  };
}

/** The only times of a device's data, s; null where all times up to the last are covered. */
export function onlyTimes_s(device: ArrayDeviceName): readonly number[] | null {
  const { times_s } = ARRAY_DEVICES[device];
  return typeof times_s === "number" ? null : times_s;
}

/** Why a device cannot be read at a time, or null. */
export function arrayTimeFault(device: ArrayDeviceName, t_s: number): string | null {
  const { times_s } = ARRAY_DEVICES[oneOf("A device of arrays", device, arrayDeviceNames)];
  finiteNumber("A time after programming in s", t_s, 0);
  if (typeof times_s === "number") {
    return t_s <= times_s
      ? null
      : `${device} was measured up to ${times_s} s only, ${times_s / 86_400} days`;
  }
  const covered: readonly number[] = times_s;
  return covered.includes(t_s) ? null : `${device} was measured at ${times_s.join(", ")} s only`;
}

/** Why a window of conductances leaves a device's data, or null; `rMax_ohm` null: no conductance at the bottom. */
export function arrayWindowFault(
  device: ArrayDeviceName,
  { rMin_ohm, rMax_ohm }: { readonly rMin_ohm: number; readonly rMax_ohm: number | null },
): string | null {
  const { window_uS } = ARRAY_DEVICES[oneOf("A device of arrays", device, arrayDeviceNames)];
  if (window_uS === null) return null;
  const most_uS = 1e6 / rMin_ohm, least_uS = rMax_ohm === null ? 0 : 1e6 / rMax_ohm;
  const [low, high] = window_uS;
  // A millionth more for windows that were given as resistances.
  if (most_uS <= high * 1.000001 && least_uS >= low * 0.999999) return null;
  const asked = `${least_uS.toPrecision(3)} to ${most_uS.toPrecision(3)} uS`;
  const bottom = low > 0 ? ` and rMax_ohm at most ${Math.floor(1e6 / low)}` : "";
  return `a window of ${asked} leaves the data of ${device}, ${low} to ${high} uS; ` +
    `set rMin_ohm to at least ${Math.ceil(1e6 / high)}${bottom}`;
}

/**
 * Bits of one slice of a weight, as CrossSim cuts it: where they do not divide, a pair's sign is no bit.
 * Throws InputError where a weight has no bits for its slices.
 */
export function bitsPerSlice(
  { weightBits, slices }: { readonly weightBits: number; readonly slices: number },
  isOffset: boolean,
): number {
  wholeNumber("weightBits of slices", weightBits, 2, 16);
  wholeNumber("slices of a weight", slices, 1, weightBits);
  if (weightBits % slices === 0) return weightBits / slices;
  return Math.ceil((isOffset ? weightBits : weightBits - 1) / slices);
}

/** Why weights cannot be cut so, or null. */
function slicingFault({ slicing, coding }: ReturnType<typeof withWindow>): string | null {
  if (slicing === null) return null;
  if (coding === "two_sided") return "slices are one_sided or offset";
  const { weightBits, slices } = slicing, isOffset = coding === "offset";
  const signBits = isOffset ? 0 : 1, least = Math.max(slices + signBits, 2);
  if (weightBits < least) return `${slices} slices need at least ${least} weightBits`;
  const each = bitsPerSlice(slicing, isOffset), filled = Math.ceil((weightBits - signBits) / each);
  return filled === slices ? null : `of ${slices} slices of ${each} bits some have none of ` +
    `${weightBits} weightBits; set slices to ${filled}`;
}

/** Settings of arrays that others, or the device's data, make impossible. */
export function arrayConflicts(
  simulator: ReturnType<typeof withWindow>,
  inferenceTimes_s: readonly number[],
  { depthwise }: { readonly depthwise: "digital" | "sequential" },
): Conflict[] {
  const { device, rMin_ohm, rMax_ohm, coding, dacBits } = simulator;
  const found: Conflict[] = [];
  const add = (name: string, message: string) =>
    found.push({ path: ["hardware", "simulator", name], message });
  if (depthwise === "sequential") {
    const message = "arrays keep depthwise convolutions digital; leave it out, or name the tiles";
    found.push({ path: ["hardware", "depthwise"], message });
  }
  const outside = arrayWindowFault(device, simulator), uncut = slicingFault(simulator);
  if (rMax_ohm !== null && rMin_ohm >= rMax_ohm) {
    add("rMin_ohm", `must be below rMax_ohm, which is ${rMax_ohm}`);
  } else if (outside !== null) add("rMin_ohm", outside);
  if (uncut !== null) add("slicing", uncut);
  if (coding === "offset" && simulator.slicing === null && simulator.levelBits === 1) {
    add(
      "levelBits",
      "an offset device does without its lowest level: at least 2, or 0 for no levels",
    );
  }
  for (const name of ["dacBits", "adcBits"] as const) {
    if (simulator[name] === 1) add(name, "0 for no conversion, or at least 2");
  }
  if (simulator.bitSerial && dacBits === 0) {
    add("bitSerial", "inputs bit by bit need dacBits of at least 2");
  }
  if (simulator.readNoise && !READ_NOISE.includes(device)) {
    add("readNoise", `the data of ${device} give no read noise; set it to false`);
  } else if (simulator.readNoise && simulator.wire_ohm > 0) {
    add(
      "readNoise",
      "read noise through wires is not modelled, for a device's noise moves the currents of all " +
        "others; set readNoise to false or wire_ohm to 0",
    );
  }
  if (onlyTimes_s(device) !== null) return found; // the rule of all devices has them
  return found.concat(inferenceTimes_s.flatMap((t, i) => {
    const message = arrayTimeFault(device, t);
    return message === null ? [] : [{ path: ["measurement", "inferenceTimes_s", i], message }];
  }));
}

/** Devices whose data, or whose definition, give the noise of a read. */
const READ_NOISE: readonly ArrayDeviceName[] = ["sonos", "proportional", "independent"];
