/**
 * Logarithms and powers of float32 values from their bits, and bounds without branches.
 *
 * Programming a network takes the logarithm of millions of conductances, reading it their power of -0.65.
 * Which device of a pair holds a weight is a coin toss, and a processor that guesses a branch wrong loses
 * more time than these take. `tests/analog/tiles/float_bits_test.ts` holds them against Math.
 */
const TABLE_BITS = 11, ENTRIES = 1 << TABLE_BITS;
const SHIFT = 23 - TABLE_BITS, BELOW = (1 << SHIFT) - 1, STEP = 1 / (1 << SHIFT);

/** The bits of float32 values, without a copy. */
export const bitsOf = (values: Float32Array): Int32Array =>
  new Int32Array(values.buffer, values.byteOffset, values.length);

/** f(1 + i/2048): the mantissa from 1 to 2. */
const overMantissa = (f: (mantissa: number) => number) =>
  Float64Array.from({ length: ENTRIES + 1 }, (_, i) => f(1 + i / ENTRIES));
/** f(2^(i - 127)) by the exponent's bits; 0 and subnormal values count as 2^-127. */
const overExponent = (f: (power_of_2: number) => number) =>
  Float64Array.from({ length: 256 }, (_, i) => f(2 ** (i - 127)));

/** Linear between the entries of a table over the mantissa. */
function interpolate(table: Float64Array, bits: number): number {
  const at = (bits >> SHIFT) & (ENTRIES - 1), low = table[at];
  return low + (bits & BELOW) * STEP * (table[at + 1] - low);
}

const LOG_MANTISSA = overMantissa(Math.log), LOG_EXPONENT = overExponent(Math.log);

/** log |x| of the float32 with these bits; absolute error below 3e-8, -88.03 for 0. */
export const logOf = (bits: number): number =>
  LOG_EXPONENT[(bits >> 23) & 255] + interpolate(LOG_MANTISSA, bits);

/** |x|^power of float32 bits; relative error below 6e-8 for powers between -1 and 1. */
export function powerOf(power: number): (bits: number) => number {
  const mantissa = overMantissa((m) => m ** power), exponent = overExponent((m) => m ** power);
  return (bits) => exponent[(bits >> 23) & 255] * interpolate(mantissa, bits);
}

/** The larger of x and 0: the bits of Math.max but for -0. */
export const positivePart = (x: number): number => 0.5 * (x + Math.abs(x));

/** x within low..high, within a rounding of float64 of both bounds. */
export const within = (x: number, low: number, high: number): number =>
  high - positivePart(high - low - positivePart(x - low));
