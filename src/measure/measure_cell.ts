/** The unit of work: one network from nothing through all five conditions. */
import { join } from "node:path";
import {
  type AnalogNetwork,
  convert,
  type Crossbars,
  hwtStage,
  loadAnalogKernel,
  periphery,
  simulatorOf,
  type TrainedNetwork,
} from "../analog/mod.ts";
import type { Backend } from "../backend.ts";
import type { Config } from "../config.ts";
import { configId } from "../config_id.ts";
import type { Batch, ImageSet } from "../dataset/mod.ts";
import { networkFor, stateHash, toTensors } from "../network/mod.ts";
import { calibrate, calibrationBatches, qatStage, quantizedAccuracy_pct } from "../quantize/mod.ts";
import { cellIndexOf } from "../space/mod.ts";
import type { Condition, Row } from "../table/schema.ts";
import {
  baselineStage,
  dataFor,
  digitalAccuracy_pct,
  loadWeights,
  saveWeights,
  type Stage,
  stateOf,
} from "../train/mod.ts";
import { type AnalogWork, calibrationImages, mappedRow, timedRow } from "./analog_rows.ts";
import { loadAnalog, saveAnalog } from "./analog_weights.ts";
import { trainedFor } from "./measure_variant.ts";
import { type Subject, untimedRow } from "./cell_rows.ts";
import { remembered } from "./stage_memo.ts";
import { epochSteps, trainStage } from "./train_stage.ts";

export interface CellWork extends Subject {
  readonly backend: Backend;
  readonly images: { readonly train: ImageSet; readonly test: ImageSet };
  /** Keeps checkpoints, finished stages and weights; for this subject alone, one process at a time. */
  readonly folder: string;
  /** Milliseconds of a monotonic clock. */
  readonly clock: () => number;
  /** Milliseconds of processor time that this process has used, all its threads. */
  readonly cpuClock: () => number;
  /** Called at each training step and each repeat: `progressSteps` times where nothing was done before. */
  readonly onProgress?: (note: string) => void;
  /** Called with the row of each stage, remembered ones included. */
  readonly onStage?: (row: Row, core_seconds: number) => void;
}

/** What a whole unit leaves, beside the files of weights in its folder. */
export interface CellMeasurement {
  readonly rows: readonly Row[];
  /** Processor time by stage, of the call that finished it: does not depend on what else the machine does. */
  readonly core_seconds: Readonly<Record<string, number>>;
}

/** Weights in a unit's folder: as trained, and as trained on the crossbars (`storedNetwork`). */
export const WEIGHT_FILES = { baseline: "baseline.safetensors", hwt: "hwt.safetensors" } as const;

/** Stages that train under `config`, each with its checkpoint and curve in a folder of its name. */
export const trainingStages = ({ qat }: Config): readonly string[] =>
  qat.epochs > 0 ? ["baseline", "qat", "hwt"] : ["baseline", "hwt"];

/**
 * Measures a network under every condition, `qat` only where the config trains it. Each stage is remembered in the folder and each epoch has its
 * checkpoint: killed at any moment and called again, it goes on and ends with the same rows.
 *
 * Throws InputError where training diverges, and for a folder of another subject or a damaged one.
 */
