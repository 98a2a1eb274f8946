/**
 * Checks of what a public function was given. Cells of a notebook are not type-checked, and a value of the wrong
 * kind must not be answered with the number of another question. Each throws InputError.
 */
import { InputError } from "./input_error.ts";
import { didYouMean } from "./nearest.ts";

/** `value` in a message: a text in quotes, a list as it is written, an object by its kind. */
export function shown(value: unknown): string {
  if (typeof value === "string") return `"${value}"`;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const list = Array.from(value as ArrayLike<unknown>);
    return `[${list.slice(0, 8).join(",")}${list.length > 8 ? ",..." : ""}]`;
  }
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** `value`, a whole number from `least` to `most`. */
export function wholeNumber(
  what: string,
  value: number,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  throw new InputError(`${what} is a whole number ${range}, not ${shown(value)}.`);
}

/** `value`, a finite number from `least` to `most`. */
export function finiteNumber(
  what: string,
  value: number,
  least = -Infinity,
  most = Infinity,
): number {
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  const range = [
    ...(least === -Infinity ? [] : [`at least ${least}`]),
    ...(most === Infinity ? [] : [`at most ${most}`]),
  ].join(" and ");
  throw new InputError(
    `${what} is a finite number${range && ` of ${range}`}, not ${shown(value)}.`,
  );
}

/** `value`, one of `names`; the message names the nearest. */
export function oneOf<T extends string>(what: string, value: string, names: readonly T[]): T {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  const hint = typeof value === "string" ? didYouMean(value, names) : "";
  throw new InputError(`${what} is ${names.join(", ")}, not ${shown(value)}.${hint}`);
}

/** Refuses a list that has not `length` entries. */
export function hasLength(what: string, list: ArrayLike<unknown>, length: number): void {
  if (list?.length === length) return;
  const given = list?.length === undefined ? shown(list) : `${list.length}`;
  throw new InputError(`${what} has ${length} values, not ${given}.`);
}

/** Refuses what is no object with a member of each name; `from` says where to get one. */
export function hasMembers(
  what: string,
  value: unknown,
  members: readonly string[],
  from: string,
): void {
  const missing = members.find((name) => (value as Record<string, unknown>)?.[name] === undefined);
  if (missing === undefined) return;
  throw new InputError(`${what} has no ${missing}, it is ${shown(value)}. ${from}`);
}
