/** A run seen from outside: its records on disk, and a training process watched while it works. */
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { InputError } from "../input_error.ts";
import { parseJson } from "../json_file.ts";
import type { EpochRecord } from "./checkpoint.ts";
import { RECORDS } from "./loop.ts";

const record = z.custom<EpochRecord>((value) => typeof value === "object" && value !== null);
const REMEDY = "Start the run again: it writes the file from its checkpoint.";

/** The records of the run in `folder`, or none where no epoch is finished. */
export async function readRecords(folder: string): Promise<readonly EpochRecord[]> {
  const path = join(folder, RECORDS);
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  return text.split("\n").filter((line) => line !== "")
    .map((line, i) => parseJson(line, `${path}, line ${i + 1}`, record, REMEDY));
}

/**
 * Starts `deno` with `args` in the folder `cwd`, a process of its own that trains in the run folder
 * `folder` (below `cwd`), and yields all records whenever an epoch is added, the last ones at its end.
 * Stopping early leaves the process's checkpoint: the same call goes on from it.
 *
 * Throws InputError with the process's message where it fails.
 */
export async function* followRun(
  args: readonly string[],
  folder: string,
  cwd = ".",
): AsyncGenerator<readonly EpochRecord[]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  let ended = false, seen = -1;
  const end = child.status.then((status) => (ended = true, status));
  try {
    while (true) {
      const last = ended, records = await readRecords(resolve(cwd, folder));
      if (records.length !== seen || last) yield records;
      seen = records.length;
      if (last) break;
      await Promise.race([end, setTimeout(200)]);
    }
    if (!(await end).success) {
      const message = (await errors).split("\n").findLast((line) => line.startsWith("error: "));
      throw new InputError(message?.slice("error: ".length) ?? await errors);
    }
  } finally {
    if (!ended) child.kill();
    await end;
  }
}
