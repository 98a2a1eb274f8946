/** `node_degree`: robustness against how many live edges enter and leave the cell's nodes. */
import { allCells, inDegrees, outDegrees } from "../../space/mod.ts";
import type { Drawn, Sources } from "../grammar/figure.ts";
import { fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { axisTitle } from "../grammar/metrics.ts";
import {
  largestDifference,
  profileGrid,
  profileNumbers,
  profileReading,
  profiles,
} from "./profile_panel.ts";

const DEGREES = [
  { name: "out_of_input", title: "Out of the input", degree: outDegrees, node: 0 },
  { name: "out_of_node_1", title: "Out of node 1", degree: outDegrees, node: 1 },
  { name: "into_node_2", title: "Into node 2", degree: inDegrees, node: 2 },
  { name: "into_output", title: "Into the output", degree: inDegrees, node: 3 },
];

export function nodeDegree(sources: Sources): Drawn {
  const features = DEGREES.map(({ name, title, degree, node }) => ({
    name,
    title,
    axis: axisTitle("degree"),
    values: allCells().map((cell) => degree(cell)[node]),
  }));
  const all = profiles(sources, features);
  const output = all[3].steps["hwt@1d"];
  const [few, many] = [output[0], output[output.length - 1]];
  return {
    numbers: profileNumbers(all),
    spec: {
      title: heading(
        `After 1 day, ${many.value} edges into the output go with ${
          fixed(many.mean, 1)
        } % mean accuracy, ${few.value} with ${
          fixed(few.mean, 1)
        } %; among competent cells, degree moves the mean loss by at most ${
          fixed(largestDifference(all, "hwt_gap@1d"), 1)
        } points`,
        `${profileReading(sources)} Edges on a path from input to output count.`,
      ),
      ...profileGrid(all),
    },
  };
}
