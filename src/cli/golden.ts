/** `deno task golden DIR`: runs a folder of reference values through this implementation. */
import { join } from "node:path";
import process from "node:process";
import { InputError } from "../input_error.ts";
import { command, main } from "./command.ts";
import { checks, type GoldenReport, NO_REFERENCE } from "./golden_checks/mod.ts";

/** Runs the check of every reference file in `folder`, in the order of their names. */
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
    const check = checks[file];
    yield [
      file,
      check ? await check(join(folder, file)) : { cases: 0, parts: [], note: "unknown file" },
    ];
  }
}

if (import.meta.main) {
  const program = command(
    "golden",
    "Compares this implementation with a folder of reference values.",
  )
    .argument("<dir>", "folder with network.json, complexity.json and the like")
    .action(async (dir: string) => {
      for await (const [file, { cases, parts, note }] of goldenReports(dir)) {
        const pass = parts.length > 0 && parts.every((part) => part.error <= part.tolerance);
        const errors = parts.map(({ name, error, tolerance }) =>
          `${name} ${error.toExponential(1)} <= ${tolerance}`
        );
        console.log(
          [pass ? "pass" : "FAIL", file, `${cases} cases`, ...errors, note ?? ""]
            .filter((part) => part !== "").join("  "),
        );
        if (!pass) process.exitCode = 1;
      }
    });
  await main(program);
}
