/** Where a study keeps its files, and which of its units are finished. */
import { dirname, join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { CACHE } from "../cache.ts";
import { type Config, type PartialConfig, resolveConfig } from "../config.ts";
import { configId } from "../config_id.ts";
import { parsePlan, type Plan, type Unit } from "../measure/mod.ts";
import { readBytes } from "../read_bytes.ts";

/** Exit status of a unit that another process is measuring (sysexits.h, EX_TEMPFAIL). */
export const BUSY = 75;
/** What a unit says that was finished before. */
export const ALREADY = "is finished already";

/** Reads the plan at `path`. Throws InputError where there is none or it is no plan. */
export async function readPlan(path: string): Promise<Plan> {
  const bytes = await readBytes(path, "Make one with: deno task plan");
  return parsePlan(new TextDecoder().decode(bytes), path);
}

/** Folder of the finished units: beside the plan, one folder a unit, renamed into place when done. */
export const unitsFolder = (planPath: string): string => join(dirname(planPath), "units");

/** Folder of one finished unit. */
export const unitFolder = (planPath: string, unit: Unit): string =>
  join(unitsFolder(planPath), unit.unit_id);

/** The resolved config of a unit. Throws InputError where it is no longer a valid one. */
export const unitConfig = (plan: Plan, unit: Unit): Config =>
  resolveConfig(plan.configs[unit.config] as PartialConfig);

/**
 * Folder where a unit works: checkpoints and finished stages, safe to delete once the unit is done. It
 * names the config's hash, so that a plan with other settings starts from nothing.
 */
export const workFolder = (plan: Plan, unit: Unit): string =>
  join(CACHE, "studies", plan.study, `${unit.unit_id}-${configId(unitConfig(plan, unit))}`);

/** The units of `plan` that have a finished folder, in the plan's order. */
export async function finishedUnits(planPath: string, plan: Plan): Promise<Unit[]> {
  const pending = new Set(await pendingUnits(planPath, plan));
  return plan.units.filter((unit) => !pending.has(unit));
}

/** The units of `plan` that have no finished folder yet, in the plan's order. */
export async function pendingUnits(planPath: string, plan: Plan): Promise<Unit[]> {
  const finished = new Set<string>();
  try {
    for await (const { name } of Deno.readDir(unitsFolder(planPath))) finished.add(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return plan.units.filter((unit) => !finished.has(unit.unit_id));
}

/** Writes `value` as the JSON file `path` of a study, as a whole or not at all. */
export const writeJson = (path: string, value: unknown): Promise<void> =>
  writeFileAtomically(path, JSON.stringify(value, null, 1) + "\n");
