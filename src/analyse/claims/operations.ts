import { AVG_POOL, CONV_1X1, CONV_3X3, SKIP } from "../../space/mod.ts";
import type { Study } from "../study.ts";
import { averageSwap } from "./average_swap.ts";
import { type Claim, claim, criterion } from "./claim.ts";
import { type Swap, swapCriterion } from "./swap.ts";

const OPERATIONS = [["3x3", "A 3x3 convolution", CONV_3X3], ["skip", "A skip", SKIP]] as const;
const OTHERS = [["1x1", "a 1x1 convolution", CONV_1X1], ["pool", "pooling", AVG_POOL]] as const;
const OUTCOMES = [
  ["accuracy", "hwt@1d", "above", "raises accuracy after one day"],
  ["loss", "hwt_gap@1d", "below", "shrinks the drop from baseline to one day"],
] as const;

/**
 * 3x3 convolutions and skip connections against the other operations that carry a signal (`none`
 * carries none, so that anything beats it), for accuracy after a day and for what is lost until then.
 */
export const OPERATION_SWAPS: readonly Swap[] = OPERATIONS.flatMap(([id, name, operation]) =>
  OTHERS.flatMap(([otherId, otherName, other]) =>
    OUTCOMES.map(([outcomeId, outcome, side, what]): Swap => ({
      id: `${id}_${otherId}_${outcomeId}`,
      text: `${name} in place of ${otherName} ${what}, mean over edges and contexts`,
      outcome,
      operation,
      other,
      side,
    }))
  )
);

/** Whether 3x3 convolutions and skip connections help. */
export function operationsClaim(study: Study): Claim {
  const paths = study.linearPathContrast.find(({ outcome }) => outcome === "noisy")!;
  return claim(
    "3x3_and_skip_help",
    "3x3 convolutions and skip connections help.",
    OPERATION_SWAPS.map((swap) => {
      const outcome = study.outcome(swap.outcome);
      return swapCriterion(swap, averageSwap(outcome, swap.operation, swap.other));
    }),
    [criterion(
      "two_linear_paths",
      "At equal live operations two or more linear paths (skips and poolings alone) raise noisy accuracy",
      "points",
      paths.mean,
      "above",
      0,
    )],
  );
}
