/** What a claim is, and how its verdict follows. */
import type { Interval } from "../../stats/mod.ts";

export type Verdict = "supported" | "supported in part" | "not supported";

/** One condition that the claim implies, with a threshold that the code states. */
export interface Criterion {
  /** Unique within the claim; part of a key of `paper/values.json`. */
  readonly id: string;
  /** What must hold, with its threshold in words. */
  readonly text: string;
  readonly effect: Interval;
  /** Unit of `effect`. */
  readonly unit: "points" | "share" | "tau-b" | "SD" | "cells" | "edges";
  /** True where the whole interval lies on the side that the claim wants. */
  readonly met: boolean;
  /** True where it lies on the other side as a whole. Neither: the interval leaves it open. */
  readonly contradicted: boolean;
}

/** A claim of the published study, tested on its table. */
export interface Claim {
  readonly id: string;
  /** The claim in one sentence. */
  readonly statement: string;
  /** The first is the headline. */
  readonly criteria: readonly Criterion[];
  /** Supported: every criterion is met; not supported: none; else in part. */
  readonly verdict: Verdict;
}

/** A criterion that wants the whole interval above or below a bound, or (`off`) clear of it. */
export function criterion(
  id: string,
  text: string,
  unit: Criterion["unit"],
  effect: Interval,
  side: "above" | "below" | "off",
  bound: number,
): Criterion {
  const above = effect.low > bound, below = effect.high < bound;
  const met = side === "above" ? above : side === "below" ? below : above || below;
  const contradicted = side === "above" ? below : side === "below" ? above : false;
  return { id, text, unit, effect, met, contradicted };
}

/** The claim with the verdict that its criteria give. */
export function claim(id: string, statement: string, criteria: readonly Criterion[]): Claim {
  const met = criteria.filter((c) => c.met).length;
  const verdict = met === criteria.length
    ? "supported"
    : met === 0
    ? "not supported"
    : "supported in part";
  return { id, statement, criteria, verdict };
}
