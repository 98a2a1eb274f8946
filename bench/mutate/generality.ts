/** Wrong programs that would say more, or less, of other spaces than their rows do. */
import { type Mutant, mutantsOf } from "./mutant.ts";

const ROOM = "src/analyse/generality", EFFECTS = "tests/analyse/generality/effects_test.ts";
const SCALES = "tests/analyse/replication/scale_study_test.ts";

/** All of them. */
export const generalityMutants: readonly Mutant[] = [
  ...mutantsOf("src/contrast/verdict.ts", "tests/contrast/verdict_test.ts", [
    ["verdict: too few pairs are an answer", "n < fewest", "n < 0"],
    ["verdict: sides swapped", 'side === "above"', 'side === "below"'],
    ["verdict: reference left out", "estimate > reference", "estimate > 0"],
  ]),
  ...mutantsOf(`${ROOM}/effects.ts`, EFFECTS, [
    ["generality: p values not corrected", "holm(raw)", "raw"],
    [
      "generality: a family of what is measured",
      'design.kind !== "none")',
      'design.kind === "pairs")',
    ],
    [
      "generality: devices in the mean of spaces",
      'source.kind === "space"',
      "source.id.length > 0",
    ],
    [
      "generality: two studies of one space are two spaces",
      "({ source }) => source.space)",
      "({ source }) => source.id)",
    ],
  ]),
  ...mutantsOf(`${ROOM}/estimates.ts`, EFFECTS, [
    ["generality: seeds are networks", "(i) => texts[i])", "(i) => i)"],
    [
      "generality: all edges for one",
      "cellAt(cells[first])[edge] !== operation",
      "cellAt(cells[first])[0] !== operation",
    ],
    ["generality: no pairs is not measured", "outcome.some(Number.isFinite)", "false"],
    ["generality: strata not centred", "y: y - y0, counts", "y, counts"],
    ["generality: pairs of one cluster each", "networks.clusters[pair[side]]", "pair[side]"],
  ]),
  ...mutantsOf(`${ROOM}/larger_scale.ts`, "tests/analyse/generality/larger_scale_test.ts", [
    ["larger scales: a change that is not paired", "v - from.influence[i]", "v"],
    ["larger scales: above is below", "side === finding.side", "side !== finding.side"],
    [
      "larger scales: held against cells that they have not",
      'changeOf(at(scale, larger[scale]), at("replication", larger[scale]))',
      'changeOf(at(scale, larger[scale]), at("replication", cells))',
    ],
  ]),
  ...mutantsOf("src/analyse/replication/scale_study.ts", SCALES, [
    [
      "larger scales: only cells that all of them have",
      "data.some(({ common }) =>",
      "data.every(({ common }) =>",
    ],
    ["larger scales: the table's mean over other cells", "- mean(table)", "- mean(published)"],
  ]),
  ...mutantsOf(`${ROOM}/power.ts`, "tests/analyse/generality/power_test.ts", [
    ["power: a pair is one training", "context + 2 * training", "context + training"],
    ["power: the noise of copies is the contexts'", "- 2 * copies", ""],
    ["power: seeds save nothing", "training / seeds", "training"],
  ]),
  ...mutantsOf(
    "src/analyse/replication/replicated.ts",
    "tests/analyse/replication/replicated_test.ts",
    [
      [
        "replication: cells for expressions",
        "clusters: take(EXPRESSIONS, cells)",
        "clusters: cells",
      ],
    ],
  ),
  ...mutantsOf(
    "src/analyse/replication/matched_pairs.ts",
    "tests/analyse/replication/replicated_test.ts",
    [
      ["matched pairs: cells for expressions", "EXPRESSIONS[cells[side]]", "cells[side]"],
    ],
  ),
  ...mutantsOf(`${ROOM}/transfer.ts`, "tests/analyse/generality/transfer_test.ts", [
    ["transfer: sixteen networks for fifteen", "FEWEST_RANKED = 15", "FEWEST_RANKED = 16"],
  ]),
  ...mutantsOf("src/stats/random_effects.ts", "tests/stats/random_effects_test.ts", [
    [
      "no variance between places",
      "weights = variances.map((v) => 1 / (v + tau2));",
      "weights = variances.map((v) => 1 / v);",
    ],
    ["prediction without the mean's error", "Math.sqrt(tau2 + error ** 2)", "Math.sqrt(tau2)"],
    ["I2 from the number of places", "(q - (places - 1)) / q", "(q - places) / q"],
  ]),
  ...mutantsOf("src/stats/estimate.ts", "tests/stats/estimate_test.ts", [
    ["one-sided p", "2 * Math.min(below, 1 - below)", "Math.min(below, 1 - below)"],
    ["the smaller of two one-sided tests", "Math.max(aboveLow,", "Math.min(aboveLow,"],
  ]),
];
