/** `deno task collect`: checks the finished units of a plan and merges their rows into one Parquet file. */
import { dirname, join } from "node:path";
import process from "node:process";
import { InputError } from "../input_error.ts";
import { withLock } from "../lock.ts";
import { expectPlanned, type Plan, type Unit } from "../measure/mod.ts";
import { readRows, type Row, writeRows } from "../table/mod.ts";
import { command, main, userPath } from "./command.ts";
import { pendingUnits, readPlan, unitFolder } from "./study_files.ts";

/** The rows of a finished unit. Throws InputError where its file is damaged or is not the plan's. */
async function unitRows(planPath: string, plan: Plan, unit: Unit): Promise<Row[]> {
  const path = join(unitFolder(planPath, unit), "rows.parquet");
  const rows = await readRows(path);
  expectPlanned(rows, plan, unit, path);
  return rows;
}

/** Merges what is finished into `out`; says what is missing or damaged. */
async function collect(planPath: string, out: string): Promise<void> {
  const plan = await readPlan(planPath);
  const missing = new Set((await pendingUnits(planPath, plan)).map((unit) => unit.unit_id));
  const damaged: string[] = [], rows: Row[] = [];
  for (const unit of plan.units) {
    if (missing.has(unit.unit_id)) continue;
    try {
      rows.push(...await unitRows(planPath, plan, unit));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      damaged.push(`${unit.unit_id}: ${error.message}`);
    }
  }
  const merged = plan.units.length - missing.size - damaged.length;
  if (merged === 0) {
    throw new InputError(
      `${planPath} has no whole finished unit. Measure some: deno task run --plan ${planPath}`,
    );
  }
  await writeRows(out, rows);
  console.log(`${out}: ${rows.length} rows of ${merged} of ${plan.units.length} units`);
  for (const unit of missing) console.error(`missing: ${unit}`);
  for (const fault of damaged) console.error(`damaged: ${fault}`);
  if (missing.size > 0 || damaged.length > 0) {
    console.error(
      `Remove the folders of damaged units, then: deno task run --plan ${planPath}`,
    );
    process.exitCode = 1;
  }
}

const program = command("collect", "Checks and merges the row files of a plan's finished units.")
  .requiredOption("--plan <file>", "the plan that deno task plan wrote", userPath)
  .option("--out <file>", "merged rows (default: rows.parquet beside the plan)", userPath)
  .action(async (options: { plan: string; out?: string }) => {
    const out = options.out ?? join(dirname(options.plan), "rows.parquet");
    await withLock(`${out}.lock`, () => collect(options.plan, out));
  });

await main(program);
