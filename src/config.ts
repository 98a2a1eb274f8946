/**
 * The frozen experiment record: every knob with its unit, default and source. A config says how cells
 * are trained and measured, not which cell or with which seed; those two are columns of the rows.
 */
import { hasMembers } from "./arguments.ts";
import { z } from "zod";
import {
  faultTexts,
  type OBSERVERS,
  type ProtocolSettings,
  type ScaledSpace,
  schema,
  settingsOf,
} from "./config/mod.ts";
import { InputError } from "./input_error.ts";
import { readJson } from "./json_file.ts";

export {
  ARRAY_DEVICES,
  type ArrayDeviceName,
  arrayTimeFault,
  arrayTimes_s,
  arrayWindowFault,
  bitsPerSlice,
  configParts,
  DEVICES,
  type MeasuredDeviceName,
  OBSERVERS,
  type Part,
  PROTOCOLS,
  type ProtocolSettings,
  type Setting,
  settings,
  settingsPage,
} from "./config/mod.ts";

type DeepReadonly<T> = { readonly [K in keyof T]: DeepReadonly<T[K]> };

/** A resolved config: complete, valid, frozen. */
export type Config = DeepReadonly<z.output<typeof schema>>;
/** A part of a config, as a user writes it. */
export type PartialConfig = z.input<typeof schema>;
/** The simulated hardware: device, converters, noise, tiles, drift. */
export type Hardware = Config["hardware"];
/** Settings of arrays. */
export type ArraySettings = Extract<Hardware["simulator"], { readonly kind: "crosssim" }>;
/** Settings of hardware-aware training. */
export type HwtSettings = Config["hwt"];
/** Name of an observer. */
export type Observer = (typeof OBSERVERS)[number];

const COMPLETE = "config.resolveConfig makes a complete one of any part.";

/** The search space of a config's networks, and its settings of their scale. */
export function scaleOf(config: Config): {
  readonly space: ScaledSpace;
  readonly scale: Readonly<Record<string, number>>;
} {
  hasMembers("A config", config, ["network"], COMPLETE);
  const { network } = config;
  const { space = "nas_bench_201", ...scale } = network as { space?: ScaledSpace };
  return { space, scale };
}

/** What `config` does about the oddities: its protocol's settings, its departures applied. */
export function protocolOf(config: Config): ProtocolSettings {
  hasMembers("A config", config, ["protocol", "departures"], COMPLETE);
  return settingsOf(config);
}

/** The simulator and the memory device that read a network out: columns of the rows. */
export function readBy(config: Config) {
  hasMembers("A config", config, ["hardware"], COMPLETE);
  const { simulator, device } = config.hardware;
  return simulator.kind === "aihwkit"
    ? { simulator: simulator.kind, device }
    : { simulator: simulator.kind, device: simulator.device };
}

/**
 * Completes `partial` with the defaults, at every depth, checks and freezes it: `{ hardware: { adc: { bits:
 * 6 } } }` is a whole config with another ADC. `settings()` lists what there is.
 *
 * @param what the config's name in a message, e.g. its file
 * Throws InputError naming each wrong setting, its value and, for a misspelt one, the nearest.
 */
export function resolveConfig(partial: PartialConfig = {}, what = "The config"): Config {
  const result = schema.safeParse(partial);
  if (result.success) return deepFreeze(result.data);
  const faults = faultTexts(result.error.issues, partial).join("; ");
  throw new InputError(
    `${what} is not valid. ${faults}${/[.?]$/.test(faults) ? "" : "."} ` +
      "deno task config lists all settings.",
  );
}

/** Configs by name: `analognas_bench` is the published study's, hardware and oddities included. */
export const PRESETS: Readonly<Record<string, PartialConfig>> = {
  analognas_bench: { protocol: "as_published" },
};

/**
 * A part of a config: a preset's by its name, else read from a JSON file. Throws InputError where the file
 * is missing or no JSON, naming each wrong setting.
 */
export async function readPartialConfig(path: string): Promise<PartialConfig> {
  if (Object.hasOwn(PRESETS, path)) return PRESETS[path];
  const presets = Object.keys(PRESETS).join(", ");
  const partial = await readJson(
    path,
    z.unknown(),
    `Name a JSON file or one of ${presets}.`,
  ) as PartialConfig;
  resolveConfig(partial, path);
  return partial;
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === "object") Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
