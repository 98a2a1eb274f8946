/** The study of linear paths, as committed in data/measured/collapse/: pairs of trained cells on crossbars. */
import { join } from "node:path";
import { z } from "zod";
import { readJson } from "../json_file.ts";
import { readRows } from "./io.ts";
import type { Row } from "./schema.ts";

const REMEDY = "Restore it with git checkout, or measure: deno task collapse";

const layerInput = z.object({
  layer: z.string(),
  /** Share of the non-zero inputs outside the range, 0..1. */
  clipped_share: z.number().min(0).max(1),
  /** Root mean square and largest magnitude of the inputs, in the unit of the activations. */
  rms: z.number().min(0),
  largest: z.number().min(0),
  input_range: z.number().positive(),
});
const inputs = z.array(z.object({ cell_index: z.int(), layers: z.array(layerInput) }));
const plan = z.object({ units: z.array(z.object({ cell_index: z.int(), reason: z.string() })) });
const settings = z.array(z.object({ value: z.string(), config_id: z.string() }));

/** What reaches one layer on crossbars under the fixed input range. */
export type LayerInput = Readonly<z.infer<typeof layerInput>>;

export interface CollapseRows {
  readonly rows: readonly Row[];
  /** config_id of each setting of the input range: `fixed`, `calibrated`, `corrected`. */
  readonly configs: Readonly<Record<string, string>>;
  /** Number of the pair that each cell belongs to, by cell_index as text. */
  readonly pairs: Readonly<Record<string, number>>;
  readonly inputs: readonly {
    readonly cell_index: number;
    /** In the order of the network. */
    readonly layers: readonly LayerInput[];
  }[];
}

/** Reads the study in `folder`; null where nothing is measured. Throws InputError for damaged files. */
export async function readCollapse(folder: string): Promise<CollapseRows | null> {
  const path = join(folder, "rows.parquet");
  const isThere = await Deno.stat(path).then(() => true, () => false);
  if (!isThere) return null;
  const planned = await readJson(join(folder, "plan.json"), plan, REMEDY);
  const changed = await readJson(join(folder, "settings.json"), settings, REMEDY);
  return {
    rows: await readRows(path),
    configs: Object.fromEntries(changed.map(({ value, config_id }) => [value, config_id])),
    pairs: Object.fromEntries(planned.units.map(({ cell_index, reason }) => [
      String(cell_index),
      Number(reason.match(/^pair (\d+),/)?.[1]),
    ])),
    inputs: await readJson(join(folder, "inputs.json"), inputs, REMEDY),
  };
}
