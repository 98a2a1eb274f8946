/**
 * Why cells with two linear paths collapse: pairs of cells, one with two and one with one, trained alike
 * and put on crossbars with a fixed and with a calibrated input range, and what reaches each layer.
 * Exploratory; the suspicion that it tests is a signal that doubles in every cell against an input range
 * fixed at 3.
 */
import { join } from "node:path";
import { convert, type LayerInput, layerInputs, simulatorOf } from "../analog/mod.ts";
import type { Config } from "../config.ts";
import { configId } from "../config_id.ts";
import { networkFor, toTensors } from "../network/mod.ts";
import type { Row } from "../table/schema.ts";
import {
  baselineStage,
  dataFor,
  digitalAccuracy_pct,
  loadWeights,
  saveWeights,
  stateOf,
} from "../train/mod.ts";
import { type AnalogWork, calibrationImages, mappedRow, timedRow } from "./analog_rows.ts";
import { untimedRow } from "./cell_rows.ts";
import { type CellWork, WEIGHT_FILES } from "./measure_cell.ts";
import { remembered } from "./stage_memo.ts";
import { epochSteps, trainStage } from "./train_stage.ts";

/** What one cell of the study leaves. */
export interface CollapseMeasurement {
  readonly rows: readonly Row[];
  /** Under the fixed input range. */
  readonly inputs: readonly LayerInput[];
}

/** Training steps and analog readings of one cell, for the bar. */
export const collapseSteps = (configs: readonly Config[]): number =>
  configs[0].training.epochs * epochSteps(configs[0]) + configs.length;

/** Images that show what reaches each layer. */
const OBSERVED_IMAGES = 500;

/**
 * Trains a cell and measures `baseline` and `noisy` under each of `configs` with the same weights, the
 * first of which trains. Killed and called again it goes on behind the last epoch or finished row.
 */
export async function measureCollapse(
  work: Omit<CellWork, "config">,
  configs: readonly Config[],
): Promise<CollapseMeasurement> {
  const { backend, seed, folder, clock, cpuClock, onProgress } = work, [config] = configs;
  const plan = networkFor(config, work.architecture);
  const data = dataFor(config, work.images, seed), path = join(folder, WEIGHT_FILES.baseline);
  const keep = (name: string, config: Config, rows: () => Promise<Row[]>) =>
    remembered(folder, name, configId(config), cpuClock, rows);
  const trained = await keep("baseline", config, async () => {
    const stage = baselineStage({ backend, plan, config, data, seed });
    await trainStage(stage, { config, data, seed, folder, clock, onProgress });
    const state = stateOf(stage.tensors()), tensors = toTensors(backend, plan, state);
    await saveWeights(path, {
      plan,
      state,
      origin: { seed: String(seed), config_id: configId(config) },
    });
    const row = untimedRow(
      { ...work, config },
      "baseline",
      "baseline/end",
      (label) => digitalAccuracy_pct(backend, plan, tensors, data.evaluation("test", label)),
    );
    backend.tf.dispose([{ ...tensors.parameters }, { ...tensors.statistics }]);
    return [row];
  });
  const { state } = await loadWeights(path, plan);
  const rows = [...trained.rows];
  for (const config of configs) {
    const outcome = await keep(`noisy-${configId(config)}`, config, async () => {
      const subject = { ...work, config }, data = dataFor(config, work.images, seed);
      const simulator = await simulatorOf(backend, config);
      const images = calibrationImages(config, data, seed);
      const network = simulator.map({ plan, state, tiles: null }, images);
      const analog: AnalogWork = { subject, backend, network, data, condition: "noisy" };
      return [
        mappedRow(analog),
        ...config.measurement.inferenceTimes_s.map((t) => timedRow(analog, t)),
      ];
    });
    rows.push(...outcome.rows);
    onProgress?.(`noisy ${configId(config)}`);
  }
  const shown = dataFor(config, work.images, seed, OBSERVED_IMAGES).evaluation("test", "inputs");
  return { rows, inputs: layerInputs(backend, convert(plan, state, config.hardware), shown) };
}
