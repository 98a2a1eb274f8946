/** The networks of a finished unit, from its folder. */
import { join } from "node:path";
import { type AnalogNetwork, convert } from "../analog/mod.ts";
import type { Config } from "../config.ts";
import { loadWeights } from "../train/mod.ts";
import { loadAnalog } from "./analog_weights.ts";
import { WEIGHT_FILES } from "./measure_cell.ts";
import type { Trained } from "./measure_variant.ts";

/** A unit's networks, and the digitally trained one put onto the crossbars of the unit. */
export interface LoadedUnit extends Trained {
  readonly digital: AnalogNetwork;
}

/**
 * Reads the weights in `folder`, of a unit with `hardware`. Throws InputError for a file that is missing, damaged,
 * or of another network or hardware.
 */
export async function loadTrained(
  folder: string,
  hardware: Config["hardware"],
): Promise<LoadedUnit> {
  const { plan, state } = await loadWeights(join(folder, WEIGHT_FILES.baseline));
  const digital = convert(plan, state, hardware);
  return { plan, state, digital, hwt: await loadAnalog(join(folder, WEIGHT_FILES.hwt), digital) };
}
