/** How well forests rank unseen cells, as committed in data/search/predictor_curve.json. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { readJsonIfThere } from "../json_file.ts";

const FILE = fileURLToPath(new URL("../../data/search/predictor_curve.json", import.meta.url));

const point = z.object({
  metric: z.string(),
  /** What the trees see: `twelve` numbers, or `with_paths` fifteen. */
  features: z.enum(["twelve", "with_paths"]),
  training_cells: z.int().positive(),
  seed: z.int().min(0),
  /** Kendall's tau-b with the truth over unseen cells. */
  tau: z.number().min(-1).max(1),
});

/** One forest. */
export type ForestScore = Readonly<z.infer<typeof point>>;

/** Reads the curve; empty where it was never computed. Throws InputError for a damaged file. */
export async function readPredictorCurve(path: string = FILE): Promise<readonly ForestScore[]> {
  const remedy = "Restore it with git checkout, or compute it: deno task predictor-curve";
  const found = await readJsonIfThere(path, z.object({ points: z.array(point) }), remedy);
  return found?.points ?? [];
}
