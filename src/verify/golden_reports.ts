/** A folder of reference values, file by file. */
import { join } from "node:path";
import { InputError } from "../input_error.ts";
import { checkOf, NO_REFERENCE } from "./checks.ts";
import type { GoldenReport } from "./report.ts";

/**
 * The reference files in `folder`, in the order of their names. Throws InputError for a folder that is
 * missing or holds none.
 */
export function referenceFiles(folder: string): string[] {
  let files: string[];
  try {
    files = [...Deno.readDirSync(folder)].filter((entry) => entry.name.endsWith(".json"))
      .map((entry) => entry.name).filter((name) => !NO_REFERENCE.includes(name)).sort();
  } catch {
    throw new InputError(`There is no folder ${folder} to read reference values from.`);
  }
  if (files.length === 0) throw new InputError(`The folder ${folder} holds no reference file.`);
  return files;
}

/** Runs the check of the file at `path`. TensorFlow is set up. Throws InputError where it does not fit its schema. */
export async function goldenReport(path: string): Promise<GoldenReport> {
  const check = await checkOf(path);
  return check ? await check(path) : { cases: 0, parts: [], note: "unknown file" };
}

/** Runs the check of every reference file in `folder`. Throws InputError as the two above. */
export async function* goldenReports(folder: string): AsyncGenerator<[string, GoldenReport]> {
  for (const file of referenceFiles(folder)) yield [file, await goldenReport(join(folder, file))];
}
