/** Wrong programs of the right half: spaces, statistics, analyses, search. */
import { type Mutant, mutantsOf } from "./mutant.ts";

const SPACE = "src/space/nas_bench_201", SPACES = "tests/space/nas_bench_201";
const REPLICATED = "tests/analyse/replication/replicated_test.ts";
const CLUSTERS = "tests/stats/clusters_test.ts", SEARCH = "tests/search/methods_test.ts";

const intervals = [
  ...mutantsOf("src/stats/clusters.ts", CLUSTERS, [
    [
      "intervals: the longer list of clusters counts as evidence",
      "Math.min(...ways.map(({ count }) => count))",
      "Math.max(...ways.map(({ count }) => count))",
    ],
  ]),
  ...mutantsOf("src/stats/interval.ts", "tests/stats/interval_test.ts", [
    [
      "intervals: Monte Carlo error of the better bound",
      "Math.max(...errors)",
      "Math.min(...errors)",
    ],
  ]),
  ...mutantsOf("src/stats/paired.ts", CLUSTERS, [
    ["pairs: one-sided", "wilcoxonP(decided)", "wilcoxonP(decided) / 2"],
  ]),
  ...mutantsOf("src/analyse/replication/replicated.ts", REPLICATED, [
    [
      "intervals: six cells for six expressions",
      "denseLabels(clusters).count >=",
      "clusters.length >=",
    ],
  ]),
  ...mutantsOf("src/analyse/replication/disagreement.ts", REPLICATED, [
    ["differences of rank: copies count", "(k) => clusters[k])", "(k) => k)"],
  ]),
  ...mutantsOf("src/analyse/table/copy_noise.ts", "tests/analyse/table/copy_noise_test.ts", [
    [
      "ceiling: noise that only adds",
      "known.deviation_pp[first + random.integer(known.count)];",
      "Math.abs(known.deviation_pp[first + random.integer(known.count)]);",
    ],
  ]),
];

const statistics = [
  ...mutantsOf("src/stats/rank.ts", "tests/stats/rank_test.ts", [
    ["tau: ties are not corrected for", "- tiedPairs(x.counts)) * (", ") * ("],
    ["tau: pairs tied in both count twice", "+ tiedInBoth;", ";"],
    ["tau of short lists: ties are not corrected for", "untiedX += inX * inX;", "untiedX++;"],
  ]),
  ...mutantsOf("src/stats/dense_ranks.ts", "tests/stats/rank_test.ts", [
    ["ranks: -0 below 0", "x[i] + 0;", "x[i];"],
    ["ranks: negative numbers backwards", "negative ? 0xffffffff : 0x80000000", "0x80000000"],
    ["ranks of a part: gaps stay", "rankOf[r] = used++;", "rankOf[r] = r, used++;"],
  ]),
  ...mutantsOf("src/stats/rank_interval.ts", "tests/stats/rank_interval_test.ts", [
    [
      "tau's interval: influence of half the size",
      "influence[i] = 2 * (numerator -",
      "influence[i] = (numerator -",
    ],
    ["tau's interval: ties in x count as partners", "+ all - tiedInXAlone", "+ all"],
  ]),
  ...mutantsOf("src/stats/expected_best.ts", "tests/stats/expected_best_test.ts", [
    ["expected best: drawn with replacement", "(k - budget) / (k - 1)", "(k - budget) / k"],
  ]),
  ...mutantsOf("src/stats/functional_anova.ts", "tests/stats/functional_anova_test.ts", [
    [
      "anova: pairs keep their main effects",
      "if (mask >> factor & 1) component[mask] -=",
      "if (mask === 1 << factor) component[mask] -=",
    ],
  ]),
  ...mutantsOf("src/stats/pareto.ts", "tests/stats/pareto_test.ts", [
    ["pareto: equals stay on the front", "value[i] > reached", "value[i] >= reached"],
    ["pareto: of equals the last one", "i < other", "i > other"],
  ]),
];

const spaces = [
  ...mutantsOf(`${SPACE}/cell.ts`, `${SPACES}/cell_test.ts`, [
    [
      "cells: the last edge most significant",
      "digit(3125), digit(625), digit(125), digit(25), digit(5), digit(1)",
      "digit(1), digit(5), digit(25), digit(125), digit(625), digit(3125)",
    ],
  ]),
  ...mutantsOf(`${SPACE}/canonical.ts`, `${SPACES}/canonical_test.ts`, [
    ["isomorphism: inputs in their own order", 'inputs.sort().join("+")', 'inputs.join("+")'],
  ]),
  ...mutantsOf(`${SPACE}/same_function.ts`, `${SPACES}/same_function_test.ts`, [
    ["functions: a convolution of nothing is dropped", "`offset${number}`", '""'],
    [
      "functions: which convolution it is does not matter",
      "`#${numbers[edge]}`",
      '""',
    ],
  ]),
  ...mutantsOf(`${SPACE}/linear_paths.ts`, `${SPACES}/linear_paths_test.ts`, [
    [
      "linear paths: poolings are none",
      "cell[e] === SKIP || cell[e] === AVG_POOL",
      "cell[e] === SKIP",
    ],
    ["linear paths: a pooling passes all", "product * Math.SQRT1_2", "product"],
  ]),
  ...mutantsOf(`${SPACE}/complexity.ts`, `${SPACES}/complexity_test.ts`, [
    [
      "complexity: one number a batch-normed channel",
      "parameters: 2 * channels",
      "parameters: channels",
    ],
  ]),
];

