/** `node_degree`: robustness against how many live edges enter and leave the cell's nodes. */
import type { Study } from "../../analyse/mod.ts";
import { figure } from "../grammar/figure.ts";
import { fixed } from "../grammar/format.ts";
import { profiles } from "./profiles.ts";

export function nodeDegree(study: Study) {
  const { loss, left, reading, ...drawn } = profiles(study, [
    { feature: "input_out_degree", title: "Out of the input", quantity: "degree" },
    { feature: "node_1_out_degree", title: "Out of node 1", quantity: "degree" },
    { feature: "node_2_in_degree", title: "Into node 2", quantity: "degree" },
    { feature: "output_in_degree", title: "Into the output", quantity: "degree" },
  ]);
  const [few, many] = [left[3][0], left[3].at(-1)!];
  const differences = loss.map((steps) => {
    const means = steps.map(({ mean }) => mean);
    return Math.max(...means) - Math.min(...means);
  });
  return figure({
    ...drawn,
    alt:
      "Eight panels: loss after a day above and accuracy after a day below, against the number " +
      "of live edges at each of four places of the cell, as means with intervals and quartiles.",
    finding:
      `After 1 day, ${many.value} edges into the output go with ${fixed(many.mean, 1)} % mean ` +
      `accuracy, ${few.value} with ${fixed(few.mean, 1)} %; among competent cells, degree moves ` +
      `the mean loss by at most ${fixed(Math.max(...differences), 1)} points`,
    reading: [...reading, `Edges on a path from input to output count.`],
  });
}
