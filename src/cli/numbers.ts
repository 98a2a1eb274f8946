/** Numbers of the command line: one parser each for whole numbers, decimals and times after programming. */
import { InputError } from "../input_error.ts";
import { parseTime_s } from "../table/schema.ts";

/** Reads the value of an option. Throws InputError, naming option and value, where it is none. */
type Parser<T> = (text: string) => T;

/** Parser of a whole number from `least` to `most`, written in digits. */
export function wholeNumber(
  option: string,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
): Parser<number> {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InputError(`${option} wants a whole number ${range}, not "${text}".`);
  };
}

/** Parser of a decimal number from `least` to `most`, e.g. 92.5 or 1e-3. */
export function decimal(option: string, least = 0, most = Infinity): Parser<number> {
  const range = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : NaN;
    if (Number.isFinite(value) && value >= least && value <= most) return value;
    const hint = /^\d+,\d+$/.test(text.trim()) ? " Write the decimal point as a point." : "";
    throw new InputError(`${option} wants a number ${range}, not "${text}".${hint}`);
  };
}

/** Parser of times after programming, s, as metrics spell them: "60s,1h,1d,1y"; a bare number is in seconds. */
export function times_s(option: string): Parser<number[]> {
  return (text) =>
    text.split(",").map((part) => {
      const time_s = parseTime_s(part);
      if (time_s !== null) return time_s;
      throw new InputError(
        `${option} wants times separated by commas, each in s, min, h, d or y, e.g. 60s,1h,1d; ` +
          `"${part.trim()}" is none.`,
      );
    });
}
