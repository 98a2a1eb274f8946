import { AVG_POOL, CONV_1X1, CONV_3X3, SKIP } from "../../space/mod.ts";
import type { Study } from "../study.ts";
import { averageSwap } from "./average_swap.ts";
import { type Claim, claim } from "./claim.ts";
import { type Swap, swapCriterion } from "./swap.ts";

const OTHERS = [
  ["3x3", "a 3x3 convolution", CONV_3X3],
  ["1x1", "a 1x1 convolution", CONV_1X1],
  ["pool", "pooling", AVG_POOL],
] as const;
const CONDITIONS = [["hwt", "hardware-aware trained"], ["noisy", "untouched digital"]] as const;

/** Skips against each other operation that carries a signal, for the drop from 60 s to 30 d. */
export const DRIFT_SWAPS: readonly Swap[] = CONDITIONS.flatMap(([condition, weights]) =>
  OTHERS.map(([id, name, other]): Swap => ({
    id: `${condition}_${id}`,
    text: `With ${weights} weights a skip in place of ${name} lowers the drift drop`,
    outcome: `drift_drop.${condition}`,
    operation: SKIP,
    other,
    side: "below",
  }))
);

/** Whether skip connections slow drift. On which edge is answered by `matchedSwaps`. */
export function driftClaim(study: Study): Claim {
  return claim(
    "skips_slow_drift",
    "Skip connections slow the decay under drift.",
    DRIFT_SWAPS.map((swap) => {
      const outcome = study.outcome(swap.outcome);
      return swapCriterion(swap, averageSwap(outcome, swap.operation, swap.other));
    }),
  );
}
