/** Wrong programs that make conclusions look surer than they are. */
import { type Mutant, mutantsOf } from "./mutant.ts";

const CLUSTERS = "tests/stats/clusters_test.ts", TABLE = "tests/analyse/table";
const PUBLISHED = `${TABLE}/published_table_test.ts`,
  CLAIMS = "tests/analyse/claims/claims_test.ts";

/** All of them. */
export const uncertaintyMutants: readonly Mutant[] = [
  ...mutantsOf("src/stats/finite.ts", "tests/stats/finite_test.ts", [
    ["infinite values are numbers", "!Number.isFinite(value)) {", "Number.isNaN(value)) {"],
  ]),
  ...mutantsOf("src/stats/clusters.ts", CLUSTERS, [
    ["the smaller of two standard errors", "Math.max(...variances)", "Math.min(...variances)"],
    ["two-way error left out", "variances[0] + variances[1] - pairs", "0"],
    ["s / n for s / sqrt(n)", "labels.length ** 2", "labels.length ** 3"],
    [
      "observations for clusters",
      "sums[labels[i]] += influence[i]",
      "sums[labels[i]] = influence[i]",
    ],
  ]),
  ...mutantsOf("src/stats/clusters.ts", "tests/stats/coverage_test.ts", [
    [
      "median: bounds half as far",
      "at(0.5 - half), high: at(0.5 + half)",
      "at(0.5 - half / 2), high: at(0.5 + half / 2)",
    ],
  ]),
  ...mutantsOf("src/stats/interval.ts", CLUSTERS, [
    ["the normal quantile for Student's", "tQuantile(0.975, evidence - 1)", "1.96"],
    ["90 % for 95 %", "half = tQuantile(0.975,", "half = tQuantile(0.95,"],
  ]),
  ...mutantsOf("src/stats/interval.ts", "tests/stats/interval_test.ts", [
    ["a verdict within its Monte Carlo error", "RESOLUTION * mc_error", "0 * mc_error"],
    ["percentiles of 90 %", "const TAIL = 0.025", "const TAIL = 0.05"],
  ]),
  ...mutantsOf("src/stats/bootstrap.ts", "tests/stats/bootstrap_test.ts", [
    ["sums of resamples change places", "sums[3]] = [a, b, c, d]", "sums[3]] = [b, a, c, d]"],
    ["a cluster is never drawn", "bits % count]++", "bits % (count - 1)]++"],
  ]),
  ...mutantsOf("src/stats/jackknife.ts", CLUSTERS, [
    ["jackknife without its factor", "(n - 1) * (centre - value)", "centre - value"],
  ]),
  ...mutantsOf("src/stats/paired.ts", CLUSTERS, [
    ["paired: s / n for s / sqrt(n)", "/ Math.sqrt(n);", "/ n;"],
    ["Holm's correction left out", "holmAdjusted(p)", "[...p]"],
  ]),
  ...mutantsOf("src/analyse/table/matched_swap.ts", PUBLISHED, [
    ["swaps: one-sided p", ": 2 * normalCdf(", ": normalCdf("],
    ["swaps: Holm's correction left out", "p_holm: adjusted[k]", "p_holm: effect.p"],
    ["swaps: cells for clusters", "take(EXPRESSIONS, cells)", "cells"],
  ]),
  ...mutantsOf("src/analyse/claims/average_swap.ts", CLAIMS, [
    ["averaged swaps: cells for clusters", "mine.push(EXPRESSIONS[i])", "mine.push(i)"],
  ]),
  ...mutantsOf("src/analyse/table/definitions.ts", CLAIMS, [
    [
      "resamples of cells",
      "drawResamples(EXPRESSIONS,",
      "drawResamples(EXPRESSIONS.map((_, i) => i),",
    ],
  ]),
  ...mutantsOf("src/analyse/table/noise_floor.ts", PUBLISHED, [
    [
      "noise floor divided by n",
      "(members.length - 1) / members.length",
      "members.length / members.length",
    ],
  ]),
  ...mutantsOf("src/analyse/table/copy_noise.ts", `${TABLE}/copy_noise_test.ts`, [
    [
      "one noise for all accuracies",
      "first + random.integer(known.count)",
      "random.integer(known.deviation_pp.length)",
    ],
  ]),
  ...mutantsOf("src/analyse/replication/agreement.ts", `${TABLE}/copy_noise_test.ts`, [
    ["ceiling with noise on one side", "kendallTauB(there(), here())", "kendallTauB(y, here())"],
  ]),
];
