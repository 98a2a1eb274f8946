import { finiteNumber, wholeNumber } from "../arguments.ts";
import { type Observer, OBSERVERS } from "../config.ts";
import { prng } from "../random.ts";
import { addToHistogram, BINS, chooseRange, extendedRange } from "./observer.ts";

/** The range that an observer chooses, and the step between two levels in it. */
export interface ChosenRange {
  readonly observer: Observer;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/**
 * What each observer makes of normally distributed values with one outlier.
 *
 * @param outlier in standard deviations
 */
export function outlierRanges(outlier: number, bits = 8, size = 100_000): readonly ChosenRange[] {
  finiteNumber("An outlier", outlier);
  wholeNumber("size", size, 1);
  const random = prng(0, "outlier ranges");
  const values = Float32Array.from({ length: size }, () => random.normal());
  values[0] = outlier;
  const histogram = { range: extendedRange(undefined, values), counts: new Float64Array(BINS) };
  addToHistogram(histogram, values);
  return OBSERVERS.map((observer) => {
    const { min, max } = chooseRange(observer, histogram, bits);
    return { observer, min, max, step: (max - min) / (2 ** bits - 1) };
  });
}
