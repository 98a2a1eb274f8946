/** The reference files that `deno task golden` knows. To add one: a file here, a line in `checks`. */
import { aimcChecks } from "./aimc/mod.ts";
import { checkComplexity } from "./complexity.ts";
import { checkNetwork } from "./network.ts";
import type { GoldenReport } from "./report.ts";

/** File name -> check, given the file's path. A file of reference values beside it is found by itself. */
export const checks: Readonly<Record<string, (path: string) => Promise<GoldenReport>>> = {
  "complexity.json": checkComplexity,
  "network.json": checkNetwork,
  ...aimcChecks,
};

/** JSON files that hold no reference values. */
export const NO_REFERENCE: readonly string[] = ["perf.json"];
