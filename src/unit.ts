/** One trained cell of a study of this workspace, opened for a closer look. */
import { join } from "node:path";
import { z } from "zod";
import { closest } from "fastest-levenshtein";
import {
  type AnalogNetwork,
  hwtNetwork,
  loadAnalogKernel,
  periphery,
  simulatorOf,
} from "./analog/mod.ts";
import { loadBackend } from "./backend.ts";
import { type Config, type PartialConfig, resolveConfig } from "./config.ts";
import { loadCifar10 } from "./dataset/mod.ts";
import { oneOf, shown, wholeNumber } from "./arguments.ts";
import { InputError } from "./input_error.ts";
import { didYouMean } from "./nearest.ts";
import { readJson } from "./json_file.ts";
import {
  ANALOG_CONDITIONS,
  type AnalogCondition,
  loadTrained,
  readOutConfig,
  readOutRows,
  type ReadOutSettings,
} from "./measure/mod.ts";
import { tInterval } from "./stats/mod.ts";
import { MEASURED_FOLDER, readRows, type Row } from "./table/mod.ts";
import { dataFor, sgd } from "./train/mod.ts";

/** What to read out of a unit, and how. */
export interface ReadOut extends ReadOutSettings {
  /** The digitally trained weights, or those of hardware-aware training; "noisy" by default. */
  readonly condition?: AnalogCondition;
  /** Of programming events and noise; the unit's own by default. */
  readonly seed?: number;
  /** Called after each programming event at each time. */
  readonly onEvent?: () => void;
}

/** A row read out now: its accuracy is the mean over programming events. */
export interface ReadOutRow extends Row {
  /** 95 % interval of the mean over programming events, Student's t, per cent; null for a single reading. */
  readonly low_pct: number | null;
  readonly high_pct: number | null;
}

/** A finished unit of a study: one cell from one seed under one protocol. */
export interface Unit {
  /** Six operations, seed, protocol. */
  readonly id: string;
  /** Of its training and its measurement. */
  readonly seed: number;
  /** Every setting it was trained and measured with. */
  readonly config: Config;
  /** What was measured: one row a condition and time. */
  readonly rows: readonly Row[];
  /** Stored accuracy in per cent, of a condition before programming (null) or so many seconds after it. */
  accuracy_pct(condition: Row["condition"], t_inference_s?: number | null): number;
  /** The digitally trained weights on crossbars, untouched. */
  readonly digital: AnalogNetwork;
  /** The weights after hardware-aware training, on crossbars. */
  readonly hardwareAware: AnalogNetwork;
  /**
   * Programs trained weights again, on the unit's hardware or with any part of it changed, and measures them, now: a
   * row for each time with the mean over programming events and its 95 % interval. Options are `condition` ("noisy"
   * or "hwt"), `hardware` in part, `times_s`, `events`, `testImages` and `seed`, e.g.
   * `{ hardware: { adc: { bits: 6 } }, times_s: [86_400], events: 10 }`. Test images are not cropped, whatever the
   * protocol. Throws InputError for a setting or a time that the hardware has not.
   */
  readOut(options?: ReadOut): Promise<readonly ReadOutRow[]>;
  /** Trains the digital weights on crossbars for some steps, now: the loss before each. */
  trainSteps(steps: number): Promise<readonly number[]>;
}

/** What of a unit's record is read here. */
const record = z.looseObject({
  unit_id: z.string(),
  seed: z.int().min(0),
  config: z.custom<PartialConfig>((c) => typeof c === "object"),
});
const RESTORE = "Restore the unit's folder with `git checkout -- data/measured`.";

/** What `readOut` takes: another name, which would change nothing, is refused. */
const READ_OUT_NAMES: readonly (keyof ReadOut)[] = [
  "condition",
  "hardware",
  "times_s",
  "events",
  "testImages",
  "seed",
  "onEvent",
];
/** Test images that live training takes its batches from. */
const LIVE_IMAGES = 500;
/** Learning rate of live training. */
const LIVE_RATE = 0.01;

/**
 * Opens a unit by its name, such as "310301-s0-published": six operations, seed, protocol. Throws
 * InputError, naming the nearest, for one that there is not.
 */
