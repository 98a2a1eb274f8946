/** `deno task memories`: the curves of all memories of both simulators, for the study to draw. */
import { memoryLaws } from "../analog/mod.ts";
import { writeFileAtomically } from "../atomic_write.ts";
import { command, expectWritableFile, main, userPath } from "./command.ts";

const program = command(
  "memories",
  "Computes programming error, drift and read noise of every memory from the models, in closed form.",
)
  .option("--out <file>", "where to write", userPath, "data/reference/memories.json")
  .action(async ({ out }: { out: string }) => {
    await expectWritableFile(out);
    const laws = memoryLaws();
    await writeFileAtomically(out, JSON.stringify(laws) + "\n");
    console.log(`${out}: ${laws.length} memories`);
  });

await main(program);
