/** What each memory does to a conductance, as computed from the models in data/reference/memories.json. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { readJson } from "../json_file.ts";

const FILE = fileURLToPath(new URL("../../data/reference/memories.json", import.meta.url));

const curve = z.object({
  quantity: z.enum(["spread", "shift", "read"]),
  t_s: z.number().min(0),
  values_uS: z.array(z.number()),
});
const law = z.object({
  simulator: z.enum(["aihwkit", "crosssim"]),
  device: z.string(),
  g_uS: z.array(z.number().min(0)),
  curves: z.array(curve),
});

/** A memory's conductances and its curves; see `memoryLaws` of the analog room. */
export type StoredLaw = Readonly<z.infer<typeof law>>;

/** Reads the curves. Throws InputError for a missing or damaged file. */
export function readMemoryLaws(path: string = FILE): Promise<readonly StoredLaw[]> {
  return readJson(path, z.array(law), "Restore it with git checkout, or: deno task memories");
}
