/** What the finished units of a study cost, from their records. */
import { join } from "node:path";
import { z } from "zod";
import { readJson } from "../json_file.ts";
import { MEASURED_FOLDER } from "./measured.ts";

const record = z.object({
  /** 0..15624; null for a network of another space, which `architecture` names. */
  cell_index: z.int().nullable(),
  architecture: z.string().optional(),
  /** Share of the weights on crossbars, per cent; not in the records of the first studies, whose cells it is all of. */
  analog_share_pct: z.number().min(0).max(100).default(100),
  /** Processor seconds by stage: baseline, ptq, qat where it is trained, noisy, noisy@60s, ..., hwt, hwt@60s, ... */
  core_seconds: z.record(z.string(), z.number()),
  config: z.object({
    protocol: z.string(),
    /** Without `space` it is NAS-Bench-201. */
    network: z.object({
      space: z.string().optional(),
      channels: z.int().optional(),
      cellsPerStage: z.int().optional(),
    }),
    training: z.object({ epochs: z.int() }),
    qat: z.object({ epochs: z.int() }),
    hwt: z.object({ epochs: z.int() }),
    measurement: z.object({
      testImages: z.int(),
      repeats: z.int(),
      inferenceTimes_s: z.array(z.number()),
    }),
  }),
});

/** One finished unit: its cell, what was done, and what that took. */
export type UnitRecord = Readonly<z.infer<typeof record>>;

/** The units of a study. */
export interface StudyUnits {
  /** How many its plan has. */
  readonly planned: number;
  /** The finished ones, by name. */
  readonly finished: readonly UnitRecord[];
}

const isThere = (path: string) => Deno.stat(path).then(() => true, () => false);

/** Reads the records of a study below `folder`; none where no unit is finished. Throws InputError for a damaged one. */
export async function readUnits(
  study: string,
  folder: string = MEASURED_FOLDER,
): Promise<StudyUnits> {
  const units = join(folder, study, "units");
  const plan = await readJson(
    join(folder, study, "plan.json"),
    z.object({ units: z.array(z.unknown()) }),
    "Restore it, or: deno task plan",
  );
  // A name with a dot ahead is a unit that is being put into place.
  const entries = await isThere(units) ? Deno.readDirSync(units) : [];
  const names = Array.from(entries, ({ name }) => name)
    .filter((name) => !name.startsWith(".")).sort();
  const finished = await Promise.all(
    names.map((name) =>
      readJson(join(units, name, "unit.json"), record, "Measure the unit again.")
    ),
  );
  return { planned: plan.units.length, finished };
}

/**
 * The units of every study below `folder` that is measured unit by unit, by the study's name: it has units, or a
 * plan and nothing measured yet. (Rows without units come from another command.)
 */
export async function readAllUnits(
  folder: string = MEASURED_FOLDER,
): Promise<Readonly<Record<string, StudyUnits>>> {
  const studies: [string, StudyUnits][] = [];
  for (const { name } of [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1)) {
    const has = (part: string) => isThere(join(folder, name, part));
    if (await has("units") || (await has("plan.json") && !await has("rows.parquet"))) {
      studies.push([name, await readUnits(name, folder)]);
    }
  }
  return Object.fromEntries(studies);
}
