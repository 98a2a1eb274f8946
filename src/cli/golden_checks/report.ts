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
