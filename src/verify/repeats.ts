/** Comparison of repeats: means, spreads, the worst of many. */
import { z } from "zod";
import { type GoldenReport } from "./report.ts";

export const moments = z.object({ mean: z.number(), std: z.number().nullable() });
export type Moments = z.infer<typeof moments>;

export const mean = (values: readonly number[]) =>
  values.reduce((a, b) => a + b, 0) / values.length;
export const sd = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1));

/**
 * Standard error of the difference of two means over repeats, relative to the spread between programming
 * events. Where every repeat shares one event, each mean is one draw, however many repeats it has.
 */
export const spreadFactor = (reprograms: boolean, reps: number, ours: number) =>
  reprograms ? Math.sqrt(1 / reps + 1 / ours) : Math.SQRT2;

/** Keeps the largest share of its tolerance under each name. */
export class Worst {
  readonly shares: Record<string, number> = {};
  cases = 0;
  note(name: string, share: number) {
    this.shares[name] = Math.max(this.shares[name] ?? 0, Number.isNaN(share) ? Infinity : share);
  }
  report(): GoldenReport {
    const parts = Object.entries(this.shares).map(([name, error]) => ({
      name,
      error,
      tolerance: 1,
    }));
    return { cases: this.cases, parts };
  }
}
