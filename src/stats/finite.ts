/** What every statistic asks of its input: finite numbers, as many in one list as in the other. */
import { InputError } from "../input_error.ts";

/** What a statistic of pairs does with a pair that lacks a value (null, undefined or NaN). */
export interface Missing {
  /** `refuse`, the default, throws and says where; `drop` leaves such pairs out. */
  readonly missing?: "refuse" | "drop";
}

/**
 * Throws InputError at the first value that is no finite number: null and undefined would count as 0,
 * NaN would end as a plausible result, infinities as NaN, and a BigInt cannot be subtracted.
 *
 * @param where statistic and list, as the message is to name them: "kendallTauB: x"
 */
export function requireFinite(values: ArrayLike<unknown>, where: string): void {
  if (typeof values !== "object" || values?.length === undefined) {
    throw new InputError(`${where} is ${said(values)}; a statistic takes a list of numbers.`);
  }
  if (values instanceof Float64Array ? areFinite(values) : values instanceof Int32Array) return;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new InputError(`${where}[${i}] is ${said(value)}; a statistic takes finite numbers.`);
    }
  }
}

/** A loop over one kind of list, which statistics go through thousands of times. */
function areFinite(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** As `requireFinite`, for lists whose values belong together one by one; at least `least` of them. */
export function requirePairs(
  x: ArrayLike<unknown>,
  y: ArrayLike<unknown>,
  where: string,
  least = 1,
): void {
  requireEqualLengths(x, y, where, least);
  requireFinite(x, `${where}: x`);
  requireFinite(y, `${where}: y`);
}

/** The pairs that have both values, in their order; what is neither missing nor finite is refused. */
export function completePairs(
  x: ArrayLike<number | null>,
  y: ArrayLike<number | null>,
  where: string,
): readonly [Float64Array, Float64Array] {
  requireEqualLengths(x, y, where, 0);
  const kept = Array.from(x, (_, i) => i).filter((i) => !isMissing(x[i]) && !isMissing(y[i]));
  for (const i of kept) {
    for (const [name, value] of [["x", x[i]], ["y", y[i]]] as const) {
      if (typeof value === "number" && Number.isFinite(value)) continue;
      throw new InputError(
        `${where}: ${name}[${i}] is ${said(value)}, neither missing nor finite.`,
      );
    }
  }
  return [Float64Array.from(kept, (i) => x[i]!), Float64Array.from(kept, (i) => y[i]!)];
}

function requireEqualLengths(
  x: ArrayLike<unknown>,
  y: ArrayLike<unknown>,
  where: string,
  least: number,
): void {
  if (x?.length !== y?.length || !(x?.length >= least)) {
    throw new InputError(
      `${where} needs two equally long lists${least > 1 ? ` of ${least} or more` : ""}, ` +
        `not ${x?.length ?? said(x)} and ${y?.length ?? said(y)} values.`,
    );
  }
}

const isMissing = (value: number | null | undefined) =>
  value === null || value === undefined || Number.isNaN(value);

const said = (value: unknown) =>
  typeof value === "bigint"
    ? `the BigInt ${value}n (Number() makes it a number)`
    : typeof value === "string"
    ? `the text "${value}"`
    : String(value);
