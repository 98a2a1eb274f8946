/** Numbers as they stand in titles, subtitles and labels. */
import { finiteNumber, shown, wholeNumber } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import type { Interval } from "../../analyse/mod.ts";

/** `value` with `digits` decimals and a true minus sign; never "−0". */
export function fixed(value: number, digits: number): string {
  if (typeof value !== "number") throw new InputError(`A number is printed, not ${shown(value)}.`);
  wholeNumber("The number of decimals", digits, 0, 100);
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/** A signed difference: "+1.2", "−0.4". */
export function signed(value: number, digits: number): string {
  const text = fixed(value, digits);
  return Number(value.toFixed(digits)) > 0 ? `+${text}` : text;
}

/** A whole number with thousands separated: "15,625". */
export function count(value: number): string {
  if (typeof value !== "number") throw new InputError(`A number is printed, not ${shown(value)}.`);
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A p value: "0.21", "0.034", "0.0012", and "< 0.0001" below that; never 0.00. */
export function pText(p: number): string {
  const value = finiteNumber("A p value", p, 0, 1);
  if (value < 1e-4) return "< 0.0001";
  return value >= 0.1 ? value.toFixed(2) : value >= 0.01 ? value.toFixed(3) : value.toFixed(4);
}

/** "2.1 to 3.4": an interval in words. */
export function interval(low: number, high: number, digits: number): string {
  return `${fixed(low, digits)} to ${fixed(high, digits)}`;
}

/** "5.1 (4.0 to 6.2)": an estimate, as `write` has it, with its interval; without it where that is unbounded. */
export function intervalText({ estimate, low, high }: Interval, digits = 1, write = fixed): string {
  const text = write(estimate, digits);
  return Number.isFinite(high - low) ? `${text} (${interval(low, high, digits)})` : text;
}
