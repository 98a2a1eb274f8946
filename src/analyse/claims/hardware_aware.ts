import type { Metric } from "../../table/schema.ts";
import type { Study } from "../study.ts";
import { meanInterval, ratioInterval } from "../../stats/mod.ts";
import { CONNECTED, EXPRESSIONS } from "../table/features.ts";
import { take } from "../table/outcome.ts";
import { type Claim, claim, type Criterion, criterion } from "./claim.ts";

/** "Most" is more than half. */
const MOST = 0.5;
/** A cell with a smaller fall from baseline to noisy, in points, has no gap to close. */
export const SMALLEST_GAP = 5;

/** Id, noisy and hardware-aware metric, and words of each time that the claim is put to. */
export const GAP_TIMES = [
  ["untimed", "noisy", "hwt", "before programming"],
  ["1d", "noisy@1d", "hwt@1d", "one day after programming"],
  ["30d", "noisy@30d", "hwt@30d", "thirty days after programming"],
] as const;
type GapTime = (typeof GAP_TIMES)[number];

/**
 * How much of the fall from baseline to noisy hardware-aware training takes back, at each time, over a
 * list of cells.
 *
 * @param accuracy of each metric, per cent [cells]
 * @param clusters what is no independent evidence of each other [cells]
 * @param times those that are there, the untimed one first
 * @returns without the criterion on cells where none has a gap
 */
export function hardwareAwareCriteria(
  accuracy: (metric: Metric) => Float64Array,
  clusters: ArrayLike<number>,
  times: readonly GapTime[] = GAP_TIMES,
): readonly Criterion[] {
  const difference = (from: Metric, less: Metric) => {
    const subtrahend = accuracy(less);
    return accuracy(from).map((value, k) => value - subtrahend[k]);
  };
  const gained = times.map(([, noisy, hwt]) => difference(hwt, noisy));
  const lost = times.map(([, noisy]) => difference("baseline", noisy));
  const overall = times.map(([id, , , when], t) => {
    const share = ratioInterval(gained[t], lost[t], clusters);
    const text = `More than half of the mean gap between baseline and noisy is closed ${when}`;
    return criterion(`mean_${id}`, text, "share", share, "above", MOST);
  });
  const gaps = Int32Array.from(lost[0].keys()).filter((k) => lost[0][k] > SMALLEST_GAP);
  if (gaps.length === 0) return overall;
  const closed = Float64Array.from(gaps, (k) => gained[0][k] > MOST * lost[0][k] ? 1 : 0);
  const cells = criterion(
    "cells",
    "More than half of the cells with a gap above 5 points get more than half of it back",
    "share",
    meanInterval(closed, take(clusters, gaps)),
    "above",
    MOST,
  );
  return [...overall, cells];
}

/** Whether hardware-aware training closes the gap, over connected cells. */
export function hardwareAwareClaim(study: Study): Claim {
  return claim(
    "hwt_closes_gap",
    "Hardware-aware training closes most of the gap.",
    hardwareAwareCriteria(
      (metric) => take(study.benchmark.accuracy(metric), CONNECTED),
      take(EXPRESSIONS, CONNECTED),
    ),
  );
}
