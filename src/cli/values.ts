/** `deno task values`: computes paper/values.json. */
import { z } from "zod";
import {
  type Anchor,
  costValues,
  familyPlanValues,
  openStudy,
  VALUE_PARTS,
  values,
} from "../analyse/mod.ts";
import { writeFileAtomically } from "../atomic_write.ts";
import { readJson } from "../json_file.ts";
import { sealed } from "../paper/mod.ts";
import { readAllUnits, readUnits } from "../table/mod.ts";
import { command, main, parseSeed, userPath } from "./command.ts";
import { withProgress } from "./progress.ts";

const RESULTS = "bench/results.json";
const timings = z.looseObject({ "bench.train_step.step_s": z.number() });

/** A step of the published scale as `deno task bench train_step` timed it, on both cores. */
async function trainingStep(): Promise<Anchor> {
  const remedy = `Restore it with \`git checkout -- ${RESULTS}\`.`;
  const results = await readJson(RESULTS, timings, remedy);
  return { step_core_s: 2 * results["bench.train_step.step_s"] };
}

/** Units of the studies that train networks. */
async function units() {
  return { ...await readAllUnits(), replication: await readUnits("replication") };
}

const program = command("values", "Computes every number that the README and the paper quote.")
  .option(
    "--table <path>",
    "a complete table in the tidy schema instead of the published one",
    userPath,
  )
  .option("--out <path>", "where to write", userPath, "paper/values.json")
  .option("--seed <number>", "seed of the bootstrap", parseSeed, 0)
  .action(async (options: { table?: string; out: string; seed: number }) => {
    const { table, out } = options, study = await openStudy(options);
    // Units are of the published study's replication; another table has none.
    const costs = table === undefined ? costValues(await units(), await trainingStep()) : {};
    const plan = table === undefined
      ? familyPlanValues(study, Number(costs["cost.unit_core_s"]))
      : [];
    const numbers = await withProgress("values", VALUE_PARTS, (onProgress) => {
      return Promise.resolve(
        sealed({ ...values(study, onProgress), ...costs, ...Object.fromEntries(plan) }),
      );
    });
    await writeFileAtomically(out, JSON.stringify(numbers, null, 1) + "\n");
    console.log(`${out}: ${Object.keys(numbers).length - 1} values`);
  });

await main(program);
