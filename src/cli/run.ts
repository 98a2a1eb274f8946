/** `deno task run`: measures the unfinished units of a plan on this machine, each in a process of its own. */
import { join } from "node:path";
import process from "node:process";
import { InputError } from "../input_error.ts";
import type { Plan, Unit } from "../measure/mod.ts";
import { command, main } from "./command.ts";
import { withProgress } from "./progress.ts";
import { pendingUnits, readPlan, workFolder } from "./study_files.ts";

/** Measures one unit in a child process whose words go to a log. Null, or why it failed. */
async function measure(planPath: string, plan: Plan, unit: Unit, threads: number) {
  const folder = workFolder(plan, unit);
  await Deno.mkdir(folder, { recursive: true });
  const log = join(folder, "log.txt");
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "src/cli/measure_cell.ts", "--plan", planPath, "--unit", unit.unit_id],
    env: { TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: "1" },
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(output.stdout) + new TextDecoder().decode(output.stderr);
  await Deno.writeTextFile(log, text);
  if (output.success) return null;
  const lines = text.trim().split("\n");
  const last = lines.findLast((line) => line.startsWith("error:")) ?? lines.at(-1);
  return `${unit.unit_id}: ${last || `ended by ${output.signal}`} (${log})`;
}

const program = command("run", "Measures the unfinished units of a plan on this machine.")
  .requiredOption("--plan <file>", "the plan that deno task plan wrote")
  .option("--jobs <n>", "units measured at once", "2")
  .option("--limit <n>", "stop after this many units; without it, all")
  .action(async (options: { plan: string; jobs: string; limit?: string }) => {
    const jobs = Number(options.jobs);
    if (!Number.isInteger(jobs) || jobs < 1) {
      throw new InputError(`--jobs is a whole number of at least 1, not ${options.jobs}.`);
    }
    const plan = await readPlan(options.plan);
    const queue = (await pendingUnits(options.plan, plan)).slice(
      0,
      Number(options.limit ?? Infinity),
    );
    const threads = Math.max(1, Math.floor(navigator.hardwareConcurrency / jobs));
    const total = queue.length, failures: string[] = [];
    await withProgress(plan.study, total, async (onProgress) => {
      let done = 0;
      await Promise.all(Array.from({ length: jobs }, async () => {
        for (let unit = queue.shift(); unit !== undefined; unit = queue.shift()) {
          const failure = await measure(options.plan, plan, unit, threads);
          if (failure !== null) failures.push(failure);
          onProgress(++done, failures.length > 0 ? `${failures.length} failed` : "");
        }
      }));
    });
    const left = (await pendingUnits(options.plan, plan)).length;
    console.log(
      `${total - failures.length} units measured now, ${left} of ${plan.units.length} left.`,
    );
    for (const failure of failures) console.error(`failed: ${failure}`);
    if (failures.length > 0) process.exitCode = 1;
  });

await main(program);
