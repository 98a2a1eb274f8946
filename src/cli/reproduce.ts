/** `deno task reproduce`: everything that is generated from the committed data, in one go. */
import { join } from "node:path";
import { CACHE } from "../cache.ts";
import { endingWithUs } from "../child_process.ts";
import { InputError } from "../input_error.ts";
import { withLock } from "../lock.ts";
import { command, main } from "./command.ts";

/** One command of the project and what it makes. */
interface Step {
  readonly task: string;
  readonly makes: string;
}

/** Each step reads what those before it wrote; the one that needs Python comes last. */
const STEPS: readonly Step[] = [
  { task: "values", makes: "paper/values.json: every number that README and paper quote" },
  { task: "readme", makes: "README.md: from its template, numbers filled in" },
  { task: "figures", makes: "figures/: each figure as SVG, PNG and JSON" },
  { task: "paper", makes: "paper/paper.pdf: the manuscript" },
  { task: "notebooks", makes: "notebooks/: executed by the Deno kernel, outputs stored" },
];

/** Held by the command: a second one waits, and finds all made. */
const LOCK = join(CACHE, "reproduce.lock");

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);

/** Runs a step in a process of its own, its output passed on; InputError where it failed. */
async function run({ task }: Step, args: string[]): Promise<void> {
  const script = join(import.meta.dirname!, `${task}.ts`);
  const child = new Deno.Command(Deno.execPath(), { args: ["run", "-A", script, ...args] }).spawn();
  const { success } = await endingWithUs(() => child.kill("SIGTERM"), () => child.status);
  if (!success) {
    throw new InputError(
      `The step "${task}" failed; its message stands above. Later steps were not run. ` +
        `Mend it and run "deno task ${task}", or all again.`,
    );
  }
}

const program = command("reproduce", "Makes values, figures, executed notebooks and the paper.")
  .option("--force", "execute the notebooks even where nothing has changed")
  .action(({ force }: { force?: boolean }) =>
    withLock(LOCK, async () => {
      const start = performance.now();
      const lines: string[] = [];
      for (const [i, step] of STEPS.entries()) {
        const begun = performance.now();
        console.log(`\n[${i + 1}/${STEPS.length}] ${step.task}`);
        await run(step, step.task === "notebooks" && force === true ? ["--force"] : []);
        lines.push(`${seconds(begun).padStart(6)} s  ${step.makes}`);
      }
      console.log(`\nMade in ${seconds(start)} s:\n${lines.join("\n")}`);
    })
  );

await main(program);
