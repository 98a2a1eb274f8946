/** What an earlier `deno task ablate` left beside its settings, so that a larger one measures the new cells only. */
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../atomic_write.ts";
import { readJsonIfThere } from "../json_file.ts";
import type { Unit } from "../measure/mod.ts";
import { readRows, type Row } from "../table/mod.ts";

/** What the rows of a unit were measured with. */
export interface MeasuredWith {
  /** Hash of its weights. */
  readonly weights: string;
  /** TensorFlow's; null where they were measured before that was noted. */
  readonly threads: number | null;
}

/** By unit_id; a bare text is the hash alone, of before threads were noted. */
const units = z.record(
  z.string(),
  z.union([
    z.string().transform((weights): MeasuredWith => ({ weights, threads: null })),
    z.strictObject({ weights: z.string(), threads: z.int().min(1).nullable() }),
  ]),
);

/** What an earlier run left. */
export interface Kept {
  /** Rows of a unit under a config, where they were measured as now, or with threads not noted; else none. */
  rows(unit: Unit, now: MeasuredWith, config_id: string): readonly Row[];
  /** What the rows of the unit were measured with, where there are any. */
  measuredWith(unit: Unit): MeasuredWith | undefined;
}

/** Reads what `folder` keeps: nothing where it has no rows. Throws InputError for a damaged file. */
export async function readKeptRows(folder: string): Promise<Kept> {
  const path = join(folder, "units.json");
  const measured = await readJsonIfThere(path, units, "Remove it to measure all cells again.");
  if (measured === null) return { rows: () => [], measuredWith: () => undefined };
  const key = (row: Pick<Row, "cell_index" | "seed">, config_id: string) =>
    `${row.cell_index} ${row.seed} ${config_id}`;
  const rows = Map.groupBy(
    await readRows(join(folder, "rows.parquet")),
    (row) => key(row, row.config_id),
  );
  return {
    rows(unit, { weights, threads }, config_id) {
      const before = measured[unit.unit_id];
      const isSame = before?.weights === weights && (before.threads ?? threads) === threads;
      return isSame ? rows.get(key(unit, config_id)) ?? [] : [];
    },
    measuredWith: ({ unit_id }) => measured[unit_id],
  };
}

/** Notes in `folder` what the rows of each unit, by its id, were measured with. */
export const keepUnits = (folder: string, measuredWith: ReadonlyMap<string, MeasuredWith>) =>
  writeFileAtomically(
    join(folder, "units.json"),
    JSON.stringify(Object.fromEntries(measuredWith), null, 1) + "\n",
  );
