import type { Prng } from "../../random.ts";
import { AVG_POOL, CONV_1X1, CONV_3X3, SKIP } from "../../space/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import { outcomeValues } from "../outcome.ts";
import { averageSwap } from "./average_swap.ts";
import { type Claim, claim, criterion } from "./claim.ts";

/**
 * 3x3 convolutions and skip connections against the other operations that carry a signal (`none`
 * carries none, so that anything beats it), for accuracy after a day and for what is lost until then.
 */
export function operationsClaim(benchmark: Benchmark, random: Prng): Claim {
  const operations = [["3x3", "A 3x3 convolution", CONV_3X3], ["skip", "A skip", SKIP]] as const;
  const others = [["1x1", "a 1x1 convolution", CONV_1X1], ["pool", "pooling", AVG_POOL]] as const;
  const outcomes = [
    ["accuracy", "hwt@1d", "above", "raises accuracy after one day"],
    ["loss", "hwt_gap@1d", "below", "shrinks the drop from baseline to one day"],
  ] as const;
  return claim(
    "3x3_and_skip_help",
    "3x3 convolutions and skip connections help.",
    operations.flatMap(([id, name, operation]) =>
      others.flatMap(([otherId, otherName, other]) =>
        outcomes.map(([outcomeId, outcome, side, what]) =>
          criterion(
            `${id}_${otherId}_${outcomeId}`,
            `${name} in place of ${otherName} ${what}, mean over edges and contexts`,
            "points",
            averageSwap(outcomeValues(benchmark, outcome), operation, other, random),
            side,
            0,
          )
        )
      )
    ),
  );
}
