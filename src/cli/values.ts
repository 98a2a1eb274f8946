/** `deno task values`: computes paper/values.json. */
import { openStudy, VALUE_PARTS, values } from "../analyse/mod.ts";
import { writeFileAtomically } from "../atomic_write.ts";
import { sealed } from "../paper/mod.ts";
import { command, main, parseSeed, userPath } from "./command.ts";
import { withProgress } from "./progress.ts";

const program = command("values", "Computes every number that the README and the paper quote.")
  .option(
    "--table <path>",
    "a complete table in the tidy schema instead of the published one",
    userPath,
  )
  .option("--out <path>", "where to write", userPath, "paper/values.json")
  .option("--seed <number>", "seed of the bootstrap", parseSeed, 0)
  .action(async (options: { table?: string; out: string; seed: number }) => {
    const { out } = options, study = await openStudy(options);
    const numbers = await withProgress("values", VALUE_PARTS, (onProgress) => {
      return Promise.resolve(sealed(values(study, onProgress)));
    });
    await writeFileAtomically(out, JSON.stringify(numbers, null, 1) + "\n");
    console.log(`${out}: ${Object.keys(numbers).length - 1} values`);
  });

await main(program);
