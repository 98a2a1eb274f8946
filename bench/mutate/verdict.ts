/** What a test said of a mutant. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeFileAtomically } from "../../src/atomic_write.ts";
import { type Mutant, mutated } from "./mutant.ts";
import { run } from "./run.ts";

/** `stale`: the change no longer fits the file, or the test fails on the right program too. */
export type Verdict = "killed" | "survived" | "stale";

/** Longest time of one test file. A program that never ends is noticed too. */
const LIMIT_S = 600;

/** Tries mutants in the copy `folder`, one at a time; the right program is tried once for each test. */
export function trial(folder: string): (mutant: Mutant) => Promise<[Verdict, string]> {
  const sound = new Map<string, Promise<boolean>>();
  const passes = async ({ test, filter }: Mutant) => {
    const args = ["test", "-A", "--no-check", "--quiet"];
    if (filter !== undefined) args.push("--filter", filter);
    const { success, out } = await run(Deno.execPath(), [...args, test], {
      cwd: folder,
      limit_s: LIMIT_S,
    });
    return success && /\b[1-9]\d* passed/.test(out);
  };
  return async (mutant) => {
    const path = join(folder, mutant.file), right = await Deno.readTextFile(path);
    let wrong: string;
    try {
      wrong = mutated(right, mutant);
    } catch (error) {
      return ["stale", (error as Error).message];
    }
    const test = [mutant.test, ...mutant.filter ? [mutant.filter] : []].join(": ");
    if (!sound.has(test)) sound.set(test, passes(mutant));
    if (!await sound.get(test)) return ["stale", `${test} fails without it`];
    // A new file each time: the old one may be a link to the project's own.
    await writeFileAtomically(path, wrong);
    try {
      return [await passes(mutant) ? "survived" : "killed", test];
    } finally {
      await writeFileAtomically(path, right);
    }
  };
}

/** Identifies what a verdict depends on: the mutant, and all sources and tests as they are. */
export async function contentHash(files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files.toSorted()) hash.update(file).update(await Deno.readFile(file));
  return hash.digest("hex").slice(0, 16);
}
