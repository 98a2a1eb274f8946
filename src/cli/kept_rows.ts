/** What an earlier `deno task ablate` left beside its settings, so that a larger one measures the new cells only. */
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../atomic_write.ts";
import { InputError } from "../input_error.ts";
import type { Unit } from "../measure/mod.ts";
import { readRows, type Row } from "../table/mod.ts";

/** Hash of the weights that the rows of a unit were measured with, by unit_id. */
const units = z.record(z.string(), z.string());

/** Rows of a unit under a config, where they were measured with the weights of that hash; else none. */
export type KeptRows = (unit: Unit, weights: string, config_id: string) => readonly Row[];

/** Reads what `folder` keeps: nothing where it has no rows. Throws InputError for a damaged file. */
export async function readKeptRows(folder: string): Promise<KeptRows> {
  const path = join(folder, "units.json");
  const text = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (text === null) return () => [];
  let weightsOf: Readonly<Record<string, string>>;
  try {
    weightsOf = units.parse(JSON.parse(text));
  } catch {
    throw new InputError(`${path} is damaged. Remove it to measure all cells anew.`);
  }
  const key = (row: Pick<Row, "cell_index" | "seed">, config_id: string) =>
    `${row.cell_index} ${row.seed} ${config_id}`;
  const rows = Map.groupBy(
    await readRows(join(folder, "rows.parquet")),
    (row) => key(row, row.config_id),
  );
  return (unit, weights, config_id) =>
    weightsOf[unit.unit_id] === weights ? rows.get(key(unit, config_id)) ?? [] : [];
}

/** Notes in `folder` which weights its rows were measured with. */
export const keepUnits = (folder: string, weightsOf: ReadonlyMap<string, string>) =>
  writeFileAtomically(
    join(folder, "units.json"),
    JSON.stringify(Object.fromEntries(weightsOf), null, 1) + "\n",
  );
