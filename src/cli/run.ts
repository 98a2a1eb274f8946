/** `deno task run`: measures the unfinished units of a plan on this machine, each in a process of its own. */
import { join } from "node:path";
import process from "node:process";
import { writeFileAtomically } from "../atomic_write.ts";
import { output } from "../child_process.ts";
import type { Plan, Unit } from "../measure/mod.ts";
import { command, main, userPath } from "./command.ts";
import { wholeNumber } from "./numbers.ts";
import { withProgress } from "./progress.ts";
import { ALREADY, BUSY, pendingUnits, readPlan, workFolder } from "./study_files.ts";

/** How a unit ended: "elsewhere" where another process is at it, or was. */
type Outcome = "measured" | "elsewhere" | { readonly failure: string };

/** Measures one unit in a child process whose words go to a log. */
async function measure(
  planPath: string,
  plan: Plan,
  unit: Unit,
  threads: number,
): Promise<Outcome> {
  const log = join(workFolder(plan, unit), "log.txt");
  const { success, code, signal, stdout, stderr } = await output(Deno.execPath(), {
    args: ["run", "-A", "src/cli/measure_cell.ts", "--plan", planPath, "--unit", unit.unit_id],
    env: { TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  if (code === BUSY) return "elsewhere";
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  if (success && text.includes(ALREADY)) return "elsewhere";
  await writeFileAtomically(log, text);
  if (success) return "measured";
  const lines = text.trim().split("\n");
  const last = lines.findLast((line) => line.startsWith("error:")) ?? lines.at(-1);
  return { failure: `${unit.unit_id}: ${signal ? `ended by ${signal}` : last} (${log})` };
}

const program = command("run", "Measures the unfinished units of a plan on this machine.")
  .requiredOption("--plan <file>", "the plan that deno task plan wrote", userPath)
  .option("--jobs <n>", "units measured at once", wholeNumber("--jobs", 1), 2)
  .option(
    "--limit <n>",
    "stop after this many units; without it, all",
    wholeNumber("--limit", 1),
  )
  .action(async (options: { plan: string; jobs: number; limit?: number }) => {
    const { jobs, limit } = options;
    const plan = await readPlan(options.plan);
    const queue = (await pendingUnits(options.plan, plan)).slice(0, limit);
    const threads = Math.max(1, Math.floor(navigator.hardwareConcurrency / jobs));
    const total = queue.length, failures: string[] = [];
    let measured = 0, done = 0;
    await withProgress(plan.study, total, async (onProgress) => {
      await Promise.all(Array.from({ length: jobs }, async () => {
        for (let unit = queue.shift(); unit !== undefined; unit = queue.shift()) {
          const outcome = await measure(options.plan, plan, unit, threads);
          if (outcome === "measured") measured++;
          else if (outcome !== "elsewhere") failures.push(outcome.failure);
          onProgress(++done, failures.length > 0 ? `${failures.length} failed` : "");
        }
      }));
    });
    const left = (await pendingUnits(options.plan, plan)).length;
    console.log(`${measured} units measured now, ${left} of ${plan.units.length} left.`);
    for (const failure of failures) console.error(`failed: ${failure}`);
    if (failures.length > 0) process.exitCode = 1;
  });

await main(program);
