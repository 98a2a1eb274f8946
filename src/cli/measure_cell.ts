/** `deno task measure-cell`: one cell from nothing through all five conditions; the unit of a study. */
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { writeFileAtomically } from "../atomic_write.ts";
import { readPartialConfig, resolveConfig } from "../config.ts";
import { configId } from "../config_id.ts";
import { loadCifar10 } from "../dataset/mod.ts";
import { analogShare_pct, networkFor } from "../network/mod.ts";
import { InputError } from "../input_error.ts";
import { didYouMean } from "../nearest.ts";
import {
  measureCell,
  networkUnit,
  type Plan,
  PLAN_VERSION,
  progressSteps,
  trainingStages,
  type Unit,
  unitArchitecture,
  WEIGHT_FILES,
} from "../measure/mod.ts";
import { type Row, writeRows } from "../table/mod.ts";
import { RECORDS } from "../train/mod.ts";
import { codeRevision } from "./code_revision.ts";
import { command, expectWritable, main, parseSeed, userPath } from "./command.ts";
import { cpuClock } from "./cpu_clock.ts";
import {
  architectureFrom,
  configPath,
  type NetworkOptions,
  networkSettings,
  noteDisconnected,
  withNetworkOptions,
} from "./experiment.ts";
import { withProgress } from "./progress.ts";
import { ALREADY, BUSY, readPlan, unitConfig, unitsFolder, workFolder } from "./study_files.ts";
import { backendFor } from "./threads.ts";

interface Options extends NetworkOptions {
  readonly plan?: string;
  readonly unit?: string;
  readonly config?: string;
  readonly seed: number;
  readonly out: string;
  readonly archive?: string;
}

/** The unit that the options name, its plan, and the folder of finished units. */
async function chosen(options: Options): Promise<{ plan: Plan; unit: Unit; units: string }> {
  const { unit } = options;
  if (options.plan !== undefined && unit !== undefined) {
    const plan = await readPlan(options.plan);
    const found = plan.units.find(({ unit_id }) => unit_id === unit);
    if (found === undefined) {
      const hint = didYouMean(unit, plan.units.map(({ unit_id }) => unit_id));
      throw new InputError(`${options.plan} has no unit "${unit}".${hint}`);
    }
    return { plan, unit: found, units: unitsFolder(options.plan) };
  }
  if (options.plan !== undefined || unit !== undefined) {
    throw new InputError("Name --plan and --unit both, or a network with --cell or --network.");
  }
  const architecture = architectureFrom(options);
  const partial = options.config === undefined ? {} : await readPartialConfig(options.config);
  const network = { ...networkSettings(architecture), ...partial.network };
  const config = resolveConfig({ ...partial, network }), name = configId(config);
  const own = networkUnit(architecture, options.seed, name, "asked for");
  const plan: Plan = {
    version: PLAN_VERSION,
    study: "single",
    configs: { [name]: config },
    units: [own],
  };
  await expectWritable(options.out);
  noteDisconnected(unitArchitecture(own));
  return { plan, unit: own, units: options.out };
}

/** The record of each epoch of a training stage. */
async function curve(folder: string, stage: string): Promise<unknown[]> {
  const text = await Deno.readTextFile(join(folder, stage, RECORDS));
  return text.trim().split("\n").map((line) => JSON.parse(line));
}

/**
 * Puts a unit's results beside the place where they belong, and renames the folder as a whole. The unit's
 * lock is held, so a folder left half-written by a killed process is nobody's.
 */
async function publish(
  target: string,
  work: string,
  record: Readonly<Record<string, unknown>>,
  rows: readonly Row[],
): Promise<void> {
  const beside = join(dirname(target), `.${basename(target)}.part`);
  await Deno.remove(beside, { recursive: true }).catch(() => {});
  await writeRows(join(beside, "rows.parquet"), rows);
  for (const file of Object.values(WEIGHT_FILES)) {
    await writeFileAtomically(join(beside, file), await Deno.readFile(join(work, file)));
  }
  await writeFileAtomically(join(beside, "unit.json"), JSON.stringify(record, null, 2) + "\n");
  await Deno.rename(beside, target);
}

async function measure(options: Options): Promise<void> {
  const { plan, unit, units } = await chosen(options);
  const target = join(units, unit.unit_id), folder = workFolder(plan, unit);
  await Deno.mkdir(folder, { recursive: true });
  using lock = await Deno.open(join(folder, "unit.lock"), { create: true, write: true });
  if (!await lock.tryLock(true)) {
    console.error(`error: Another process is measuring ${unit.unit_id}.`);
    process.exitCode = BUSY;
    return;
  }
  if (await Deno.stat(target).then(() => true, () => false)) {
    console.log(`${target} ${ALREADY}.`);
    return;
  }
  const config = unitConfig(plan, unit), { seed } = unit;
  const backend = await backendFor(folder), images = await loadCifar10(options.archive);
  const { rows, core_seconds } = await withProgress(
    unit.unit_id,
    progressSteps(config),
    (onProgress) => {
      let done = 0;
      return measureCell({
        ...{
          architecture: unitArchitecture(unit),
          seed,
          config,
          study: plan.study,
          backend,
          images,
          folder,
        },
        clock: () => performance.now(),
        cpuClock,
        onProgress: (note) => onProgress(++done, note),
      });
    },
  );
  const curves = await Promise.all(
    trainingStages(config).map(async (name) => [name, await curve(folder, name)]),
  );
  const record = {
    ...unit,
    study: plan.study,
    config_id: configId(config),
    code_revision: await codeRevision(),
    threads: backend.threads,
    /** The rest of the weights is computed digitally: depthwise convolutions, unless `hardware` says otherwise. */
    analog_share_pct: analogShare_pct(
      networkFor(config, unitArchitecture(unit)),
      config.hardware.digital,
      config.hardware.depthwise,
    ),
    core_seconds,
    config,
    curves: Object.fromEntries(curves),
  };
  await publish(target, folder, record, rows);
  for (const { condition, t_inference_s, accuracy_pct } of rows) {
    const time = t_inference_s === null ? "" : ` at ${t_inference_s} s`;
    console.log(`${condition}${time}: ${accuracy_pct.toFixed(2)} %`);
  }
  console.log(target);
}

const program = withNetworkOptions(
  command(
    "measure-cell",
    "Takes a network from nothing through all conditions. Killed and started again, it goes on.",
  ),
  "without a plan: ",
)
  .option("--plan <file>", "a study's plan, with --unit", userPath)
  .option("--unit <id>", "unit of the plan")
  .option("--config <file>", "without a plan: JSON file with any part of a config", configPath)
  .option("--seed <n>", "without a plan: everything random follows from it", parseSeed, 0)
  .option("--out <folder>", "without a plan: gets the unit's folder", userPath, "runs")
  .option("--archive <folder>", "take CIFAR-10 from the unpacked official binary archive", userPath)
  .action(measure);

await main(program);
