/** Observers: from the values an activation takes over the calibration images to a range for its integers. */
import { oneOf, wholeNumber } from "../arguments.ts";
import { type Observer, OBSERVERS } from "../config.ts";

/** What an integer grid spans; always holds 0. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Counts of values in equal bins over `range`. */
export interface Histogram {
  readonly range: Range;
  readonly counts: Float64Array;
}

/** Bins of a histogram. Source: default of torch.ao.quantization.HistogramObserver. */
export const BINS = 2_048;

/** Smallest range that holds `range`, all of `values`, and 0. */
export function extendedRange(range: Range | undefined, values: Float32Array): Range {
  let { min, max } = range ?? { min: 0, max: 0 };
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return { min, max };
}

/** Adds `values` to the counts; values outside the range go to the outermost bins. */
export function addToHistogram({ range, counts }: Histogram, values: Float32Array): void {
  const { min, max } = range, perUnit = max > min ? counts.length / (max - min) : 0;
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor((values[i] - min) * perUnit);
    counts[bin < 0 ? 0 : bin >= counts.length ? counts.length - 1 : bin]++;
  }
}

/**
 * The range that `observer` chooses for integers of `bits`.
 *
 * - `min_max`: all that was seen.
 * - `percentile`: without the outermost 0.005 % of the values on either side (the 99.99th percentile of
 *   Wu et al. 2020, "Integer Quantization for Deep Learning Inference", section 4.1).
 * - `histogram`: of the ranges shrunk in steps of 1 % towards 0, the one of least expected squared error
 *   (the criterion of torch.ao's HistogramObserver; the search is simpler).
 */
export function chooseRange(observer: Observer, histogram: Histogram, bits: number): Range {
  oneOf("An observer", observer, OBSERVERS);
  wholeNumber("bits", bits, 2, 16);
  const { range } = histogram;
  switch (observer) {
    case "min_max":
      return range;
    case "percentile":
      return {
        min: Math.min(0, quantile(histogram, 5e-5)),
        max: Math.max(0, quantile(histogram, 1 - 5e-5)),
      };
    case "histogram": {
      let best = range, least = squaredError(histogram, range, bits);
      for (let percent = 99; percent >= 20; percent--) {
        const shrunk = { min: (range.min * percent) / 100, max: (range.max * percent) / 100 };
        const error = squaredError(histogram, shrunk, bits);
        if (error < least) [best, least] = [shrunk, error];
      }
      return best;
    }
  }
}

/** Value below which the share `q` of the counted values lies, at the outer edge of its bin. */
function quantile({ range, counts }: Histogram, q: number): number {
  const width = (range.max - range.min) / counts.length;
  const wanted = q * counts.reduce((a, b) => a + b);
  let seen = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    seen += counts[bin];
    if (seen >= wanted) return range.min + (q < 0.5 ? bin : bin + 1) * width;
  }
  return range.max;
}

/** Expected sum of squared errors: a twelfth of the squared step inside `grid`, the excess outside. */
function squaredError({ range, counts }: Histogram, grid: Range, bits: number): number {
  const width = (range.max - range.min) / counts.length;
  const step = (grid.max - grid.min) / (2 ** bits - 1), rounding = step ** 2 / 12;
  let error = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const value = range.min + (bin + 0.5) * width;
    const excess = value > grid.max ? value - grid.max : value < grid.min ? grid.min - value : 0;
    // A value of exactly 0, as ReLU makes many, is a level: it costs nothing.
    const isZeroBin = range.min === 0 && bin === 0;
    error += counts[bin] * (excess > 0 ? excess ** 2 : isZeroBin ? 0 : rounding);
  }
  return error;
}
