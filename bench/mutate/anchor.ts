/** Wrong programs that would make the simulation agree with the measured chip, or not, by mistake. */
import { type Mutant, mutantsOf } from "./mutant.ts";

const FILE = "src/analyse/simulators/anchor.ts";

/** All of them. */
export const anchorMutants: readonly Mutant[] = [
  ...mutantsOf(FILE, "tests/analyse/simulators/anchor_test.ts", [
    [
      "anchor: the later accuracy less the first",
      "programmed.accuracy_pct - later.accuracy_pct",
      "later.accuracy_pct - programmed.accuracy_pct",
    ],
    [
      "anchor: the SD of the last time alone",
      "Math.hypot(programmed.accuracy_sd_pct, later.accuracy_sd_pct)",
      "later.accuracy_sd_pct",
    ],
    [
      "anchor: SD of events for that of their mean",
      "later.accuracy_sd_pct) / Math.sqrt(repeats)",
      "later.accuracy_sd_pct)",
    ],
    ["anchor: untouched weights among the trained", 'row.condition === "hwt" &&', ""],
    ["anchor: times as they come", ".toSorted((a, b) => a.t_inference_s - b.t_inference_s)", ""],
    ["anchor: verdict by the estimate", "low > CHIP.loss_points", "high > CHIP.loss_points"],
    ["anchor: the shortest training speaks", "b.epochs - a.epochs", "a.epochs - b.epochs"],
    ["anchor: one event is a measurement", "row.accuracy_sd_pct !== null;", "row.repeats > 0;"],
  ]),
  ...mutantsOf("src/figure/plots/hardware_anchor.ts", "tests/figure/hardware_anchor_test.ts", [
    ["anchor: no interval drawn", "spans(rows, { x, y, color }, { strokeWidth: 1.5 }),", ""],
    [
      "anchor: what is not measured is drawn as nothing",
      "rows.length > 0 ? [] : [",
      "rows.length >= 0 ? [] : [",
    ],
    [
      "anchor: the chip drawn twice as high",
      "loss: CHIP.loss_points });",
      "loss: 2 * CHIP.loss_points });",
    ],
  ]),
  ...mutantsOf("src/table/measured.ts", "tests/table/measured_test.ts", [
    ["anchor: rows of any config", "config_id === id)", 'config_id !== "")'],
    [
      "anchor: rows of an unknown config pass",
      'strange !== undefined) {\n    throw new InputError(\n      `${join(folder, "plan.json")}',
      'false) {\n    throw new InputError(\n      `${join(folder, "plan.json")}',
    ],
  ]),
  ...mutantsOf("src/analyse/generality/listed.ts", "tests/analyse/generality/listed_test.ts", [
    [
      "listed: a share by the unit's own text",
      "[[canonicalText({ space, text: architecture }), analog_share_pct]]",
      "[[architecture, analog_share_pct]]",
    ],
    [
      "listed: every seed is a network",
      "overSeeds(texts, [",
      "overSeeds(texts.map((t, i) => t + i), [",
    ],
    ["listed: an unknown share is left out", "shares.length < own.length", "shares.length === 0"],
  ]),
];
