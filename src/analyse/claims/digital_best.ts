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
  const orders = [topK(x, x.length), topK(y, y.length)], { labels } = resamples;
  return Float64Array.from({ length: resamples.size }, (_, r) => {
    const draws = drawsOf(resamples, r);
    const [inX, inY] = orders.map((order) => {
      const copies = new Map<number, number>();
      for (let k = 0, room = TOP; room > 0; k++) {
        const taken = Math.min(room, draws[labels[order[k]]]);
        if (taken > 0) copies.set(order[k], taken);
        room -= taken;
      }
      return copies;
    });
    let shared = 0;
    for (const [i, n] of inX) shared += Math.min(n, inY.get(i) ?? 0);
    return shared;
  });
}
