/** `deno task values`: computes paper/values.json. */
import { type Anchor, costValues, openStudy, VALUE_PARTS, values } from "../analyse/mod.ts";
import { writeFileAtomically } from "../atomic_write.ts";
import { readUnits } from "../table/mod.ts";
import { command, main, parseSeed } from "./command.ts";
import { withProgress } from "./progress.ts";

/** A step of the published scale as `deno task bench train_step` timed it, on both cores. */
async function trainingStep(): Promise<Anchor> {
  const results = JSON.parse(await Deno.readTextFile("bench/results.json"));
  return { step_core_s: 2 * results["bench.train_step.step_s"] };
}

/** Units of the studies that train cells. */
const units = async () => ({
  replication: await readUnits("replication"),
  scale: await readUnits("scale"),
});

const program = command("values", "Computes every number that the README and the paper quote.")
  .option("--table <path>", "a complete table in the tidy schema instead of the published one")
  .option("--out <path>", "where to write", "paper/values.json")
  .option("--seed <number>", "seed of the bootstrap", parseSeed, 0)
  .action(async (options: { table?: string; out: string; seed: number }) => {
    const { table, out } = options, study = await openStudy(options);
    // Units are of the published study's replication; another table has none.
    const costs = table === undefined ? costValues(await units(), await trainingStep()) : {};
    const numbers = await withProgress("values", VALUE_PARTS, (onProgress) => {
      return Promise.resolve({ ...values(study, onProgress), ...costs });
    });
    await writeFileAtomically(out, JSON.stringify(numbers, null, 1) + "\n");
    console.log(`${out}: ${Object.keys(numbers).length} values`);
  });

await main(program);
