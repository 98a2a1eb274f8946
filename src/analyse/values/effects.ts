/** What single operations do, and where. */
import { prng } from "../../random.ts";
import { EDGES, OPERATIONS } from "../../space/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import { driftSensitivity } from "../table/drift_sensitivity.ts";
import { functionalAnova } from "../table/functional_anova.ts";
import { matchedSwaps, OPERATION_PAIRS, type SwapEffect } from "../table/matched_swap.ts";
import { type Outcome, outcomeValues } from "../table/outcome.ts";
import { type Entry, withInterval } from "./entry.ts";

/** Family-wise level of the matched swaps, after Holm's correction. */
const SIGNIFICANCE = 0.05;
const SWAP_OUTCOMES: readonly Outcome[] = ["drift_drop.hwt", "drift_drop.noisy", "hwt@30d"];
const ANOVA_OUTCOMES: readonly Outcome[] = [
  "baseline",
  "noisy",
  "hwt",
  "hwt@30d",
  "drift_drop.hwt",
];

export function swaps(benchmark: Benchmark, seed: number): Entry[] {
  const withSkip = OPERATION_PAIRS.filter(([first]) => OPERATIONS[first] === "skip_connect");
  const effects = matchedSwaps(benchmark, SWAP_OUTCOMES, prng(seed, "matched_swaps"), withSkip);
  return [
    ["matched.tests", effects.length],
    ...effects.flatMap(({ outcome, other, edge, n, mean, p_holm }): Entry[] => {
      const key = `matched.${outcome}.skip_minus.${other}.edge${edge}`;
      return [...withInterval(key, mean), [`${key}.n`, n], [`${key}.p_holm`, p_holm]];
    }),
    ...SWAP_OUTCOMES.flatMap((outcome): Entry[] => {
      const clear = effects.filter((e) => e.outcome === outcome && e.p_holm < SIGNIFICANCE);
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
    ...driftSensitivity(benchmark, prng(seed, "drift_sensitivity")).flatMap((row) => {
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

export function anova(benchmark: Benchmark): Entry[] {
  return ANOVA_OUTCOMES.flatMap((outcome): Entry[] => {
    const { mainShares, pairShares, orderShares } = functionalAnova(
      outcomeValues(benchmark, outcome),
    );
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
