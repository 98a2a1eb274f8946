/** A folder of reference values, file by file. */
import { join } from "node:path";
import { InputError } from "../input_error.ts";
import { checkOf, NO_REFERENCE } from "./checks.ts";
import type { GoldenReport } from "./report.ts";

/**
 * Runs the check of every reference file in `folder`, in the order of their names. TensorFlow is set up.
 * Throws InputError for a folder that is missing or empty, and for a file that does not fit its schema.
 */
export async function* goldenReports(folder: string): AsyncGenerator<[string, GoldenReport]> {
  let files: string[];
  try {
    files = [...Deno.readDirSync(folder)].filter((entry) => entry.name.endsWith(".json"))
      .map((entry) => entry.name).filter((name) => !NO_REFERENCE.includes(name)).sort();
  } catch {
    throw new InputError(`There is no folder ${folder} to read reference values from.`);
  }
  if (files.length === 0) throw new InputError(`The folder ${folder} holds no reference file.`);
  for (const file of files) {
    const path = join(folder, file), check = await checkOf(path);
    yield [
      file,
      check ? await check(path) : { cases: 0, parts: [], note: "unknown file" },
    ];
  }
}
