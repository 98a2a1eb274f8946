/** `width_and_depth`: robustness against width, depth, parameters and MACs. */
import type { ProfileStep, Study } from "../../analyse/mod.ts";
import { figure } from "../grammar/figure.ts";
import { fixed } from "../grammar/format.ts";
import { profiles } from "./profiles.ts";

/** The mean loss at the smallest and at the largest value of a feature, in words. */
function trend(loss: readonly ProfileStep[]) {
  const [from, to] = [loss[0], loss.at(-1)!];
  return {
    values: `from ${from.value} to ${to.value}`,
    loss: `${fixed(from.mean, 1)} to ${fixed(to.mean, 1)}`,
  };
}

export function widthAndDepth(study: Study) {
  const { loss, left: _, reading, ...drawn } = profiles(study, [
    { feature: "width", title: "Width", quantity: "width" },
    { feature: "depth", title: "Depth", quantity: "depth" },
    { feature: "parameters", title: "Parameters", quantity: "parameters", millions: 1.6 },
    { feature: "macs", title: "MACs", quantity: "macs", millions: 230 },
  ]);
  const [width, depth] = loss.map(trend);
  return figure({
    ...drawn,
    alt: "Eight panels: loss after a day above and accuracy after a day below, against width and " +
      "depth as means with quartiles, against parameters and MACs as heat maps of cells with " +
      "means.",
    finding:
      `As width goes ${width.values}, the mean loss goes from ${width.loss} points; as depth goes ` +
      `${depth.values}, from ${depth.loss}`,
    reading: [...reading, `c, d, g, h: cells, darker where there are more, within the axis.`],
  });
}
