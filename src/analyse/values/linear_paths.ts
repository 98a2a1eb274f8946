/** What passes through a cell untrained, and what two such paths cost. */
import type { Study } from "../study.ts";
import { type Entry, withInterval } from "./entry.ts";

export function linearPathValues({ linearPathGroups, linearPathContrast }: Study): Entry[] {
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
    ["linear_paths.contrast.strata", strata],
    ["linear_paths.contrast.cells_two_or_more", cells_many],
    ["linear_paths.contrast.cells_fewer", cells_few],
    ...linearPathContrast.flatMap(({ outcome, mean }) =>
      withInterval(`linear_paths.contrast.${outcome}`, mean)
    ),
  ];
}