const searches = [
  ...mutantsOf("src/search/regularized_evolution.ts", SEARCH, [
    [
      "evolution: the worst of the tournament is the parent",
      "rival.accuracy > parent.accuracy",
      "rival.accuracy < parent.accuracy",
    ],
  ], "evolution"),
  ...mutantsOf("src/search/objective.ts", "tests/search/objective_test.ts", [
    [
      "search: a query more than the budget",
      "if (count === budget) throw",
      "if (count > budget) throw",
    ],
    [
      "search: queries cost nothing",
      "spent_s += MACS[index] * perMac_s",
      "spent_s += 0 * perMac_s",
    ],
  ]),
  ...mutantsOf("src/search/pareto_sort.ts", "tests/search/models_test.ts", [
    ["nsga2: distances of axes that are not alike are added", "[axis]) / span;", "[axis]);"],
  ], "Pareto"),
  ...mutantsOf("src/search/mutate.ts", SEARCH, [
    [
      "search: a mutation may change nothing",
      "cell[edge] + 1 + (choice & 3)",
      "cell[edge] + (choice & 3)",
    ],
  ], "evolution"),
  ...mutantsOf("src/search/model_guided.ts", SEARCH, [
    [
      "models: parents are the last measured, not the best",
      "const best = topK(accuracies_pct,",
      "const best = topK(accuracies_pct.map((_, i) => i),",
    ],
  ], "as pinned"),
  ...mutantsOf("src/search/predictor_forest.ts", "tests/search/predictor_forest_test.ts", [
    [
      "forest: the worst predicted cells are measured",
      "return (candidates) => forest.predict(candidates.map(features));",
      "return (candidates) => forest.predict(candidates.map(features)).map((value) => -value);",
    ],
  ]),
  ...mutantsOf("src/search/cholesky.ts", "tests/search/models_test.ts", [
    ["cholesky: of rows abreast one takes another's sum", "sum3 / pivot", "sum2 / pivot"],
  ], "Cholesky"),
  ...mutantsOf("src/search/gaussian_process.ts", "tests/search/models_test.ts", [
    [
      "gaussian process: no gain in what is unsure",
      "* distribution(z) + sd * density(z)",
      "* distribution(z)",
    ],
    [
      "gaussian process: surer than the data",
      "Math.max(1 - explained, 1e-9)",
      "Math.max(1 - explained, 1e-9) / 4",
    ],
  ]),
];

const COUNTS = "tests/network/chip_counts_test.ts";

const chip = [
  ...mutantsOf("src/space/chip_counts.ts", COUNTS, [
    [
      "chip: rows of a layer over several crossbars driven once",
      "dacConversions: inputs * columnPieces * positions",
      "dacConversions: inputs * positions",
    ],
    ["chip: partial sums are free", "outputs * (rowPieces - 1) * positions", "0"],
  ]),
  ...mutantsOf("src/network/chip_counts.ts", COUNTS, [
    ["chip: parallel layers one after another", "Math.max(...before) +", "before[0] +"],
    ["chip: depthwise convolutions move nothing", "given + normed, bytes)", "given + normed)"],
    [
      "chip: sequential channels at once",
      "sequence: layer.outChannels * positions",
      "sequence: positions",
    ],
    ["chip: sequential channels on one tile", "[column, layer.outChannels]", "[column, 1]"],
  ]),
  ...mutantsOf("src/space/nas_bench_201/chip_counts.ts", COUNTS, [
    ["chip: a ReLU for each convolution", "relus.length],", "6],"],
    ["chip: a sum of one term is written again", "terms < 2 ?", "terms < 1 ?"],
  ]),
  ...mutantsOf("src/chip/cost.ts", "tests/chip/cost_test.ts", [
    [
      "chip: femtojoules taken for picojoules",
      "constants.cell_fJ / 1e9",
      "constants.cell_fJ / 1e6",
    ],
    ["chip: idle rows stay idle", "dacConversions: lines,", ""],
  ]),
  ...mutantsOf("src/chip/constants.ts", "tests/chip/cost_test.ts", [
    [
      "chip: the core's product not scaled to the measured one",
      "typical: part * CORE_PRODUCT_NJ.typical / CORE_PRODUCT_NJ.low,",
      "typical: part * 2,",
    ],
  ]),
  ...mutantsOf("src/search/nsga2.ts", "tests/search/nsga2_test.ts", [
    ["nsga2: dear cells wanted", "-TRADED[traded](cell)", "TRADED[traded](cell)"],
  ]),
];

/** All of them. */
export const rightMutants: readonly Mutant[] = [
  ...intervals,
  ...statistics,
  ...spaces,
  ...searches,
  ...chip,
];
