import type { Prng } from "../../random.ts";
import type { Study } from "../study.ts";
import { clusterBootstrap, percentileInterval, topK, topKOverlap } from "../../stats/mod.ts";
import { CLASSES } from "../table/features.ts";
import { type Claim, claim, criterion } from "./claim.ts";
import { groupDifference } from "./group_difference.ts";

/** Size of "the best". */
const TOP = 100;

/** The best cells by baseline against the best by `hwt@1d`. */
export function digitalBestClaim(study: Study, random: Prng): Claim {
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
          overlapReplicates(baseline, later, random),
        ),
        "below",
        TOP / 2,
      ),
      criterion(
        "tau_above_90",
        "Above 90 % baseline the two rank cells less alike (tau-b) than measuring hwt@1d again would",
        "tau-b",
        tau,
        "below",
        again.tau.low,
      ),
      ...counts.map(([feature, id, name]) =>
        criterion(
          `${id}_count`,
          `The 100 best after one day have another number of ${name} than the 100 best digital`,
          "edges",
          groupDifference(features[feature], bestAnalog, bestDigital, random, false),
          "off",
          0,
        )
      ),
    ],
  );
}

/** Top-100 overlap of resampled tables: a class drawn twice stands twice in either order. */
function overlapReplicates(x: Float64Array, y: Float64Array, random: Prng): number[] {
  const orders = [topK(x, x.length), topK(y, y.length)];
  const classCount = CLASSES.reduce((a, b) => Math.max(a, b)) + 1;
  return clusterBootstrap(classCount, random, (multiplicity) => {
    const [inX, inY] = orders.map((order) => {
      const copies = new Map<number, number>();
      for (let k = 0, room = TOP; room > 0; k++) {
        const taken = Math.min(room, multiplicity[CLASSES[order[k]]]);
        if (taken > 0) copies.set(order[k], taken);
        room -= taken;
      }
      return copies;
    });
    return [[...inX].reduce((sum, [i, n]) => sum + Math.min(n, inY.get(i) ?? 0), 0)];
  }).map((overlap) => overlap[0]);
}
