/** `node_degree`: robustness against how many live edges enter and leave the cell's nodes. */
import type { Study } from "../../analyse/mod.ts";
import { figure } from "../grammar/figure.ts";
import { fixed } from "../grammar/format.ts";
import { profileGrid } from "./profile_panel.ts";
import { largestDifference, profileNumbers, profileReading, profiles } from "./profiles.ts";

export function nodeDegree(study: Study) {
  const all = profiles(study, [
    { feature: "input_out_degree", title: "Out of the input", quantity: "degree" },
    { feature: "node_1_out_degree", title: "Out of node 1", quantity: "degree" },
    { feature: "node_2_in_degree", title: "Into node 2", quantity: "degree" },
    { feature: "output_in_degree", title: "Into the output", quantity: "degree" },
  ]);
  const output = all[3].steps["hwt@1d"];
  const [few, many] = [output[0], output[output.length - 1]];
  const [fewMean, manyMean] = [few, many].map(({ mean }) => fixed(mean, 1));
  const loss = fixed(largestDifference(all, "hwt_gap@1d"), 1);
  return figure({
    numbers: profileNumbers(all),
    alt:
      "Eight panels: loss after a day above and accuracy after a day below, against the number " +
      "of live edges at each of four places of the cell, as means with intervals and quartiles.",
    finding:
      `After 1 day, ${many.value} edges into the output go with ${manyMean} % mean accuracy, ` +
      `${few.value} with ${fewMean} %; among competent cells, degree moves the mean loss by ` +
      `at most ${loss} points`,
    reading: [
      ...profileReading(study),
      `Edges on a path from input to output count.`,
    ],
    view: profileGrid(all),
  });
}
