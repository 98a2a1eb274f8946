/** Numbers in sentences, with the minus sign of the prose. */
import type { Interval } from "../stats/mod.ts";

/** With so many decimals; never a minus before a zero. */
export const fixedText = (value: number, decimals: number): string =>
  (Number(value.toFixed(decimals)) || 0).toFixed(decimals).replace("-", "−");

/** As in "0.18 [0.00 to 0.36]": an estimate and its 95 % interval; without it where that is unbounded. */
export function intervalText({ estimate, low, high }: Interval, decimals: number): string {
  const [text, from, to] = [estimate, low, high].map((value) => fixedText(value, decimals));
  return Number.isFinite(high - low) ? `${text} [${from} to ${to}]` : text;
}

/** As in "A, B and C". */
export const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
