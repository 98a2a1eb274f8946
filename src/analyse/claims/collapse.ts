import { CONV_1X1, CONV_3X3 } from "../../space/mod.ts";
import type { Study } from "../study.ts";
import { meanInterval } from "../../stats/mod.ts";
import { CONNECTED, EXPRESSIONS } from "../table/features.ts";
import { take } from "../table/outcome.ts";
import { averageSwap } from "./average_swap.ts";
import { type Claim, claim, criterion } from "./claim.ts";
import { cellGroupDifference } from "./group_difference.ts";
import { type Swap, swapCriterion } from "./swap.ts";

/** "1x1-heavy": this many of the six edges or more. */
const HEAVY = 3;
/** Per cent. A cell that had more than `LEARNED` on the baseline and has less than `COLLAPSED` (twice chance) left. */
export const LEARNED = 80;
const COLLAPSED = 20;

/** What one 1x1 convolution does, whatever the level of accuracy. */
export const COLLAPSE_SWAP: Swap = {
  id: "swap",
  text: "A 1x1 convolution in place of a 3x3 lowers noisy accuracy, mean over edges and contexts",
  outcome: "noisy",
  operation: CONV_1X1,
  other: CONV_3X3,
  side: "below",
};

/** How often cells with many 1x1 convolutions collapse when noise meets untouched digital weights. */
export function collapseClaim(study: Study): Claim {
  const baseline = study.benchmark.accuracy("baseline"), noisy = study.benchmark.accuracy("noisy");
  const { count_nor_conv_1x1: count } = study.features;
  const learned = CONNECTED.filter((i) => baseline[i] > LEARNED);
  const heavy = learned.filter((i) => count[i] >= HEAVY);
  const light = learned.filter((i) => count[i] < HEAVY);
  const collapsed = noisy.map((accuracy) => accuracy < COLLAPSED ? 1 : 0);
  const rate = take(collapsed, heavy);
  return claim("1x1_heavy_collapse", "1x1-heavy cells collapse under noise.", [
    criterion(
      "rate",
      "Most cells with three or more 1x1 convolutions fall from above 80 % to below 20 %",
      "share",
      meanInterval(rate, take(EXPRESSIONS, heavy)),
      "above",
      0.5,
    ),
    criterion(
      "excess",
      "They do so more often than cells with fewer 1x1 convolutions (difference of the shares)",
      "share",
      cellGroupDifference(collapsed, heavy, light, false),
      "above",
      0,
    ),
    swapCriterion(COLLAPSE_SWAP, averageSwap(noisy, CONV_1X1, CONV_3X3)),
  ], [
    criterion(
      "two_linear_paths",
      "Most able cells with two linear paths (skips and poolings alone) collapse",
      "share",
      study.linearPathGroups.find(({ linear_paths }) => linear_paths === 2)!.collapsed,
      "above",
      0.5,
    ),
  ]);
}
