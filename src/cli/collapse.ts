/** `deno task collapse`: why cells with two linear paths collapse, on pairs of trained cells. */
import { dirname, join } from "node:path";
import type { LayerInput } from "../analog/mod.ts";
import { writeFileAtomically } from "../atomic_write.ts";
import { loadBackend } from "../backend.ts";
import { type PartialConfig, resolveConfig } from "../config.ts";
import { configId } from "../config_id.ts";
import { loadCifar10 } from "../dataset/mod.ts";
import { collapseSteps, measureCollapse, unitArchitecture } from "../measure/mod.ts";
import { type Row, writeRows } from "../table/mod.ts";
import { command, main } from "./command.ts";
import { cpuClock } from "./cpu_clock.ts";
import { withProgress } from "./progress.ts";
import { setUp } from "./setup.ts";
import { readPlan, workFolder } from "./study_files.ts";

/** Measures the plan's units in order; after each one the files hold all that is finished. */
async function collapse(options: { readonly plan: string }): Promise<void> {
  const plan = await readPlan(options.plan), folder = dirname(options.plan);
  const configs = Object.entries(plan.configs);
  const resolved = configs.map(([, config]) => resolveConfig(config as PartialConfig));
  await setUp();
  const backend = await loadBackend(), images = await loadCifar10();
  const rows: Row[] = [],
    inputs: { readonly cell_index: number; readonly layers: readonly LayerInput[] }[] = [];
  const steps = collapseSteps(resolved);
  await withProgress("collapse", plan.units.length * steps, async (onProgress) => {
    for (const [done, unit] of plan.units.entries()) {
      let step = done * steps;
      const measured = await measureCollapse({
        backend,
        images,
        architecture: unitArchitecture(unit),
        seed: unit.seed,
        study: plan.study,
        folder: workFolder(plan, unit),
        clock: () => performance.now(),
        cpuClock,
        onProgress: (note) => onProgress(++step, `${unit.unit_id} ${note}`),
      }, resolved);
      rows.push(...measured.rows);
      inputs.push({ cell_index: unit.cell_index!, layers: measured.inputs });
      await writeRows(join(folder, "rows.parquet"), rows);
      await writeJson(join(folder, "inputs.json"), inputs);
      onProgress((done + 1) * steps, unit.unit_id);
    }
  });
  const settings = configs.map(([name], k) => ({
    setting: "input range",
    value: name,
    config_id: configId(resolved[k]),
    config: resolved[k],
  }));
  await writeJson(join(folder, "settings.json"), settings);
  console.log(`${folder}: ${rows.length} rows of ${plan.units.length} cells`);
}

const writeJson = (path: string, value: unknown) =>
  writeFileAtomically(path, JSON.stringify(value, null, 1) + "\n");

const program = command(
  "collapse",
  "Trains pairs of cells that differ in their linear paths and reads them with fixed and calibrated input ranges. Killed and started again, it goes on.",
)
  .option("--plan <file>", "that deno task plan collapse wrote", "data/measured/collapse/plan.json")
  .action(collapse);

await main(program);
