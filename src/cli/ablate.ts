/** `deno task ablate`: measures the trained weights of a study's finished units under other settings. */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { isExtrapolated, simulatorOf } from "../analog/mod.ts";
import type { Backend } from "../backend.ts";
import { configId } from "../config_id.ts";
import { loadCifar10 } from "../dataset/mod.ts";
import { CACHE } from "../cache.ts";
import { InputError } from "../input_error.ts";
import { didYouMean } from "../nearest.ts";
import { withLock } from "../lock.ts";
import {
  analogRows,
  crossbarsFor,
  deviceVariants,
  digitalRows,
  hardwareVariants,
  loadTrained,
  protocolVariants,
  remembered,
  retrain,
  retrainingSteps,
  type Trained,
  type Unit,
  unitArchitecture,
  untestedSettings,
  type Variant,
  WEIGHT_FILES,
  wireVariants,
} from "../measure/mod.ts";
import { type Row, writeRows } from "../table/mod.ts";
import { dataFor } from "../train/mod.ts";
import { chosenUnits, chosenVariants } from "./ablate_choice.ts";
import { command, main, userPath } from "./command.ts";
import { cpuClock } from "./cpu_clock.ts";
import { keepUnits, type MeasuredWith, readKeptRows } from "./kept_rows.ts";
import { wholeNumber } from "./numbers.ts";
import { withProgress } from "./progress.ts";
import { readPlan, unitConfig, unitFolder, writeJson } from "./study_files.ts";
import { backendFor } from "./threads.ts";

/**
 * The studies of variants, settings that can have no effect, whether digital conditions are touched, and which of
 * the finished units: the first, or some spread over the published table's accuracies after HWT and a day.
 */
const STUDIES = {
  ablation: { variants: hardwareVariants, untested: () => [], digital: false, units: "first" },
  devices: { variants: deviceVariants, untested: () => [], digital: false, units: "first" },
  protocols: {
    variants: protocolVariants,
    untested: untestedSettings,
    digital: true,
    units: "first",
  },
  wires: { variants: wireVariants, untested: () => [], digital: false, units: "ranked" },
} as const;
type Study = keyof typeof STUDIES;

type Images = Awaited<ReturnType<typeof loadCifar10>>;

/** Twelve hex digits that identify a unit's weights, so that rows of others are never taken for its own. */
async function weightsHash(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of Object.values(WEIGHT_FILES)) {
    hash.update(await Deno.readFile(join(folder, file)));
  }
  return hash.digest("hex").slice(0, 12);
}

/** The rows of a variant: where it trains again, those of the conditions that the training touches. */
async function variantRows(
  { backend, images, study, folder }: {
    readonly backend: Backend;
    readonly images: Images;
    readonly study: Study;
    /** Keeps the checkpoints of training again. */
    readonly folder: string;
  },
  trained: Trained,
  unit: Unit,
  { config, trains, conditions }: Variant,
  onProgress: (note: string) => void,
): Promise<Row[]> {
  const { seed } = unit, subject = { architecture: unitArchitecture(unit), seed, config, study };
  const data = dataFor(config, images, seed), crossbars = await crossbarsFor(backend, config);
  const clock = () => performance.now();
  const networks = trains === undefined
    ? trained
    : await retrain(trains, { crossbars, images, subject, trained, folder, clock, onProgress });
  const simulator = await simulatorOf(backend, config);
  if (trains === "hwt") return analogRows(backend, simulator, networks, subject, data, ["hwt"]);
  const isDigital = STUDIES[study].digital || conditions === "digital";
  const digital = isDigital ? digitalRows(backend, networks, subject, data) : [];
  if (conditions === "digital") return digital;
  return [...digital, ...analogRows(backend, simulator, networks, subject, data)];
}

interface Options {
  readonly plan: string;
  readonly units: number;
  readonly retrain: number;
  /** Values that are measured; all by default. */
  readonly only?: readonly string[];
}