export async function measureCell(work: CellWork): Promise<CellMeasurement> {
  const { backend, config, architecture, seed, study, folder, clock, cpuClock } = work;
  const { onProgress, onStage } = work, { threads } = backend;
  const data = dataFor(config, work.images, seed);
  const plan = networkFor(config, architecture);
  const config_id = configId(config);
  const cell_index = cellIndexOf(architecture);
  const named = cell_index === null ? { architecture: architecture.text } : { cell_index };
  const identity = { config_id, ...named, seed, study, threads };
  const weightsOrigin = { seed: String(seed), config_id, threads: String(threads) };
  const rows: Row[] = [], core_seconds: Record<string, number> = {};

  const stage = async (name: string, measure: () => Row | Promise<Row>) => {
    const rowsOfStage = async () => [await measure()];
    const outcome = await remembered(folder, name, identity, cpuClock, rowsOfStage);
    rows.push(...outcome.rows);
    core_seconds[name] = outcome.core_seconds;
    onStage?.(outcome.rows[0], outcome.core_seconds);
  };
  const train = (stage: Stage) =>
    trainStage(stage, { config, data, seed, folder, clock, onProgress });
  const digitalRow = (condition: Condition, accuracy: (test: Iterable<Batch>) => number) =>
    untimedRow(
      work,
      condition,
      `${condition}/end`,
      (label) => accuracy(data.evaluation("test", label)),
    );

  const baselinePath = join(folder, WEIGHT_FILES.baseline);
  await stage("baseline", async () => {
    const training = baselineStage({ backend, plan, config, data, seed });
    await train(training);
    const state = stateOf(training.tensors());
    await saveWeights(baselinePath, { plan, state, origin: weightsOrigin });
    const tensors = toTensors(backend, plan, state);
    return digitalRow("baseline", (test) => digitalAccuracy_pct(backend, plan, tensors, test));
  });
  const { state } = await loadWeights(baselinePath, plan);
  const origin = stateHash(state);

  await stage("ptq", () => {
    const tensors = toTensors(backend, plan, state);
    const calibration = () => calibrationBatches(config, data, seed);
    const quantization = calibrate(backend, plan, tensors, config.ptq, calibration);
    return digitalRow(
      "ptq",
      (test) => quantizedAccuracy_pct(backend, plan, tensors, quantization, test),
    );
  });

  if (config.qat.epochs > 0) {
    await stage("qat", async () => {
      const training = qatStage({ backend, plan, state, origin, config, data });
      await train(training);
      const tensors = toTensors(backend, plan, stateOf(training.tensors()));
      const quantization = training.quantization();
      return digitalRow(
        "qat",
        (test) => quantizedAccuracy_pct(backend, plan, tensors, quantization, test),
      );
    });
  }

  const crossbars = await crossbarsFor(backend, config);
  const mapped = convert(plan, state, config.hardware);
  const simulator = await simulatorOf(backend, config);
  const images = calibrationImages(config, data, seed);
  const analog = (condition: AnalogWork["condition"], network: TrainedNetwork): AnalogWork => ({
    subject: work,
    backend,
    network: simulator.map(network, images),
    data,
    condition,
  });
  const onTiles = (hwt: AnalogNetwork) => trainedFor("hwt", { plan, state, hwt });
  const timedStages = async (work: AnalogWork) => {
    for (const t of config.measurement.inferenceTimes_s) {
      const name = `${work.condition}@${t}s`;
      await stage(
        name,
        () => timedRow(work, t, (repeat) => onProgress?.(`${name} repeat ${repeat + 1}`)),
      );
    }
  };

  // Training on the crossbars finds its own input ranges.
  const noisy = analog("noisy", { plan, state, tiles: null });
  await stage("noisy", () => mappedRow(noisy));
  await timedStages(noisy);

  const hwtPath = join(folder, WEIGHT_FILES.hwt);
  await stage("hwt", async () => {
    const training = hwtStage({ crossbars, network: mapped, config, data, seed, source: origin });
    await train(training);
    const trained = training.analog();
    await saveAnalog(hwtPath, trained, weightsOrigin);
    return mappedRow(analog("hwt", onTiles(trained)));
  });
  await timedStages(analog("hwt", onTiles(await loadAnalog(hwtPath, mapped))));
  return { rows, core_seconds };
}

/** Training steps and repeats of a unit, for its bar. */
export function progressSteps(config: Config): number {
  const { training, qat, hwt, measurement } = config;
  const repeats = 2 * measurement.inferenceTimes_s.length * measurement.repeats;
  return (training.epochs + qat.epochs + hwt.epochs) * epochSteps(config) + repeats;
}

/** The simulator of a config's hardware. */
export async function crossbarsFor(backend: Backend, { hardware }: Config): Promise<Crossbars> {
  return { backend, kernel: await loadAnalogKernel(backend), periphery: periphery(hardware) };
}
