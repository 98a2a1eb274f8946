/** All rows that this workspace measured, of whatever study, with words for their configs. */
import { join } from "node:path";
import { z } from "zod";
import type { Config } from "../config.ts";
import { configId } from "../config_id.ts";
import { readJson } from "../json_file.ts";
import { readRows } from "./io.ts";
import { MEASURED_FOLDER } from "./measured.ts";
import type { Row } from "./schema.ts";

/** The rows of one study. */
export interface MeasuredStudy {
  /** Name of its folder. */
  readonly study: string;
  readonly rows: readonly Row[];
  /** What a config is called in the study, by config_id: "dac_bits 4", "corrected". */
  readonly settings: Readonly<Record<string, string>>;
}

const changed = z.array(z.object({
  setting: z.string(),
  value: z.union([z.string(), z.number()]),
  config_id: z.string(),
}));
const planned = z.object({ configs: z.record(z.string(), z.unknown()) });

/** Every study below `folder` that has rows, by name. Throws InputError for a damaged file. */
export async function readMeasuredStudies(
  folder: string = MEASURED_FOLDER,
): Promise<readonly MeasuredStudy[]> {
  const names = (await Array.fromAsync(Deno.readDir(folder)))
    .filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
  const studies = await Promise.all(names.map(async (study): Promise<MeasuredStudy[]> => {
    const path = (file: string) => join(folder, study, file);
    const isThere = (file: string) => Deno.stat(path(file)).then(() => true, () => false);
    if (!await isThere("rows.parquet")) return [];
    const rows = await readRows(path("rows.parquet"));
    const settings: Record<string, string> = {};
    if (await isThere("plan.json")) {
      const plan = await readJson(path("plan.json"), planned, "Restore it, or: deno task plan");
      for (const [name, config] of Object.entries(plan.configs)) {
        settings[configId(config as Config)] = name;
      }
    }
    if (await isThere("settings.json")) {
      const list = await readJson(path("settings.json"), changed, "Restore it.");
      for (const { setting, value, config_id } of list) {
        settings[config_id] = setting === value ? setting : `${setting} ${value}`;
      }
    }
    return [{ study, rows, settings }];
  }));
  return studies.flat();
}
