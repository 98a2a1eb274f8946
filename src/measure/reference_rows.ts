/** What a network scores before anything on crossbars goes wrong: digital, quantized, on ideal crossbars. */
import { join } from "node:path";
import { analogAccuracy_pct, convert, periphery } from "../analog/mod.ts";
import type { Hardware } from "../config.ts";
import type { Row } from "../table/schema.ts";
import { untimedRow } from "./cell_rows.ts";
import { type AnalogMeasurement, identityOfWork } from "./measure_analog.ts";
import { digitalRows } from "./measure_variant.ts";
import { remembered } from "./stage_memo.ts";

/** The condition of weights on crossbars without converters, noise, errors or drift: the digital accuracy again. */
export const IDEAL = "ideal_crossbar";

/** Above every input, and a power of two, so that scaling by it rounds nothing. */
const NO_INPUT_RANGE = 2 ** 20;

/** The tiles of `hardware` with everything that could change a number turned off. */
export function idealHardware(hardware: Hardware): Hardware {
  const off = { kind: "ideal", bound: null } as const;
  return { ...hardware, dac: off, adc: off, outputNoise: 0, inputRange: NO_INPUT_RANGE };
}

/**
 * Rows `baseline`, `ptq` and `ideal_crossbar` on the same test images, kept in the folder of the measurement.
 *
 * Throws InputError for a folder of other weights or another config.
 */
export async function referenceRows(work: AnalogMeasurement): Promise<readonly Row[]> {
  const { crossbars: { backend }, weights, data, folder, clock } = work,
    identity = identityOfWork(work);
  const keep = (name: string, measure: () => Row[]) =>
    remembered(join(folder, "rows"), name, identity, clock, () => Promise.resolve(measure()));
  const digital = await keep("digital", () => digitalRows(backend, weights, work, data));
  const ideal = await keep(IDEAL, () => [idealRow(work)]);
  return [...digital.rows, ...ideal.rows];
}

function idealRow(work: AnalogMeasurement): Row {
  const { crossbars: { backend, kernel }, weights: { plan, state }, config, data, seed } = work;
  const hardware = idealHardware(config.hardware);
  const crossbars = { backend, kernel, periphery: periphery(hardware) };
  const network = convert(plan, state, hardware);
  // The label of `baseline`: where the protocol crops test images, both see the same crops.
  const row = untimedRow(work, IDEAL, "baseline/end", (label) => {
    const batches = data.evaluation("test", label);
    return analogAccuracy_pct(crossbars, network, batches, { seed, label });
  });
  const repeat_varies = row.repeats > 1 ? "test_augmentation" : "none";
  return { ...row, simulator: "aihwkit", device: "ideal", repeat_varies };
}