async function ablate(study: string, options: Options): Promise<void> {
  if (!(study in STUDIES)) {
    const hint = didYouMean(study, Object.keys(STUDIES));
    throw new InputError(
      `No study "${study}".${hint} Studies are: ${Object.keys(STUDIES).join(", ")}.`,
    );
  }
  const name = study as Study, plan = await readPlan(options.plan);
  const units = await chosenUnits(options.plan, plan, options.units, STUDIES[name].units);
  if (units.length === 0) {
    throw new InputError(`${options.plan} has no finished unit. Measure some with: deno task run`);
  }
  const base = unitConfig(plan, units[0]);
  const variants = STUDIES[name].variants(base), retrained = options.retrain;
  const asked = new Set(chosenVariants(variants, options.only));
  const unitsOf = ({ trains }: Variant) => trains === undefined ? units : units.slice(0, retrained);
  const steps = (variant: Variant) => 1 + retrainingSteps(variant);
  const total = [...asked].reduce((sum, v) => sum + unitsOf(v).length * steps(v), 0);
  const memories = join(CACHE, "studies", name);
  const folder = join(dirname(dirname(options.plan)), name);
  await withLock(join(folder, "ablate.lock"), async () => {
    const backend = await backendFor(memories), images = await loadCifar10(), { threads } = backend;
    const kept = await readKeptRows(folder);
    const measuredWith = new Map<string, MeasuredWith>(), weightsOf = new Map<string, string>();
    for (const unit of units) {
      const weights = await weightsHash(unitFolder(options.plan, unit));
      weightsOf.set(unit.unit_id, weights);
      measuredWith.set(unit.unit_id, { weights, threads });
    }
    const parts = variants.flatMap((variant) => unitsOf(variant).map((unit) => ({ variant, unit })))
      .map(({ variant, unit }) => {
        const now = { weights: weightsOf.get(unit.unit_id)!, threads };
        const before = kept.rows(unit, now, configId(variant.config));
        if (before.length > 0) measuredWith.set(unit.unit_id, kept.measuredWith(unit)!);
        return { variant, unit, rows: before };
      });
    const rows = () => parts.flatMap((part) => part.rows);
    const due = parts.filter(({ variant }) => asked.has(variant));
    await withProgress(name, total, async (onProgress) => {
      let done = 0;
      for (const [number, part] of due.entries()) {
        const { variant, unit } = part, weights = weightsOf.get(unit.unit_id)!;
        const memory = join(memories, `${unit.unit_id}-${weights}`);
        const label = `${unit.unit_id} ${variant.setting} ${variant.value}`;
        const id = configId(variant.config), isKept = part.rows.length > 0;
        if (!isKept) {
          const folder = join(memory, `training-${id}`);
          let step = done;
          const work = async () =>
            variantRows(
              { backend, images, study: name, folder },
              await loadTrained(unitFolder(options.plan, unit), unitConfig(plan, unit).hardware),
              unit,
              variant,
              (note) => onProgress(++step, `${label} ${note}`),
            );
          const identity = { config_id: id, weights, threads };
          part.rows = (await remembered(memory, id, identity, cpuClock, work)).rows;
          await Deno.remove(folder, { recursive: true }).catch(() => {});
        }
        onProgress(done += steps(variant), label);
        if (isKept && number < due.length - 1) continue;
        const begun = variants.filter((v) =>
          parts.some((p) => p.variant === v && p.rows.length > 0)
        );
        await write(folder, rows(), begun, measuredWith);
      }
    });
    const untested = STUDIES[name].untested(base);
    if (untested.length > 0) await writeJson(join(folder, "untested.json"), untested);
    console.log(
      `${folder}: ${rows().length} rows of ${units.length} cells, ${variants.length} variants`,
    );
  });
}

/** Writes what there is after each measurement, so that a long study can be read while it goes on. */
async function write(
  folder: string,
  rows: readonly Row[],
  variants: readonly Variant[],
  measuredWith: ReadonlyMap<string, MeasuredWith>,
): Promise<void> {
  await writeRows(join(folder, "rows.parquet"), rows);
  const settings = variants.map(({ setting, value, config, against }) => ({
    setting,
    value,
    config_id: configId(config),
    ...(against && { against: configId(against) }),
    ...(isExtrapolated(config.hardware) && { extrapolated: true }),
    config,
  }));
  await writeJson(join(folder, "settings.json"), settings);
  await keepUnits(folder, measuredWith);
}

const program = command(
  "ablate",
  "Measures trained cells again under other hardware or protocols. What an earlier run measured with the same weights is kept; remove its units.json to measure all again.",
)
  .argument(
    "<study>",
    "ablation (hardware settings), devices (memories of both simulators), wires (resistance of the arrays' wires) or protocols (the published script's oddities)",
  )
  .option(
    "--plan <file>",
    "plan of the study that trained them",
    userPath,
    "data/measured/replication/plan.json",
  )
  .option(
    "--units <n>",
    "how many of its finished cells: those with several seeds first; of wires, evenly spaced by their published rank",
    wholeNumber("--units", 1),
    8,
  )
  .option(
    "--retrain <n>",
    "how many of these also train again what a setting touches",
    wholeNumber("--retrain"),
    6,
  )
  .option(
    "--only <values...>",
    "measure these values of a setting alone, and keep what there is of the others (devices: pcm, software, pcm_joshi ...)",
  )
  .action(ablate);

await main(program);
