/** `deno task collapse`: why cells with two linear paths collapse, on pairs of trained cells. */
import { dirname, join } from "node:path";
import type { LayerInput } from "../analog/mod.ts";
import { loadBackend } from "../backend.ts";
import { type Config, type PartialConfig, resolveConfig } from "../config.ts";
import { configId } from "../config_id.ts";
import { loadCifar10 } from "../dataset/mod.ts";
import { withLock } from "../lock.ts";
import {
  collapseSteps,
  measureCollapse,
  type Plan,
  type Unit,
  unitArchitecture,
} from "../measure/mod.ts";
import { readCollapse, type Row, writeRows } from "../table/mod.ts";
import { command, main } from "./command.ts";
import { cpuClock } from "./cpu_clock.ts";
import { withProgress } from "./progress.ts";
import { setUp } from "./setup.ts";
import { readPlan, workFolder, writeJson } from "./study_files.ts";

/** What a measured cell leaves in the study's files. */
interface Measured {
  readonly rows: readonly Row[];
  readonly layers: readonly LayerInput[];
}

/** Cells that the study's files hold already under today's configs, by cell_index. */
async function measuredBefore(
  folder: string,
  config_ids: readonly string[],
): Promise<Map<number, Measured>> {
  const kept = await readCollapse(folder);
  const found = (kept?.inputs ?? []).map(({ cell_index, layers }): [number, Measured] => [
    cell_index,
    { layers, rows: kept!.rows.filter((row) => row.cell_index === cell_index) },
  ]);
  return new Map(
    found.filter(([, { rows }]) =>
      config_ids.every((id) => rows.some((row) => row.config_id === id))
    ),
  );
}

/** Measures what the study's files lack; after each cell they hold all that is finished, in the plan's order. */
async function collapse(options: { readonly plan: string }): Promise<void> {
  const plan = await readPlan(options.plan), folder = dirname(options.plan);
  const configs = Object.entries(plan.configs);
  const resolved = configs.map(([, config]) => resolveConfig(config as PartialConfig));
  const settings = configs.map(([value], k) => ({
    setting: "input range",
    value,
    config_id: configId(resolved[k]),
    config: resolved[k],
  }));
  await withLock(join(folder, "collapse.lock"), async () => {
    const measured = await measuredBefore(folder, settings.map(({ config_id }) => config_id));
    const missing = plan.units.filter(({ cell_index }) => !measured.has(cell_index!));
    if (missing.length > 0) {
      await measureMissing(plan, missing, resolved, async (unit, cell) => {
        measured.set(unit.cell_index!, cell);
        const done = plan.units.flatMap(({ cell_index }) => {
          const found = measured.get(cell_index!);
          return found === undefined ? [] : { cell_index: cell_index!, ...found };
        });
        await writeJson(join(folder, "settings.json"), settings);
        await writeRows(join(folder, "rows.parquet"), done.flatMap(({ rows }) => rows));
        await writeJson(
          join(folder, "inputs.json"),
          done.map(({ cell_index, layers }) => ({ cell_index, layers })),
        );
      });
    }
    console.log(
      `${folder}: ${measured.size} of ${plan.units.length} cells, ${missing.length} of them new`,
    );
  });
}

/** Trains and measures `missing` in order; `keep` is told each cell as it is finished. */
async function measureMissing(
  plan: Plan,
  missing: readonly Unit[],
  configs: readonly Config[],
  keep: (unit: Unit, cell: Measured) => Promise<void>,
): Promise<void> {
  await setUp();
  const backend = await loadBackend(), images = await loadCifar10();
  const steps = collapseSteps(configs);
  await withProgress("collapse", missing.length * steps, async (onProgress) => {
    for (const [done, unit] of missing.entries()) {
      let step = done * steps;
      const { rows, inputs } = await measureCollapse({
        backend,
        images,
        architecture: unitArchitecture(unit),
        seed: unit.seed,
        study: plan.study,
        folder: workFolder(plan, unit),
        clock: () => performance.now(),
        cpuClock,
        onProgress: (note) => onProgress(++step, `${unit.unit_id} ${note}`),
      }, configs);
      await keep(unit, { rows, layers: inputs });
      onProgress((done + 1) * steps, unit.unit_id);
    }
  });
}

const program = command(
  "collapse",
  "Trains pairs of cells that differ in their linear paths and reads them with fixed and calibrated input ranges. What was measured before is kept; killed and started again, it goes on.",
)
  .option("--plan <file>", "that deno task plan collapse wrote", "data/measured/collapse/plan.json")
  .action(collapse);

await main(program);
