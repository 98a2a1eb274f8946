/** Wrong programs of the explorer's data, and of what the site is made from. */
import { type Mutant, mutantsOf } from "./mutant.ts";

const PACK = "tests/site/pack_test.ts", MEASURED = "tests/site/measurements_test.ts";

export const explorerMutants: readonly Mutant[] = [
  ...mutantsOf("src/explorer/pack.ts", PACK, [
    ["explorer: doubles off the grid", "bits[i] += BigInt(doubles)", "bits[i] += 0n"],
  ]),
  ...mutantsOf("src/explorer/data.ts", PACK, [
    ["explorer: a rank is no range", "worst: Math.max(...ranks)", "worst: Math.min(...ranks)"],
    [
      "explorer: noise of one side only",
      "Math.hypot(noiseAt(noise, from_pct), noiseAt(noise, to_pct))",
      "noiseAt(noise, to_pct)",
    ],
    ["explorer: noise of the level below", "+ share * (", "+ 0 * share * ("],
  ]),
  ...mutantsOf("src/analyse/table/copy_noise.ts", PACK, [
    [
      "explorer: noise of all levels together",
      "known.deviation_pp.slice(from, from + known.count)",
      "known.deviation_pp.slice()",
    ],
  ]),
  ...mutantsOf("src/explorer/drift.ts", "tests/explorer/drift_test.ts", [
    ["explorer: a time of 0 on a logarithmic scale", "Math.max(t_s, 1)", "t_s"],
    ["explorer: no band where the SD is 0", "own === null ? [null, null]", "!own ? [0, 0]"],
  ]),
  ...mutantsOf("src/explorer/curves.ts", "tests/explorer/drift_test.ts", [
    ["explorer: points beyond the last tick", ", ...points.map((point) => point.x)]", "]"],
  ]),
  ...mutantsOf("src/explorer/selection.ts", "tests/site/selection_test.ts", [
    ["explorer: copies pass as functions", "seen.add(first)", "seen.add(i)"],
    ["explorer: the upper end is left out", "values[i] <= high", "values[i] < high"],
  ]),
  ...mutantsOf("src/explorer/list.ts", "tests/site/selection_test.ts", [
    ["explorer: ties of the list fall back", "|| a - b", "|| b - a"],
  ]),
  ...mutantsOf("src/explorer/range.ts", "tests/explorer/address_test.ts", [
    ["explorer: an open end is 0", 'low === "" ? -Infinity', 'low === "" ? 0'],
  ]),
  ...mutantsOf("src/explorer/scatter.ts", "tests/explorer/scatter_test.ts", [
    ["explorer: a scatter upside down", "(SIDE_PX - 1 - Math.round", "(Math.round"],
    ["explorer: all points keep their colours", "all && own !== null", "own !== null"],
  ]),
  ...mutantsOf("src/explorer/curves.ts", "tests/explorer/curves_test.ts", [
    ["explorer: labels lie on each other", "placed[order[k - 1]] + 14", "placed[order[k - 1]]"],
  ]),
  ...mutantsOf("src/site/measurements.ts", MEASURED, [
    [
      "explorer: SD in place of the mean's error",
      "accuracy_sd_pct / Math.sqrt(repeats)",
      "accuracy_sd_pct",
    ],
    [
      "explorer: memories are pooled",
      "protocol, simulator, device, metric]);",
      "protocol, metric]);",
    ],
  ]),
  ...mutantsOf("src/site/searches.ts", "tests/site/searches_test.ts", [
    [
      "explorer: a search is judged by its guide",
      "searchStudy.curve({ method, guide, judge }, AT)",
      "searchStudy.curve({ method, guide }, AT)",
    ],
  ]),
  ...mutantsOf("src/site/archive.ts", "tests/site/archive_test.ts", [
    ["site: an archive of its hour", "{ mtime: TIME, level: 9 }", "{ level: 9 }"],
    ["site: an archive in any order", "Object.keys(files).sort()", "Object.keys(files)"],
  ]),
];
