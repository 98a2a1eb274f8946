/** The reference files that `deno task golden` knows. To add one: a file here, a line in `CHECKS`. */
import { basename } from "node:path";
import { aimcChecks } from "./aimc/mod.ts";
import { checkComplexity } from "./complexity.ts";
import { crosssimChecks } from "./crosssim/mod.ts";
import { checkNetwork } from "./network.ts";
import { checkOnnx } from "./onnx.ts";
import { checkSpace, checkSpaceComplexity } from "./spaces.ts";
import type { GoldenReport } from "./report.ts";

/** A check of a reference file, given its path. A file of arrays beside it is found by itself. */
type Check = (path: string) => Promise<GoldenReport>;

/** File name -> check. */
const CHECKS: Readonly<Record<string, Check>> = {
  "complexity.json": checkComplexity,
  "network.json": checkNetwork,
  "cases.json": checkOnnx,
  ...Object.fromEntries(["resnet", "analognas", "darts"].flatMap((space) => [
    [`${space}.json`, checkSpace],
    [`${space}_complexity.json`, checkSpaceComplexity],
  ])),
  ...aimcChecks,
};

/** The check of a file, by its name and by who made it; undefined where nobody knows it. */
export async function checkOf(path: string): Promise<Check | undefined> {
  const isCrossSims = /"generator":\s*"CrossSim/.test(
    (await Deno.readTextFile(path)).slice(0, 1000),
  );
  return (isCrossSims ? crosssimChecks : CHECKS)[basename(path)];
}

/** JSON files that hold no reference values. */
export const NO_REFERENCE: readonly string[] = ["perf.json"];
