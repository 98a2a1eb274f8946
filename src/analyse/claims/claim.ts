/** What a claim is, and how its verdict follows. */
import { type Interval, position } from "../../stats/mod.ts";

/** Undecided: another seed of the resamples could give another verdict. */
export type Verdict = "supported" | "supported in part" | "not supported" | "undecided";

/** One condition that the claim implies, with a threshold that the code states. */
export interface Criterion {
  /** Unique within the claim; part of a key of `paper/values.json`. */
  readonly id: string;
  /** What must hold, with its threshold in words. */
  readonly text: string;
  readonly effect: Interval;
  /** Unit of `effect`. */
  readonly unit: "points" | "share" | "tau-b" | "SD" | "cells" | "edges";
  /** Where the whole interval must lie: above or below `bound`, or (`off`) clear of it. */
  readonly side: "above" | "below" | "off";
  readonly bound: number;
  /** True where the whole interval lies on the side that the claim wants. */
  readonly met: boolean;
  /** True where it lies on the other side as a whole. Neither: the interval leaves it open. */
  readonly contradicted: boolean;
  /** True where the resamples are too few to tell whether it is met. */
  readonly undecided: boolean;
}

/** A claim of the published study, tested on its table. */
export interface Claim {
  readonly id: string;
  /** The claim in one sentence. */
  readonly statement: string;
  /** The first is the headline. */
  readonly criteria: readonly Criterion[];
  /** Supported: every criterion is met; not supported: none; in part: some. */
  readonly verdict: Verdict;
  /** Criteria that were found in the same table: they sharpen the claim and decide nothing. */
  readonly exploratory: readonly Criterion[];
}

/** A criterion that wants the whole interval above or below a bound, or (`off`) clear of it. */
export function criterion(
  id: string,
  text: string,
  unit: Criterion["unit"],
  effect: Interval,
  side: Criterion["side"],
  bound: number,
): Criterion {
  const at = position(effect, bound), off = at === "above" || at === "below";
  const met = side === "off" ? off : at === side;
  const contradicted = side !== "off" && off && !met;
  const undecided = at === "undecided";
  return { id, text, unit, effect, side, bound, met, contradicted, undecided };
}

/** The claim with the verdict that its criteria give, whichever way those fall that are undecided. */
export function claim(
  id: string,
  statement: string,
  criteria: readonly Criterion[],
  exploratory: readonly Criterion[] = [],
): Claim {
  const met = criteria.filter((c) => c.met).length;
  const undecided = criteria.filter((c) => c.undecided).length;
  const verdictOf = (met: number): Verdict =>
    met === criteria.length ? "supported" : met === 0 ? "not supported" : "supported in part";
  const [least, most] = [verdictOf(met), verdictOf(met + undecided)];
  const verdict = least === most ? least : "undecided";
  return { id, statement, criteria, verdict, exploratory };
}
