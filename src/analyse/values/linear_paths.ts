/** What passes through a cell untrained, and what two such paths cost. */
import type { CollapseStudy } from "../replication/collapse_study.ts";
import type { Study } from "../study.ts";
import { type Entry, withInterval } from "./entry.ts";

export function linearPathValues(study: Study): Entry[] {
  const { linearPathGroups, linearPathContrast, collapse, predictorGains } = study;
  const [{ strata, cells_many, cells_few }] = linearPathContrast;
  return [
    ...linearPathGroups.flatMap(({ linear_paths, cells, collapsed, median }): Entry[] => {
      const key = `linear_paths.${linear_paths}`;
      return [
        [`${key}.able`, cells],
        ...withInterval(`${key}.collapsed`, collapsed),
        ...Object.entries(median).map(([outcome, value]): Entry => [
          `${key}.median.${outcome}`,
          value,
        ]),
      ];
    }),
    ...percentages(study),
    ["linear_paths.contrast.strata", strata],
    ["linear_paths.contrast.cells_two_or_more", cells_many],
    ["linear_paths.contrast.cells_fewer", cells_few],
    ...linearPathContrast.flatMap(({ outcome, mean }) =>
      withInterval(`linear_paths.contrast.${outcome}`, mean)
    ),
    ...(collapse === null ? [] : collapseValues(collapse)),
    ...predictorGains.flatMap(({ metric, training_cells, twelve, with_paths, gain }) => {
      const key = `predictor.${metric}.${training_cells}`;
      return [
        ...withInterval(`${key}.twelve`, twelve),
        ...withInterval(`${key}.with_paths`, with_paths),
        ...withInterval(`${key}.gain`, gain),
      ];
    }),
  ];
}

function collapseValues(
  { pairs, kept, clipped, clipped_difference, largest_rms, regained_difference }: CollapseStudy,
): Entry[] {
  return [
    ["collapse.pairs", pairs],
    ...withInterval("collapse.clipped_difference", clipped_difference),
    ...withInterval("collapse.regained_difference", regained_difference),
    ...(["two", "one"] as const).flatMap((kind) => [
      ...withInterval(`collapse.${kind}.kept.fixed`, kept[kind].fixed),
      ...withInterval(`collapse.${kind}.kept.calibrated`, kept[kind].calibrated),
      ...withInterval(`collapse.${kind}.clipped`, clipped[kind]),
      ...withInterval(`collapse.${kind}.largest_rms`, largest_rms[kind]),
    ]),
  ];
}

/** What prose quotes in per cent, or as a cost. */
function percentages({ linearPathGroups, linearPathContrast, collapse }: Study): Entry[] {
  const share = (paths: number) =>
    100 * linearPathGroups.find(({ linear_paths }) => linear_paths === paths)!.collapsed.estimate;
  const noisy = linearPathContrast.find(({ outcome }) => outcome === "noisy")!;
  return [
    ["collapse.pct.two", share(2)],
    ["collapse.pct.one", share(1)],
    ["linear_paths.contrast.noisy.cost", -noisy.mean.estimate],
    ...(collapse === null ? [] : [
      ["collapse.pct.kept_fixed", 100 * collapse.kept.two.fixed.estimate] as const,
      ["collapse.pct.kept_calibrated", 100 * collapse.kept.two.calibrated.estimate] as const,
    ]),
  ];
}
