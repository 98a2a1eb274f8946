/** What `deno task config` prints: every setting of a config, or what a config resolves to. */
import {
  type Config,
  configParts,
  type PartialConfig,
  protocolOf,
  type Setting,
} from "../config.ts";
import { InputError } from "../input_error.ts";
import { nearest } from "../nearest.ts";

/** Whether a setting is `part`, or below it. */
export const isIn = (name: string, part: string) => name === part || name.startsWith(`${part}.`);

/** All settings below `part`, in words: a line each, what it is below. Throws InputError for no part. */
export function settingsText(part?: string): string {
  const listed = configParts().map(({ settings, ...words }) => ({
    ...words,
    settings: settings.filter(({ name }) => part === undefined || isIn(name, part)),
  })).filter(({ settings }) => settings.length > 0);
  if (listed.length === 0) throw noPart(part!);
  return listed.map(({ name, description, settings }) =>
    [`${name}: ${description}`, ...settings.map(settingText)].join("\n")
  ).join("\n\n");
}

const settingText = ({ name, defaultText, unit, range, description, source }: Setting) =>
  `  ${name} = ${defaultText}${unit === "" ? "" : ` ${unit}`}   (${range})\n` +
  `      ${description} Source: ${source}.`;

/** The complaint about a part that there is not. */
export function noPart(part: string): InputError {
  const names = configParts().flatMap(({ settings }) =>
    settings.flatMap(({ name }) => {
      const parts = name.split(".");
      return parts.map((_, depth) => parts.slice(0, depth + 1).join("."));
    })
  );
  const last = names.find((name) => name.endsWith(`.${part}`));
  const near = last ?? nearest(part, [...new Set(names)]);
  const hint = near === null ? "" : ` Did you mean ${near}?`;
  const parts = configParts().map(({ name }) => name).join(", ");
  return new InputError(`A config has no setting "${part}".${hint} Its parts are ${parts}.`);
}

/** [setting, value, where it comes from] of a resolved config, those of its protocol filled in. */
export function resolvedRows(
  config: Config,
  partial: PartialConfig,
  from: string,
): [string, string, string][] {
  const whole = { ...config, departures: protocolOf(config) };
  return leaves(whole).map(([name, value]) => {
    const isGiven = isThere(partial, name.split("."));
    const otherwise = name.startsWith("departures.") ? `protocol ${config.protocol}` : "default";
    return [name, value, isGiven ? from : otherwise];
  });
}

/** Every value below an object by its dotted name; a list is one value. */
function leaves(value: object, prefix = ""): [string, string][] {
  return Object.entries(value).flatMap(([name, inner]): [string, string][] =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? leaves(inner, `${prefix}${name}.`)
      : [[`${prefix}${name}`, typeof inner === "string" ? inner : JSON.stringify(inner)]]
  );
}

/** Whether a part of a config says the setting at `path`. */
function isThere(partial: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  if (partial === null || typeof partial !== "object" || !Object.hasOwn(partial, name)) {
    return false;
  }
  return isThere((partial as Record<string, unknown>)[name], rest);
}
