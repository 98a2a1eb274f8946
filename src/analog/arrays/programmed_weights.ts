/** What programming a matrix into the pairs of a memory leaves of its weights: the error that training can meet. */
import { oneOf } from "../../arguments.ts";
import { ARRAY_DEVICES, type ArrayDeviceName } from "../../config.ts";
import type { NormalSource } from "../gaussian.ts";
import type { ArrayDesign } from "./design.ts";
import { readingOf, toConductances, toWeights, weightLimit } from "./mapping.ts";
import { READ_VOLTAGE_V } from "./network.ts";
import { foundDevices } from "./read.ts";
import { deviceOf } from "./settings.ts";

/**
 * Weights as one programming event leaves them, a deviate for each device of a one-sided pair, plus before minus. The
 * window is the memory's own, its top stands for the largest weight; right after programming, without converters.
 * Throws InputError for a device that there is not.
 */
export function programmedWeights(
  weights: Float32Array,
  device: ArrayDeviceName,
  normal: NormalSource,
): Float32Array {
  const names = Object.keys(ARRAY_DEVICES) as ArrayDeviceName[];
  const { rMin_ohm, rMax_ohm } = ARRAY_DEVICES[oneOf("A device of arrays", device, names)];
  const design: ArrayDesign = {
    coding: "one_sided",
    slicing: null,
    window: { rMin_ohm, rMax_ohm, vRead_V: READ_VOLTAGE_V },
    levelBits: 0,
    weightPercentile: 1,
    maxInputs: 0,
  };
  const limit = weightLimit(weights, 1), law = deviceOf({ device, magnitude: 0 });
  const found = toConductances(weights, limit, design).map((target) => {
    const plus = normal(weights.length), event = { plus, minus: normal(weights.length) };
    return foundDevices(target, event, law.programmed(design.window, 0), design, false);
  });
  return toWeights(found, limit, readingOf(design));
}
