import type { Operation } from "../../space/mod.ts";
import type { Interval } from "../../stats/mod.ts";
import type { Outcome } from "../table/outcome.ts";
import { type Criterion, criterion } from "./claim.ts";

/** A criterion on what one operation in place of another does to an outcome, all else equal. */
export interface Swap {
  readonly id: string;
  /** What must hold. */
  readonly text: string;
  readonly outcome: Outcome;
  readonly operation: Operation;
  readonly other: Operation;
  /** Side of 0 on which the claim wants the effect. */
  readonly side: "above" | "below";
}

/** The criterion, given the mean change of the outcome in percentage points. */
export const swapCriterion = ({ id, text, side }: Swap, effect: Interval): Criterion =>
  criterion(id, text, "points", effect, side, 0);
