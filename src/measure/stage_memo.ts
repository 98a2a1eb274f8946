import { join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { InputError } from "../input_error.ts";
import type { Row } from "../table/schema.ts";
import { differences, type Json } from "../train/mod.ts";

/** What a finished stage of a unit leaves. */
export interface StageOutcome {
  readonly rows: readonly Row[];
  /** Processor time of the call that finished it. */
  readonly core_seconds: number;
}

/**
 * The outcome of the stage `name`: from `folder` where it was finished before as the same measurement, else
 * from `work`, kept for the next time. Killed at any moment, a unit loses no finished stage.
 *
 * @param identity all that the rows depend on, e.g. config, cell, seed, threads
 * @param cpuClock milliseconds of processor time used so far
 * Throws InputError where the folder holds another measurement's outcome, naming the differences, or a
 * damaged one.
 */
export async function remembered(
  folder: string,
  name: string,
  identity: Json,
  cpuClock: () => number,
  work: () => Promise<readonly Row[]>,
): Promise<StageOutcome> {
  const path = join(folder, `${name}.json`);
  const text = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (text !== null) return parse(text, path, identity);
  const start = cpuClock();
  const outcome = { rows: await work(), core_seconds: (cpuClock() - start) / 1_000 };
  await writeFileAtomically(path, JSON.stringify({ identity, ...outcome }) + "\n");
  return outcome;
}

function parse(text: string, path: string, identity: Json): StageOutcome {
  let found: StageOutcome & { identity?: Json };
  try {
    found = JSON.parse(text);
  } catch {
    throw new InputError(`${path} is damaged: it is no JSON. Remove it to redo the stage.`);
  }
  const differing = found.identity === undefined
    ? ["it does not say of what it is"]
    : differences(found.identity, identity);
  if (differing.length > 0) {
    throw new InputError(
      `${path} belongs to another measurement: ${
        differing.join("; ")
      }. Choose another folder, or the ` +
        `settings that it was started with.`,
    );
  }
  return { rows: found.rows, core_seconds: found.core_seconds };
}
