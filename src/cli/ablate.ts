/** `deno task ablate`: measures the trained weights of a study's finished units under other settings. */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { type Backend, loadBackend } from "../backend.ts";
import { configId } from "../config.ts";
import { loadCifar10 } from "../dataset/mod.ts";
import { InputError } from "../input_error.ts";
import {
  analogRows,
  crossbarsFor,
  digitalRows,
  hardwareVariants,
  loadAnalog,
  noisyNetwork,
  type Plan,
  protocolVariants,
  remembered,
  type Trained,
  type Unit,
  type Variant,
  WEIGHT_FILES,
} from "../measure/mod.ts";
import { type Row, writeRows } from "../table/mod.ts";
import { dataFor, loadWeights } from "../train/mod.ts";
import { command, main } from "./command.ts";
import { withProgress } from "./progress.ts";
import { setUp } from "./setup.ts";
import { finishedUnits, readPlan, unitConfig, unitFolder } from "./study_files.ts";

/** The studies of variants, and whether their settings touch the digital conditions too. */
const STUDIES = {
  ablation: { variants: hardwareVariants, digital: false },
  protocols: { variants: protocolVariants, digital: true },
} as const;
type Study = keyof typeof STUDIES;

type Images = Awaited<ReturnType<typeof loadCifar10>>;

async function trainedUnit(
  backend: Backend,
  images: Images,
  planPath: string,
  plan: Plan,
  unit: Unit,
): Promise<Trained> {
  const folder = unitFolder(planPath, unit), config = unitConfig(plan, unit);
  const { plan: network, state } = await loadWeights(join(folder, WEIGHT_FILES.baseline));
  const data = dataFor(config, images, unit.seed);
  const mapped = noisyNetwork(backend, network, state, config, data, unit.seed);
  return { plan: network, state, hwt: await loadAnalog(join(folder, WEIGHT_FILES.hwt), mapped) };
}

/** Twelve hex digits that identify a unit's weights, so that rows of others are never taken for its own. */
async function weightsHash(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of Object.values(WEIGHT_FILES)) {
    hash.update(await Deno.readFile(join(folder, file)));
  }
  return hash.digest("hex").slice(0, 12);
}

async function variantRows(
  backend: Backend,
  images: Images,
  study: Study,
  trained: Trained,
  { cell_index, seed }: Unit,
  { config }: Variant,
): Promise<Row[]> {
  const subject = { cell_index, seed, config, study };
  const data = dataFor(config, images, seed);
  const digital = STUDIES[study].digital ? digitalRows(backend, trained, subject, data) : [];
  return [...digital, ...analogRows(await crossbarsFor(backend, config), trained, subject, data)];
}

async function ablate(study: string, options: { plan: string; units: string }): Promise<void> {
  if (!(study in STUDIES)) {
    throw new InputError(`No study "${study}". Studies are: ${Object.keys(STUDIES).join(", ")}.`);
  }
  const name = study as Study, plan = await readPlan(options.plan);
  const [config] = [plan.units[0].config];
  const finished = (await finishedUnits(options.plan, plan))
    .filter((unit) => unit.seed === 0 && unit.config === config)
    .slice(0, Number(options.units));
  if (finished.length === 0) {
    throw new InputError(`${options.plan} has no finished unit. Measure some with: deno task run`);
  }
  const variants = STUDIES[name].variants(unitConfig(plan, finished[0]));
  await setUp();
  const backend = await loadBackend(), images = await loadCifar10();
  const rows: Row[] = [];
  await withProgress(name, finished.length * variants.length, async (onProgress) => {
    let done = 0;
    for (const unit of finished) {
      const trained = await trainedUnit(backend, images, options.plan, plan, unit);
      const weights = await weightsHash(unitFolder(options.plan, unit));
      for (const variant of variants) {
        const label = `${variant.setting} ${variant.value}`, id = configId(variant.config);
        const memory = join(".cache", "studies", name, `${unit.unit_id}-${weights}`);
        const outcome = await remembered(
          memory,
          id,
          id,
          () => performance.now(),
          () => variantRows(backend, images, name, trained, unit, variant),
        );
        rows.push(...outcome.rows);
        onProgress(++done, `${unit.unit_id} ${label}`);
      }
    }
  });
  const folder = join(dirname(dirname(options.plan)), name);
  await writeRows(join(folder, "rows.parquet"), rows);
  const settings = variants.map(({ setting, value, config }) => ({
    setting,
    value,
    config_id: configId(config),
    config,
  }));
  await writeFileAtomically(
    join(folder, "settings.json"),
    JSON.stringify(settings, null, 1) + "\n",
  );
  console.log(
    `${folder}: ${rows.length} rows of ${finished.length} cells, ${variants.length} variants`,
  );
}

const program = command("ablate", "Measures trained cells again under other hardware or protocols.")
  .argument(
    "<study>",
    "ablation (hardware settings) or protocols (the published script's oddities)",
  )
  .option(
    "--plan <file>",
    "plan of the study that trained them",
    "data/measured/replication/plan.json",
  )
  .option("--units <n>", "how many of its finished units, in the plan's order", "8")
  .action(ablate);

await main(program);
