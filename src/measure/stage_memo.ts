import { join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { InputError } from "../input_error.ts";
import type { Row } from "../table/schema.ts";

/** What a finished stage of a unit leaves. */
export interface StageOutcome {
  readonly rows: readonly Row[];
  /** Processor time of the call that finished it. */
  readonly core_seconds: number;
}

/**
 * The outcome of the stage `name`: from `folder` where it was finished before under the same `config_id`,
 * else from `work`, kept for the next time. Killed at any moment, a unit loses no finished stage.
 *
 * @param cpuClock milliseconds of processor time used so far
 * Throws InputError where the folder holds another config's outcome or a damaged one.
 */
export async function remembered(
  folder: string,
  name: string,
  config_id: string,
  cpuClock: () => number,
  work: () => Promise<readonly Row[]>,
): Promise<StageOutcome> {
  const path = join(folder, `${name}.json`);
  const text = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (text !== null) return parse(text, path, config_id);
  const start = cpuClock();
  const outcome = { rows: await work(), core_seconds: (cpuClock() - start) / 1_000 };
  await writeFileAtomically(path, JSON.stringify({ config_id, ...outcome }) + "\n");
  return outcome;
}

function parse(text: string, path: string, config_id: string): StageOutcome {
  let found: StageOutcome & { config_id: string };
  try {
    found = JSON.parse(text);
  } catch {
    throw new InputError(`${path} is damaged: it is no JSON. Remove it to redo the stage.`);
  }
  if (found.config_id !== config_id) {
    throw new InputError(
      `${path} belongs to config ${found.config_id}, not ${config_id}. Remove its folder to start anew.`,
    );
  }
  return { rows: found.rows, core_seconds: found.core_seconds };
}
