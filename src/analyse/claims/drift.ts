import type { Prng } from "../../random.ts";
import { AVG_POOL, CONV_1X1, CONV_3X3, SKIP } from "../../space/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import { outcomeValues } from "../outcome.ts";
import { averageSwap } from "./average_swap.ts";
import { type Claim, claim, criterion } from "./claim.ts";

/**
 * Skip connections against each other operation that carries a signal, for the drop from 60 s to 30 d.
 * On which edge is answered by `matchedSwaps`.
 */
export function driftClaim(benchmark: Benchmark, random: Prng): Claim {
  const others = [
    ["3x3", "a 3x3 convolution", CONV_3X3],
    ["1x1", "a 1x1 convolution", CONV_1X1],
    ["pool", "pooling", AVG_POOL],
  ] as const;
  const conditions = [["hwt", "hardware-aware trained"], ["noisy", "untouched digital"]] as const;
  return claim(
    "skips_slow_drift",
    "Skip connections slow the decay under drift.",
    conditions.flatMap(([condition, weights]) =>
      others.map(([id, name, other]) =>
        criterion(
          `${condition}_${id}`,
          `With ${weights} weights a skip in place of ${name} lowers the drift drop`,
          "points",
          averageSwap(outcomeValues(benchmark, `drift_drop.${condition}`), SKIP, other, random),
          "below",
          0,
        )
      )
    ),
  );
}
