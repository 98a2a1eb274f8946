/** `deno task values`: computes paper/values.json. */
import {
  type Anchor,
  costValues,
  measuredValues,
  searchValues,
  VALUE_PARTS,
  values,
} from "../analyse/mod.ts";
import { writeFileAtomically } from "../atomic_write.ts";
import {
  loadReference,
  type Measured,
  readAllHistories,
  readMeasured,
  readUnits,
} from "../table/mod.ts";
import { command, main, parseSeed } from "./command.ts";
import { withProgress } from "./progress.ts";

const EMPTY = { rows: [], settings: [], untested: [] };
const NOTHING: Measured = {
  replication: [],
  scale: { rows: [], configs: {} },
  ablation: EMPTY,
  protocols: EMPTY,
};

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
  .action(async ({ table, out, seed }: { table?: string; out: string; seed: number }) => {
    const benchmark = await loadReference(table);
    // Histories are searches of the published table; another table has none.
    const histories = table === undefined ? await readAllHistories() : [];
    const measured = table === undefined ? await readMeasured() : NOTHING;
    const costs = table === undefined ? costValues(await units(), await trainingStep()) : {};
    const numbers = await withProgress("values", VALUE_PARTS + 1, (onProgress) => {
      const study = values(benchmark, seed, onProgress);
      onProgress(VALUE_PARTS, "search");
      const searched = searchValues(benchmark, histories);
      return Promise.resolve({
        ...study,
        ...searched,
        ...measuredValues(benchmark, measured, seed),
        ...costs,
      });
    });
    await writeFileAtomically(out, JSON.stringify(numbers, null, 1) + "\n");
    console.log(`${out}: ${Object.keys(numbers).length} values`);
  });

await main(program);
