/** This workspace's own measurements, as committed in data/measured/. */
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type Config, type PartialConfig, resolveConfig } from "../config.ts";
import { configId } from "../config_id.ts";
import { InputError } from "../input_error.ts";
import { readJson } from "../json_file.ts";
import { type CollapseRows, readCollapse } from "./collapse_rows.ts";
import { readRows } from "./io.ts";
import type { Row } from "./schema.ts";

/** Folder of the committed studies. */
export const MEASURED_FOLDER = fileURLToPath(new URL("../../data/measured", import.meta.url));

const settings = z.array(z.object({
  setting: z.string(),
  value: z.union([z.string(), z.number()]),
  config_id: z.string(),
  /** Config that it is compared with; that of the first setting unless it is given. */
  against: z.string().optional(),
  /** The device model was used outside the conductances that it was fitted to. */
  extrapolated: z.boolean().optional(),
}));

const untested = z.array(z.object({ setting: z.string(), value: z.string(), reason: z.string() }));

/** A setting that the study leaves out, and why. */
export type UntestedSetting = Readonly<z.infer<typeof untested>[number]>;

/** What a config of a study of variants changed; the rows name the config. */
export type ChangedSetting = Readonly<z.infer<typeof settings>[number]>;

/** Rows of trained cells measured again under changed settings. */
export interface SettingStudy {
  readonly rows: readonly Row[];
  /** In the study's order, the default first. */
  readonly settings: readonly ChangedSetting[];
  readonly untested: readonly UntestedSetting[];
}

/** Cells of the replication trained and measured again at other scales. */
export interface ScaleRows {
  readonly rows: readonly Row[];
  /** The config_id of each scale, by the name that the study's plan gives it. */
  readonly configs: Readonly<Record<string, string>>;
}

/** A config of a study's plan, and what is measured under it. */
export interface PlannedRun {
  /** The plan's name of the config. */
  readonly name: string;
  readonly config: Config;
  /** None where it is not measured yet. */
  readonly rows: readonly Row[];
}

/** Spaces other than NAS-Bench-201 that have a study of their name. */
const OTHER_SPACES = ["resnet", "analognas", "darts"] as const;
/** Id of one of them. */
export type OtherSpace = typeof OTHER_SPACES[number];

/** The studies of this workspace; each is empty where nothing of it is measured yet. */
export interface Measured {
  /** Cells trained and measured under all conditions. */
  readonly replication: readonly Row[];
  /** Some of them trained longer, or as deeper or wider networks. */
  readonly scale: ScaleRows;
  /** The same cells under other hardware. */
  readonly ablation: SettingStudy;
  /** The same cells under other settings of the protocol. */
  readonly protocols: SettingStudy;
  /** The same cells on memories of both simulators, and the digital conditions on the same images. */
  readonly devices: SettingStudy;
  /** Some of them on arrays whose wires have resistance. */
  readonly wires: SettingStudy;
  /** More cells of the replication's kind, for the contrasts that its own leave open. */
  readonly generality: readonly Row[];
  /** Networks of other spaces, by space. */
  readonly spaces: Readonly<Record<OtherSpace, readonly Row[]>>;
  /** The network that is held against one measured on hardware, config by config of its plan. */
  readonly anchor: readonly PlannedRun[];
  /** Pairs of cells that differ in their linear paths; null where nothing of it is measured. */
  readonly collapse: CollapseRows | null;
}

/** Reads the studies below `folder`. Throws InputError for damaged files, or rows without their setting. */
export async function readMeasured(folder: string = MEASURED_FOLDER): Promise<Measured> {
  const [
    replication,
    scale,
    ablation,
    protocols,
    devices,
    wires,
    generality,
    spaces,
    anchor,
    collapse,
  ] = await Promise.all([
    rowsIfThere(join(folder, "replication", "rows.parquet")),
    scaleRows(join(folder, "scale")),
    settingStudy(join(folder, "ablation")),
    settingStudy(join(folder, "protocols")),
    settingStudy(join(folder, "devices")),
    settingStudy(join(folder, "wires")),
    rowsIfThere(join(folder, "generality", "rows.parquet")),
    Promise.all(OTHER_SPACES.map((id) => rowsIfThere(join(folder, id, "rows.parquet")))),
    plannedRuns(join(folder, "anchor")),
    readCollapse(join(folder, "collapse")),
  ]);
  const [resnet, analognas, darts] = spaces;
  return {
    replication,
    scale,
    ablation,
    protocols,
    devices,
    wires,
    generality,
    spaces: { resnet, analognas, darts },
    anchor,
    collapse,
  };
}

const isThere = (path: string) => Deno.stat(path).then(() => true, () => false);
const rowsIfThere = async (path: string) => await isThere(path) ? await readRows(path) : [];

async function scaleRows(folder: string): Promise<ScaleRows> {
  const rows = await rowsIfThere(join(folder, "rows.parquet"));
  if (rows.length === 0) return { rows, configs: {} };
  const configs = Object.entries(await planConfigs(folder));
  return { rows, configs: Object.fromEntries(configs.map(([name, c]) => [name, configId(c)])) };
}

/** The configs of the plan in `folder`, by the names that it gives them. */
async function planConfigs(folder: string): Promise<Readonly<Record<string, Config>>> {
  const path = join(folder, "plan.json");
  const { configs } = await readJson(
    path,
    z.object({ configs: z.record(z.string(), z.custom<PartialConfig>()) }),
    remedyFor(path),
  );
  return Object.fromEntries(
    Object.entries(configs).map(([name, config]) => [
      name,
      resolveConfig(config, `${path}: config "${name}"`),
    ]),
  );
}

async function plannedRuns(folder: string): Promise<readonly PlannedRun[]> {
  const rows = await rowsIfThere(join(folder, "rows.parquet"));
  if (rows.length === 0 && !await isThere(join(folder, "plan.json"))) return [];
  const configs = Object.entries(await planConfigs(folder));
  const runs = configs.map(([name, config]) => {
    const id = configId(config);
    return { name, config, rows: rows.filter(({ config_id }) => config_id === id) };
  });
  const strange = rows.find((row) => !runs.some((run) => run.rows.includes(row)));
  if (strange !== undefined) {
    throw new InputError(
      `${join(folder, "plan.json")} has no config ${strange.config_id}, of which there are rows. ` +
        "Restore it with `git checkout -- data/measured`.",
    );
  }
  return runs;
}

async function settingStudy(folder: string): Promise<SettingStudy> {
  const rows = await rowsIfThere(join(folder, "rows.parquet"));
  if (rows.length === 0) return { rows, settings: [], untested: [] };
  const path = join(folder, "settings.json"), untestedPath = join(folder, "untested.json");
  const parsed = await readJson(path, settings, remedyFor(path));
  const known = new Set(parsed.map(({ config_id }) => config_id));
  const strange = rows.find(({ config_id }) => !known.has(config_id));
  if (strange !== undefined) {
    throw new InputError(`${path} does not say what config ${strange.config_id} changed.`);
  }
  const without = await isThere(untestedPath)
    ? await readJson(untestedPath, untested, remedyFor(untestedPath))
    : [];
  return { rows, settings: parsed, untested: without };
}

const remedyFor = (path: string) =>
  `Restore it, or: deno task ${
    path.endsWith("plan.json") ? `plan ${basename(dirname(path))}` : "ablate"
  }`;
