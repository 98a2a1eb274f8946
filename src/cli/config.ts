/** `deno task config`: every setting of a config, or what a config file resolves to. */
import {
  type Config,
  configParts,
  type PartialConfig,
  PRESETS,
  protocolOf,
  readPartialConfig,
  resolveConfig,
  type Setting,
} from "../config.ts";
import { configId } from "../config_id.ts";
import { InputError } from "../input_error.ts";
import { nearest } from "../nearest.ts";
import { command, main } from "./command.ts";
import { configPath } from "./experiment.ts";
import { textTable } from "./text_table.ts";

/** Whether a setting is `part`, or below it. */
const isIn = (name: string, part: string) => name === part || name.startsWith(`${part}.`);

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

function noPart(part: string): InputError {
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

async function run(part: string | undefined, { config: path }: { config?: string }): Promise<void> {
  if (path === undefined) return console.log(settingsText(part));
  const partial = await readPartialConfig(path), config = resolveConfig(partial);
  const rows = resolvedRows(config, partial, path).filter(([name]) =>
    part === undefined || isIn(name, part)
  );
  if (rows.length === 0) throw noPart(part!);
  console.log(textTable(["setting", "value", "from"], rows));
  console.log(`config_id ${configId(config)}`);
}

if (import.meta.main) {
  await main(
    command("config", "Lists every setting of a config, or what a config file resolves to.")
      .argument("[part]", "only these, e.g. hardware or hardware.adc")
      .option(
        "--config <file>",
        `JSON file with any part of a config, or ${Object.keys(PRESETS).join(", ")}`,
        configPath,
      )
      .action(run),
  );
}
