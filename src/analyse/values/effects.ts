/** What single operations do, and where. */
import { EDGES } from "../../space/mod.ts";
import type { Study } from "../study.ts";
import { FAMILY_LEVEL, type SwapEffect } from "../table/matched_swap.ts";
import { EFFECT_OUTCOMES, SWAP_OUTCOMES } from "../table/statistics.ts";
import { type Entry, withInterval } from "./entry.ts";

export function swaps({ matchedSwaps: effects, driftSensitivity }: Study): Entry[] {
  return [
    ["matched.tests", effects.length],
    ...effects.flatMap(({ outcome, other, edge, n, mean, p_holm }): Entry[] => {
      const key = `matched.${outcome}.skip_minus.${other}.edge${edge}`;
      return [...withInterval(key, mean), [`${key}.n`, n], [`${key}.p_holm`, p_holm]];
    }),
    ...SWAP_OUTCOMES.flatMap((outcome): Entry[] => {
      const clear = effects.filter((e) => e.outcome === outcome && e.p_holm < FAMILY_LEVEL);
      const lower = clear.filter((e) => e.mean.estimate < 0);
      const higher = clear.filter((e) => e.mean.estimate > 0);
      const key = `matched.${outcome}`;
      return [
        [`${key}.lower_with_skip`, lower.length],
        [`${key}.lower_with_skip.where`, places(lower)],
        [`${key}.higher_with_skip`, higher.length],
        [`${key}.higher_with_skip.where`, places(higher)],
      ];
    }),
    ...driftSensitivity.flatMap((row) => {
      const key = `skip_minus.${row.other}`;
      return [
        ...withInterval(`drift_start.${row.condition}.${key}`, row.start),
        ...withInterval(`drift_lost_share.${row.condition}.${key}`, row.lost_share),
      ];
    }),
  ];
}

/** Swaps in words: "against avg_pool_3x3 on (0,1), (0,2); against ...". */
function places(effects: readonly SwapEffect[]): string {
  return [...Map.groupBy(effects, ({ other }) => other)].map(([other, swaps]) => {
    const edges = swaps.map(({ edge }) => `(${EDGES[edge].join(",")})`);
    return `against ${other} on ${edges.join(", ")}`;
  }).join("; ");
}

export function anova(study: Study): Entry[] {
  return EFFECT_OUTCOMES.flatMap((outcome): Entry[] => {
    const { mainShares, pairShares, orderShares } = study.anova(outcome);
    return [
      ...mainShares.map((share, e): Entry => [`anova.${outcome}.edge${e}`, share]),
      ...pairShares.map(({ factors, share }): Entry => [
        `anova.${outcome}.pair${factors.join("")}`,
        share,
      ]),
      ...orderShares.map((share, k): Entry => [`anova.${outcome}.order${k + 1}`, share]),
    ];
  });
}
