/** `deno task golden DIR`: runs a folder of reference values through this implementation. */
import process from "node:process";
import { command, main, userPath } from "./command.ts";
import { goldenReports, referenceFiles } from "../verify/mod.ts";
import { setUp } from "./setup.ts";

const program = command(
  "golden",
  "Compares this implementation with a folder of reference values.",
)
  .argument("<dir>", "folder with network.json, complexity.json and the like", userPath)
  .action(async (dir: string) => {
    referenceFiles(dir); // a folder that holds none is said before TensorFlow is set up
    await setUp();
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
