/**
 * Ranges of converters from signals seen on training images: percentiles, or the limits that a converter errs
 * least with. Source: CrossSim 3.2.0, `applications/dnn/calibration.py`; its search by Nelder and Mead is a
 * search of a grid here, finer about the best.
 */
import { converted, type Limits, quantizer } from "./converters.ts";
import { percentile } from "./percentile.ts";

/** Share of the signals, per cent, that limits leave out at each end. */
const LEFT_OUT_PERCENT = 0.01;

/** The limits that all but 0.01 % of the sorted signals keep at each end. */
export const percentileLimits = (sorted: ArrayLike<number>): Limits => [
  percentile(sorted, LEFT_OUT_PERCENT),
  percentile(sorted, 100 - LEFT_OUT_PERCENT),
];

/** Limits symmetric about 0 that hold both. */
export function symmetric([lo, hi]: Limits): Limits {
  const most = Math.max(-lo, hi);
  return [-most, most];
}

/** Symmetric limits at the next power of 2, so that the slices' codes add up by shifts. */
export function powerOf2Limits(limits: Limits): Limits {
  const most = Math.max(...limits.map(Math.abs));
  const power = 2 ** Math.ceil(Math.log2(most));
  return [-power, power];
}

/** The same as CrossSim chooses them: a power of 2 of the array's inputs. */
export function slicedLimits(sorted: ArrayLike<number>, inputs: number, percent: number): Limits {
  const most = Math.max(
    Math.abs(percentile(sorted, 100 - percent)),
    Math.abs(percentile(sorted, percent)),
  );
  const limit = inputs / 2 ** Math.floor(Math.log2(inputs / most));
  return [-limit, limit];
}

/** Limits that leave 10^low of the sorted signals below and 10^high above. */
export const limitsAt = (sorted: ArrayLike<number>, low: number, high: number): Limits => [
  percentile(sorted, 100 * 10 ** low),
  percentile(sorted, 100 * (1 - 10 ** high)),
];

/** Sum of what signals lose in a converter of so many bits over the limits. */
export function conversionError(
  signals: ArrayLike<number>,
  [lo, hi]: Limits,
  bits: number,
): number {
  const converter = quantizer(bits, lo, hi);
  let sum = 0;
  for (let i = 0; i < signals.length; i++) {
    sum += Math.abs(signals[i] - converted(signals[i], converter));
  }
  return sum;
}

/** The limits of the smallest conversion error, over shares left out between 1e-6 and 1. */
export function leastErrorLimits(sorted: ArrayLike<number>, bits: number): Limits {
  let best: { readonly at: Limits; readonly error: number } = { at: [-4, -4], error: Infinity };
  for (let step = 0.5; step >= 1 / 32; step /= 2) {
    const [low, high] = best.at, reach = step === 0.5 ? 4 : 2;
    for (let i = -reach; i <= reach; i++) {
      for (let j = -reach; j <= reach; j++) {
        const at: Limits = [Math.min(low + i * step, -0.31), Math.min(high + j * step, -0.31)];
        const error = conversionError(sorted, limitsAt(sorted, ...at), bits);
        if (error < best.error) best = { at, error };
      }
    }
  }
  return limitsAt(sorted, ...best.at);
}
