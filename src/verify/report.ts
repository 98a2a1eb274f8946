import { z } from "zod";
import { InputError } from "../input_error.ts";

/** What a check of one reference file found. */
export interface GoldenReport {
  readonly cases: number;
  /** Worst error of each kind of value, and what is allowed. Passes where every error is within (NaN is not). */
  readonly parts: readonly {
    readonly name: string;
    readonly error: number;
    readonly tolerance: number;
  }[];
  readonly note?: string;
}

/** Largest absolute difference; infinite where the lengths differ or a number is missing. */
export function worstError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i] - expected[i]);
    worst = Number.isNaN(error) ? Infinity : Math.max(worst, error);
  }
  return worst;
}

/** A reference file, checked against its schema. Throws InputError where it does not fit. */
export async function readGolden<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  let content: unknown;
  try {
    content = JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    throw new InputError(`Cannot read the reference file ${path}: ${(error as Error).message}.`);
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw new InputError(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Measures differences in units of abs + rel |expected|: at most 1 is within the tolerance. */
export function shareOfTolerance({ rel, abs }: { readonly rel: number; readonly abs: number }) {
  return (actual: ArrayLike<number>, expected: ArrayLike<number>): number => {
    if (actual.length !== expected.length) return Infinity;
    let worst = 0;
    for (let i = 0; i < expected.length; i++) {
      const share = Math.abs(actual[i] - expected[i]) / (abs + rel * Math.abs(expected[i]));
      if (actual[i] === expected[i]) continue;
      worst = Number.isNaN(share) ? Infinity : Math.max(worst, share);
    }
    return worst;
  };
}

/** A report of the worst share of its tolerance that each kind of value reached over `cases`. */
export function worstOf<T>(
  cases: readonly T[],
  shares: (example: T, index: number) => Record<string, number>,
): GoldenReport {
  const worst: Record<string, number> = {};
  cases.forEach((example, index) => {
    for (const [name, share] of Object.entries(shares(example, index))) {
      worst[name] = Math.max(worst[name] ?? 0, Number.isNaN(share) ? Infinity : share);
    }
  });
  return {
    cases: cases.length,
    parts: Object.entries(worst).map(([name, error]) => ({ name, error, tolerance: 1 })),
  };
}
