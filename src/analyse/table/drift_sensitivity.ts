/**
 * A check of the drift claim. A drop in points is bounded by where it starts: a cell that lies at chance
 * after 60 s has nothing left to lose, and passes for robust to drift. So the swaps are repeated for the
 * start itself, and for the share that is lost, among cells with something to lose.
 */
import {
  AVG_POOL,
  CONV_1X1,
  CONV_3X3,
  type OperationName,
  OPERATIONS,
  SKIP,
} from "../../space/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import type { Interval } from "../../stats/mod.ts";
import { CONNECTED } from "./features.ts";
import { averageSwap } from "../claims/average_swap.ts";

/** Skip in place of `other`, mean over edges and contexts. */
export interface DriftSensitivity {
  readonly condition: "noisy" | "hwt";
  readonly other: OperationName;
  /** Difference at 60 s, percentage points, over connected cells. */
  readonly start: Interval;
  /**
   * Difference in the share, 0..1, of the accuracy above chance at 60 s that is gone at 30 d; over
   * cells with more than 20 % at 60 s.
   */
  readonly lost_share: Interval;
}

const CHANCE_PCT = 10, SOMETHING_TO_LOSE_PCT = 20;

export function driftSensitivity(
  benchmark: Benchmark,
): readonly DriftSensitivity[] {
  return (["hwt", "noisy"] as const).flatMap((condition) => {
    const start = benchmark.accuracy(`${condition}@60s`);
    const end = benchmark.accuracy(`${condition}@30d`);
    const lost = start.map((value, i) => (value - end[i]) / (value - CHANCE_PCT));
    const cells = CONNECTED.filter((i) => start[i] > SOMETHING_TO_LOSE_PCT);
    return [CONV_3X3, CONV_1X1, AVG_POOL].map((other) => ({
      condition,
      other: OPERATIONS[other],
      start: averageSwap(start, SKIP, other),
      lost_share: averageSwap(lost, SKIP, other, cells),
    }));
  });
}