export async function openUnit(id: string, study = "replication"): Promise<Unit> {
  return await unitIn(await unitFolder(id, study));
}

/** The unit whose files are in `folder`. Throws InputError where one is missing, damaged or of another network. */
export async function unitIn(folder: string): Promise<Unit> {
  const file = join(folder, "unit.json");
  const { unit_id: id, seed: ownSeed, config: stored } = await readJson(file, record, RESTORE);
  const config = resolveConfig(stored), { hardware } = config;
  const rows = await readRows(join(folder, "rows.parquet"));
  const { digital, ...trained } = await loadTrained(folder, hardware);
  return {
    id,
    seed: ownSeed,
    config,
    rows,
    digital,
    hardwareAware: trained.hwt,
    accuracy_pct: (condition, t_inference_s = null) => {
      const row = rows.find((r) => r.condition === condition && r.t_inference_s === t_inference_s);
      if (row !== undefined) return row.accuracy_pct;
      const held = rows.map(({ metric }) => metric).join(", ");
      throw new InputError(
        `${id} has no ${shown(condition)} at ${shown(t_inference_s)} s. It has ${held}.`,
      );
    },
    readOut: async (options = {}) => {
      for (const name of Object.keys(options)) oneOf("A setting of readOut", name, READ_OUT_NAMES);
      const { condition = "noisy", seed = ownSeed, onEvent, ...asked } = options;
      oneOf("condition", condition, ANALOG_CONDITIONS);
      wholeNumber("A seed", seed);
      const readAs = readOutConfig(config, asked);
      if (readAs.measurement.data !== undefined) {
        throw new InputError(
          `${id} was measured on images of the user's own, which it does not hold. Measure its ` +
            "weights with: deno task measure --checkpoint FILE --data PATH",
        );
      }
      const backend = await loadBackend();
      return readOutRows({
        backend,
        simulator: await simulatorOf(backend, readAs),
        trained,
        subject: {
          architecture: trained.plan.architecture,
          seed,
          config: readAs,
          study: "readout",
        },
        data: dataFor(readAs, await loadCifar10(), ownSeed),
        condition,
        times_s: asked.times_s ?? readAs.measurement.inferenceTimes_s,
        ...(onEvent && { onRepeat: onEvent }),
      }).map(withInterval);
    },
    trainSteps: async (steps) => {
      wholeNumber("A number of steps", steps);
      const backend = await loadBackend(), kernel = await loadAnalogKernel(backend);
      const crossbars = { backend, kernel, periphery: periphery(hardware) };
      const limited = resolveConfig({ ...stored, measurement: { testImages: LIVE_IMAGES } });
      const data = dataFor(limited, await loadCifar10(), 0);
      const optimizer = sgd(backend, config.training);
      const training = hwtNetwork(crossbars, digital, config, optimizer, 0);
      const losses: number[] = [];
      for (const batch of data.evaluation("test", "live")) {
        if (losses.length === steps) break;
        losses.push(training.step(batch, LIVE_RATE).loss);
      }
      return losses;
    },
  };
}

function withInterval(row: Row): ReadOutRow {
  const { accuracy_pct, accuracy_sd_pct, repeats } = row;
  if (accuracy_sd_pct === null) return { ...row, low_pct: null, high_pct: null };
  const { low, high } = tInterval(accuracy_pct, accuracy_sd_pct / Math.sqrt(repeats), repeats);
  return { ...row, low_pct: low, high_pct: high };
}

/** Names of the folders in a folder; none where there is no such folder. */
async function foldersIn(path: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(path));
    return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function unitFolder(id: string, study: string): Promise<string> {
  const units = join(MEASURED_FOLDER, study, "units");
  const studies = await foldersIn(MEASURED_FOLDER);
  if (!studies.includes(study)) {
    throw new InputError(
      `There is no study ${shown(study)}.${didYouMean(String(study), studies)} Studies are ${
        studies.join(", ")
      }.`,
    );
  }
  const names = await foldersIn(units);
  if (names.includes(id)) return join(units, id);
  throw new InputError(
    `The study ${study} has no unit "${id}". Did you mean "${closest(String(id), names)}"? ` +
      `It has ${names.length}, one folder each in data/measured/${study}/units/.`,
  );
}
