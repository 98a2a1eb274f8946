/**
 * The data of the page, as text within it. A page opened from disk may not fetch, so that the table stands
 * in the page: 21 columns of 15,625 doubles, bit for bit, in well under 2 MB.
 *
 * A double is stored as the nearest multiple of 1/100,000 (the published numbers lie on grids that divide it)
 * and the number of representable doubles between the two, which is 0 or a few units of a sum's rounding.
 */
import { unzlibSync, zlibSync } from "fflate";
import type { MeasurementPack } from "./measurement.ts";

/** Steps of the grid in one unit. */
const STEPS = 100_000;

/** What one column is of. */
export interface ColumnName {
  readonly metric: string;
  /** SD over read-outs instead of the accuracy. */
  readonly sd: boolean;
}

/** A measurement that another one contradicts. */
export interface Mark {
  readonly cell_index: number;
  readonly metric: string;
  /** Id of the rule, a key of `Pack.rules`. */
  readonly rule: string;
}

/** SD of the noise of one measurement, percentage points, at some accuracies (per cent, ascending). */
export interface NoiseLevels {
  readonly level_pct: readonly number[];
  readonly sd_pp: readonly number[];
}

/** All that the page knows. JSON. */
export interface Pack {
  readonly metrics: readonly string[];
  readonly columns: readonly ColumnName[];
  /** `encodeColumns` of the columns, in their order. */
  readonly values: string;
  /** `encodeColumns` of the number of each cell's function [15625]. */
  readonly functions: string;
  /** By metric. */
  readonly noise: Readonly<Record<string, NoiseLevels>>;
  /** What this workspace measured itself. */
  readonly measured: MeasurementPack;
  readonly marks: readonly Mark[];
  /** Rule of a contradiction -> what it says. */
  readonly rules: Readonly<Record<string, string>>;
}

/** A double's place in the order of all doubles of its sign. */
const place = (value: number) => new BigInt64Array(Float64Array.of(value).buffer)[0];

/**
 * Columns of equal length as base64 text. Throws RangeError for a value further than 127 doubles from the
 * grid, above 2^32 / 100,000, or negative.
 */
export function encodeColumns(columns: readonly ArrayLike<number>[]): string {
  const length = columns[0]?.length ?? 0, count = columns.length * length;
  // byte b of every value beside each other: like bytes compress
  const bytes = new Uint8Array(5 * count);
  columns.forEach((column, c) => {
    for (let i = 0; i < length; i++) {
      const at = c * length + i, steps = Math.round(column[i] * STEPS);
      const doubles = Number(place(column[i]) - place(steps / STEPS));
      if (!(steps >= 0 && steps < 2 ** 32 && Math.abs(doubles) <= 127)) {
        throw new RangeError(
          `Column ${c}, row ${i}: ${column[i]} is too far from the grid of 1/100000.`,
        );
      }
      for (let b = 0; b < 4; b++) bytes[b * count + at] = steps >>> 8 * b;
      bytes[4 * count + at] = doubles & 255;
    }
  });
  const packed = zlibSync(bytes, { level: 9 });
  let text = "";
  for (const byte of packed) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The columns [count][length] that `encodeColumns` made text of. */
export function decodeColumns(text: string, count: number): Float64Array[] {
  const bytes = unzlibSync(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
  const total = bytes.length / 5, length = total / count;
  return Array.from({ length: count }, (_, c) => {
    const column = new Float64Array(length), bits = new BigInt64Array(column.buffer);
    for (let i = 0; i < length; i++) {
      const at = c * length + i;
      let steps = 0;
      for (let b = 3; b >= 0; b--) steps = steps * 256 + bytes[b * total + at];
      column[i] = steps / STEPS;
      const doubles = bytes[4 * total + at] << 24 >> 24;
      if (doubles !== 0) bits[i] += BigInt(doubles);
    }
    return column;
  });
}
