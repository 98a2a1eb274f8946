import type { Study } from "../study.ts";
import { drawsOf, percentileInterval, type Resamples, topK, topKOverlap } from "../../stats/mod.ts";
import { type Claim, claim, criterion } from "./claim.ts";
import { cellGroupDifference } from "./group_difference.ts";

/** Size of "the best". */
const TOP = 100;

/** The best cells by baseline against the best by `hwt@1d`. */
export function digitalBestClaim(study: Study): Claim {
  const baseline = study.benchmark.accuracy("baseline"), later = study.benchmark.accuracy("hwt@1d");
  const tau = study.kendallCompetent("baseline");
  const again = study.retestCompetent.find(({ metric }) => metric === "hwt@1d")!;
  const features = study.features;
  const [bestDigital, bestAnalog] = [topK(baseline, TOP), topK(later, TOP)];
  const counts = [["count_nor_conv_3x3", "3x3", "3x3 convolutions"], [
    "count_skip_connect",
    "skip",
    "skip connections",
  ]] as const;
  return claim(
    "robust_differ_from_digital",
    "The robust cells differ from the best digital ones.",
    [
      criterion(
        "top_100",
        "Fewer than half of the 100 best digital cells are among the 100 best after one day",
        "cells",
        percentileInterval(
          topKOverlap(baseline, later, TOP),
          overlapReplicates(study.resamples, baseline, later),
        ),
        "below",
        TOP / 2,
      ),
      criterion(
        "tau_above_90",
        "Above 90 % baseline the two rank cells less alike (tau-b) than measuring hwt@1d again would",
        "tau-b",
        // the threshold has been drawn, the effect has not
        { ...tau, mc_error: again.tau.mc_error ?? 0 },
        "below",
        again.tau.low,
      ),
      ...counts.map(([feature, id, name]) =>
        criterion(
          `${id}_count`,
          `The 100 best after one day have another number of ${name} than the 100 best digital`,
          "edges",
          cellGroupDifference(features[feature], bestAnalog, bestDigital, false),
          "off",
          0,
        )
      ),
    ],
  );
}

/** Top-100 overlap of each resampled table: a cluster drawn twice stands twice in either order. */
function overlapReplicates(
  resamples: Resamples,
  x: Float64Array,
  y: Float64Array,
): Float64Array {
  const byX = topK(x, x.length), byY = topK(y, y.length), inX = new Uint8Array(x.length);
  const overlaps = new Float64Array(resamples.size);
  for (let r = 0; r < resamples.size; r++) {
    const draws = drawsOf(resamples, r);
    const places = best(byX, resamples.labels, draws, (cell, times) => inX[cell] = times);
    best(byY, resamples.labels, draws, (cell, times) => overlaps[r] += Math.min(times, inX[cell]));
    for (let k = 0; k < places; k++) inX[byX[k]] = 0;
  }
  return overlaps;
}

/** Tells each of the best cells of a resample, and how often it stands among them; how many of `order` that took. */
function best(
  order: Int32Array,
  labels: Int32Array,
  draws: Uint8Array,
  tell: (cell_index: number, times: number) => void,
): number {
  let places = 0;
  for (let room = TOP; room > 0; places++) {
    const cell = order[places], times = Math.min(room, draws[labels[cell]]);
    if (times > 0) tell(cell, times);
    room -= times;
  }
  return places;
}
