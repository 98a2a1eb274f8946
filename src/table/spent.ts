/** What measuring took here: the records of units, and a step of training that was timed alone. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { readJson } from "../json_file.ts";
import { readAllUnits, readUnits, type StudyUnits } from "./units.ts";

/** What the cost of the whole space is reckoned from. */
export interface Spent {
  /** Units of the studies that train networks, by study. */
  readonly units: Readonly<Record<string, StudyUnits>> & { readonly replication: StudyUnits };
  /** Processor seconds of a training step of the published scale, 3x3 on every edge, batch 256. */
  readonly step_core_s: number;
}

/** Timings of `deno task bench`, by name. */
const RESULTS = fileURLToPath(new URL("../../bench/results.json", import.meta.url));
/** `deno task bench train_step` times a step on both cores. */
const CORES = 2;
const timings = z.looseObject({ "bench.train_step.step_s": z.number() });

/** Reads the committed records. Throws InputError for a file that is missing or damaged. */
export async function readSpent(): Promise<Spent> {
  const [all, replication, results] = await Promise.all([
    readAllUnits(),
    readUnits("replication"),
    readJson(RESULTS, timings, "Restore it with `git checkout -- bench/results.json`."),
  ]);
  const units = { ...all, replication };
  return { units, step_core_s: CORES * results["bench.train_step.step_s"] };
}
