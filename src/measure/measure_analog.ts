/** A trained network under the analog conditions, repeat by repeat. */
import { join } from "node:path";
import {
  convert,
  type Crossbars,
  hwtStage,
  type ProgrammedNetwork,
  simulatorOf,
  type TrainedNetwork,
} from "../analog/mod.ts";
import { configId } from "../config_id.ts";
import { stateHash } from "../network/mod.ts";
import type { Row } from "../table/schema.ts";
import { type ProtocolData, type Weights } from "../train/mod.ts";
import {
  type AnalogWork,
  calibrationImages,
  mappedRow,
  programmingEvent,
  repeatAccuracy_pct,
} from "./analog_rows.ts";
import { rowOf, type Subject, timedVaries } from "./cell_rows.ts";
import { trainedFor } from "./measure_variant.ts";
import { remembered } from "./stage_memo.ts";
import { trainStage } from "./train_stage.ts";

/** Conditions that put a network on crossbars. */
export const ANALOG_CONDITIONS = ["noisy", "hwt"] as const;
export type AnalogCondition = (typeof ANALOG_CONDITIONS)[number];

export interface AnalogMeasurement extends Subject {
  readonly crossbars: Crossbars;
  /** Trained without the simulator. */
  readonly weights: Weights;
  readonly conditions: readonly AnalogCondition[];
  readonly data: ProtocolData;
  /** Keeps finished rows and the checkpoints of hardware-aware training. */
  readonly folder: string;
  /** Milliseconds of a monotonic clock. */
  readonly clock: () => number;
  /** Called after each training step and each row. */
  readonly onProgress?: (note: string) => void;
}

/** All that the rows of a measurement depend on; those of another are refused. */
export function identityOfWork({ config, weights, seed, study, crossbars }: AnalogMeasurement) {
  const { threads } = crossbars.backend;
  return { config_id: configId(config), weights: stateHash(weights.state), seed, study, threads };
}

/**
 * A row for each condition before programming, and one for each repeat at each time of the config. Killed
 * and called again it goes on behind the last finished row, and ends with the same rows.
 *
 * Throws InputError for a folder of other weights or another config, and where training diverges.
 */
export async function measureAnalog(work: AnalogMeasurement): Promise<Row[]> {
  const { config, conditions, folder, clock, onProgress } = work;
  const { inferenceTimes_s, repeats } = config.measurement;
  const { seed } = work, { backend } = work.crossbars;
  const simulator = await simulatorOf(backend, config);
  const images = calibrationImages(config, work.data, seed);
  const identity = identityOfWork(work), origin = identity.weights;
  const rows: Row[] = [];
  for (const condition of conditions) {
    const analog: AnalogWork = {
      subject: work,
      backend,
      network: simulator.map(await trainedOn(work, condition, origin), images),
      data: work.data,
      condition,
    };
    const keep = async (name: string, measure: () => Row) => {
      const rowsFolder = join(folder, "rows");
      const outcome = await remembered(
        rowsFolder,
        name,
        identity,
        clock,
        () => Promise.resolve([measure()]),
      );
      rows.push(...outcome.rows);
      onProgress?.(name);
    };
    await keep(condition, () => mappedRow(analog));
    for (let repeat = 0; repeat < repeats; repeat++) {
      let programmed: ProgrammedNetwork | undefined;
      for (const t of inferenceTimes_s) {
        await keep(`${condition}@${t}s repeat ${repeat}`, () => {
          programmed ??= programmingEvent(analog, repeat);
          const accuracy = repeatAccuracy_pct(analog, programmed, t, repeat);
          return { ...rowOf(work, condition, t, [accuracy], timedVaries(config)), repeat };
        });
      }
    }
  }
  return rows;
}

/** The network of a condition, trained on the tiles where it has to be. */
async function trainedOn(
  { crossbars, weights, config, data, seed, folder, clock, onProgress }: AnalogMeasurement,
  condition: AnalogCondition,
  source: string,
): Promise<TrainedNetwork> {
  const { plan, state } = weights;
  if (condition === "noisy") return { plan, state, tiles: null };
  const mapped = convert(plan, state, config.hardware);
  const stage = hwtStage({ crossbars, network: mapped, config, data, seed, source });
  await trainStage(stage, { config, data, seed, folder, clock, onProgress });
  return trainedFor(condition, { plan, state, hwt: stage.analog() });
}
