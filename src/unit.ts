/** One trained cell of a study of this workspace, opened for a closer look. */
import { join } from "node:path";
import { z } from "zod";
import { closest } from "fastest-levenshtein";
import {
  analogAccuracy_pct,
  type AnalogNetwork,
  convert,
  drift,
  hwtNetwork,
  loadAnalogKernel,
  periphery,
  program,
  restoredNetwork,
  storedNetwork,
} from "./analog/mod.ts";
import { loadBackend } from "./backend.ts";
import { type Config, type Hardware, type PartialConfig, resolveConfig } from "./config.ts";
import { loadCifar10 } from "./dataset/mod.ts";
import { oneOf, shown, wholeNumber } from "./arguments.ts";
import { InputError } from "./input_error.ts";
import { didYouMean } from "./nearest.ts";
import { readJson } from "./json_file.ts";
import { readBytes } from "./read_bytes.ts";
import { MEASURED_FOLDER, readRows, type Row } from "./table/mod.ts";
import { dataFor, decodeSafetensors, loadWeights, sgd } from "./train/mod.ts";

/** What to read out of a network, and how. */
export interface ReadOut {
  /** Seconds after programming; null for before it. */
  readonly times_s: readonly (number | null)[];
  /** How many of the test images. */
  readonly testImages: number;
  /** Of the programming event and its noise. */
  readonly seed?: number;
  /** As the unit was measured unless said otherwise. */
  readonly driftCompensation?: Hardware["driftCompensation"];
}

/** A finished unit of a study: one cell from one seed under one protocol. */
export interface Unit {
  /** Six operations, seed, protocol. */
  readonly id: string;
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
  /** Programs the digital weights anew and measures them, now: accuracy in per cent, by time. */
  readOut(options: ReadOut): Promise<ReadonlyMap<number | null, number>>;
  /** Trains the digital weights on crossbars for some steps, now: the loss before each. */
  trainSteps(steps: number): Promise<readonly number[]>;
}

/** What of a unit's record is read here. */
const record = z.looseObject({ config: z.custom<PartialConfig>((c) => typeof c === "object") });
const RESTORE = "Restore the unit's folder with `git checkout -- data/measured`.";

/** Test images that live training takes its batches from. */
const LIVE_IMAGES = 500;
/** Learning rate of live training. */
const LIVE_RATE = 0.01;

/**
 * Opens a unit by its name, such as "310301-s0-published": six operations, seed, protocol. Throws
 * InputError, naming the nearest, for one that there is not.
 */
export async function openUnit(id: string, study = "replication"): Promise<Unit> {
  const folder = await unitFolder(id, study);
  const { config: stored } = await readJson(join(folder, "unit.json"), record, RESTORE);
  const config = resolveConfig(stored), { hardware } = config;
  const rows = await readRows(join(folder, "rows.parquet"));
  const { plan, state } = await loadWeights(join(folder, "baseline.safetensors"));
  const digital = convert(plan, state, hardware);
  const weights = join(folder, "hwt.safetensors");
  const trained = decodeSafetensors(await readBytes(weights, RESTORE), weights);
  const hardwareAware = restoredNetwork(digital, {
    ...storedNetwork(digital),
    ...trained.tensors,
  });
  const live = async (testImages: number) => {
    const backend = await loadBackend(), kernel = await loadAnalogKernel(backend);
    const limited = resolveConfig({ ...stored, measurement: { testImages } });
    return {
      backend,
      crossbars: { backend, kernel, periphery: periphery(hardware) },
      data: dataFor(limited, await loadCifar10(), 0),
    };
  };
  return {
    id,
    config,
    rows,
    digital,
    hardwareAware,
    accuracy_pct: (condition, t_inference_s = null) => {
      const row = rows.find((r) => r.condition === condition && r.t_inference_s === t_inference_s);
      if (row !== undefined) return row.accuracy_pct;
      const held = rows.map(({ metric }) => metric).join(", ");
      throw new InputError(
        `${id} has no ${shown(condition)} at ${shown(t_inference_s)} s. It has ${held}.`,
      );
    },
    readOut: async ({ times_s, testImages, seed = 0, driftCompensation }) => {
      for (const t of times_s) {
        if (t === null || (t >= 0 && t < Infinity)) continue;
        throw new InputError(
          `A time is in seconds after programming, or null for before it, and is ${t} s.`,
        );
      }
      oneOf("driftCompensation", driftCompensation ?? "global", ["global", "none"]);
      const { crossbars, data } = await live(testImages);
      const network = driftCompensation === undefined
        ? digital
        : { ...digital, hardware: { ...hardware, driftCompensation } };
      const programmed = program(network, seed);
      return new Map(times_s.map((t) => {
        const label = `${t} s`, batches = data.evaluation("test", label);
        const readings = t === null ? {} : { readings: drift(network, programmed, t, seed) };
        const options = { ...readings, seed, label };
        return [t, analogAccuracy_pct(crossbars, network, batches, options)];
      }));
    },
    trainSteps: async (steps) => {
      wholeNumber("A number of steps", steps);
      const { backend, crossbars, data } = await live(LIVE_IMAGES);
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
