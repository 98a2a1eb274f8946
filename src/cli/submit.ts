/**
 * `deno task submit`: hands a plan's unfinished units to Slurm as job arrays, and the collection as a job
 * that depends on them. Slurm queues, requeues and limits; this command only writes what to run.
 */
import { join, resolve } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { CACHE } from "../cache.ts";
import { InputError } from "../input_error.ts";
import { command, main, userPath } from "./command.ts";
import { wholeNumber } from "./numbers.ts";
import { pendingUnits, readPlan } from "./study_files.ts";

/** Runs a Slurm command and returns its output; InputError with Slurm's own words where it fails. */
async function slurm(name: string, ...args: string[]): Promise<string> {
  const output = await new Deno.Command(name, { args, stdin: "null" }).output().catch(() => {
    throw new InputError(
      `${name} is not on this machine. Run deno task submit on a Slurm login node.`,
    );
  });
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (!output.success) throw new InputError(`${name} refused: ${text(output.stderr)}`);
  return text(output.stdout);
}

/** The site's MaxArraySize: array indices run from 0 to one below it. */
async function maxArraySize(): Promise<number> {
  const config = await slurm("scontrol", "show", "config");
  return Number(config.match(/MaxArraySize\s*=\s*(\d+)/)?.[1] ?? 1001);
}

const shellQuote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

interface Options {
  plan: string;
  time: string;
  cpus: number;
  memory: string;
  partition?: string;
  dryRun?: boolean;
}

const program = command("submit", "Submits the unfinished units of a plan as Slurm job arrays.")
  .requiredOption("--plan <file>", "the plan that deno task plan wrote", userPath)
  .option("--time <limit>", "Slurm time limit of one unit", "02:00:00")
  .option("--cpus <n>", "processors of one unit", wholeNumber("--cpus", 1), 1)
  .option("--memory <size>", "memory of one unit, as Slurm writes it", "4G")
  .option("--partition <name>", "Slurm partition; without it, the site's default")
  .option("--dry-run", "write the job files, submit nothing")
  .action(async (options: Options) => {
    const plan = await readPlan(options.plan);
    const pending = await pendingUnits(options.plan, plan);
    if (pending.length === 0) {
      console.log(`All ${plan.units.length} units of ${options.plan} are finished.`);
      return;
    }
    const folder = join(CACHE, "studies", plan.study, "slurm");
    const size = options.dryRun ? 1001 : await maxArraySize();
    const deno = shellQuote(Deno.execPath());
    const start = `#!/bin/sh\ncd ${shellQuote(Deno.cwd())} || exit 1\n`;
    const planPath = shellQuote(resolve(options.plan));
    // Slurm fills in what follows a %; one that belongs to the folder's name is written twice.
    const log = `${resolve(folder).replaceAll("%", "%%")}/%x-%A_%a.log`;
    const common = ["--parsable", "--requeue", `--output=${log}`]
      .concat(options.partition === undefined ? [] : [`--partition=${options.partition}`]);
    const jobs: string[] = [];
    for (let chunk = 0; chunk * size < pending.length; chunk++) {
      const units = pending.slice(chunk * size, (chunk + 1) * size);
      const list = `${folder}/chunk-${chunk}.txt`, script = `${folder}/chunk-${chunk}.sh`;
      await writeFileAtomically(list, units.map((unit) => unit.unit_id + "\n").join(""));
      await writeFileAtomically(
        script,
        `${start}unit=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" ${shellQuote(resolve(list))})
exec ${deno} run -A src/cli/measure_cell.ts --plan ${planPath} --unit "$unit"
`,
      );
      if (options.dryRun) continue;
      jobs.push(
        await slurm(
          "sbatch",
          ...common,
          `--job-name=${plan.study}`,
          `--array=0-${units.length - 1}`,
          `--time=${options.time}`,
          `--cpus-per-task=${options.cpus}`,
          `--mem=${options.memory}`,
          script,
        ),
      );
    }
    const collect = `${folder}/collect.sh`;
    await writeFileAtomically(
      collect,
      `${start}exec ${deno} run -A src/cli/collect.ts --plan ${planPath}\n`,
    );
    if (options.dryRun) {
      console.log(
        `Wrote the job files of ${pending.length} units to ${folder}; nothing submitted.`,
      );
      return;
    }
    const last = await slurm(
      "sbatch",
      ...common,
      `--job-name=${plan.study}-collect`,
      `--dependency=afterany:${jobs.join(":")}`,
      collect,
    );
    console.log(
      `Submitted ${pending.length} of ${plan.units.length} units as ${jobs.length} job array(s) ` +
        `(${
          jobs.join(", ")
        }); job ${last} collects afterwards. To find and resubmit what failed, ` +
        `run the same command again.`,
    );
  });

await main(program);
