/** `deno task collect`: checks the finished units of a plan and merges their rows into one Parquet file. */
import { dirname, join } from "node:path";
import process from "node:process";
import { InputError } from "../input_error.ts";
import { expectPlanned, type Plan, type Unit } from "../measure/mod.ts";
import { readRows, type Row, writeRows } from "../table/mod.ts";
import { command, main } from "./command.ts";
import { pendingUnits, readPlan, unitFolder } from "./study_files.ts";

/** The rows of a finished unit. Throws InputError where its file is damaged or is not the plan's. */
async function unitRows(planPath: string, plan: Plan, unit: Unit): Promise<Row[]> {
  const path = join(unitFolder(planPath, unit), "rows.parquet");
  const rows = await readRows(path);
  expectPlanned(rows, plan, unit, path);
  return rows;
}

const program = command("collect", "Checks and merges the row files of a plan's finished units.")
  .requiredOption("--plan <file>", "the plan that deno task plan wrote")
  .option("--out <file>", "merged rows (default: rows.parquet beside the plan)")
  .action(async (options: { plan: string; out?: string }) => {
    const plan = await readPlan(options.plan);
    const missing = new Set((await pendingUnits(options.plan, plan)).map((unit) => unit.unit_id));
    const damaged: string[] = [], rows: Row[] = [];
    for (const unit of plan.units) {
      if (missing.has(unit.unit_id)) continue;
      try {
        rows.push(...await unitRows(options.plan, plan, unit));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        damaged.push(`${unit.unit_id}: ${error.message}`);
      }
    }
    const merged = plan.units.length - missing.size - damaged.length;
    if (merged === 0) {
      throw new InputError(
        `${options.plan} has no whole finished unit. Measure some: deno task run --plan ${options.plan}`,
      );
    }
    const out = options.out ?? join(dirname(options.plan), "rows.parquet");
    await writeRows(out, rows);
    console.log(`${out}: ${rows.length} rows of ${merged} of ${plan.units.length} units`);
    for (const unit of missing) console.error(`missing: ${unit}`);
    for (const fault of damaged) console.error(`damaged: ${fault}`);
    if (missing.size > 0 || damaged.length > 0) {
      console.error(
        `Remove the folders of damaged units, then: deno task run --plan ${options.plan}`,
      );
      process.exitCode = 1;
    }
  });

await main(program);
