/** `width_and_depth`: robustness against width, depth, parameters and MACs. */
import { cellFeatures } from "../../analyse/mod.ts";
import type { Drawn, Sources } from "../grammar/figure.ts";
import { fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { axisTitle } from "../grammar/metrics.ts";
import {
  type Profile,
  profileGrid,
  profileNumbers,
  profileReading,
  profiles,
} from "./profile_panel.ts";

export function widthAndDepth(sources: Sources): Drawn {
  const { width, depth, parameters, macs } = cellFeatures();
  const all = profiles(sources, [
    { name: "width", title: "Width", axis: axisTitle("width"), values: width },
    { name: "depth", title: "Depth", axis: axisTitle("depth"), values: depth },
    {
      name: "parameters",
      title: "Parameters",
      axis: axisTitle("parameters"),
      values: parameters,
      inMillions: true,
    },
    { name: "macs", title: "MACs", axis: axisTitle("macs"), values: macs, inMillions: true },
  ]);
  const trend = ({ steps }: Profile) => {
    const loss = steps["hwt_gap@1d"], [from, to] = [loss[0], loss[loss.length - 1]];
    return [`from ${from.value} to ${to.value}`, `${fixed(from.mean, 1)} to ${fixed(to.mean, 1)}`];
  };
  const [[widths, lossByWidth], [depths, lossByDepth]] = all.slice(0, 2).map(trend);
  return {
    numbers: profileNumbers(all),
    spec: {
      title: heading(
        `As width goes ${widths}, the mean loss goes from ${lossByWidth} points; as depth goes ${depths}, ` +
          `from ${lossByDepth}`,
        `${
          profileReading(sources)
        } c, d, g, h: each comb has one number of 3×3 convolutions, and from ` +
          `left to right more 1×1.`,
      ),
      ...profileGrid(all),
    },
  };
}
