/** Numbers of cells at several scales; of one that has no rows yet, the keys that prose quotes say so. */
import { LARGER_SCALES, scaleInWords } from "../replication/larger_scales.ts";
import { levelsInWords, triedInWords } from "../replication/scale_words.ts";
import { largerScaleInWords } from "../generality/larger_scale_words.ts";
import type { Study } from "../study.ts";
import { intervalText } from "../words.ts";
import { type Entry, withInterval } from "./entry.ts";

const MISSING = "not measured";

/** Levels, and what each change of scale does to them. */
export function scaleValues({ scale, scaleTimes }: Study): Entry[] {
  const { cells, larger, levels } = scale;
  return [
    ["scale.cells", cells.length],
    ["scale.tried", triedInWords(scale, scaleTimes)],
    ["scale.answer", levelsInWords(scale, scaleTimes)],
    ...LARGER_SCALES.flatMap((name): Entry[] => [
      [`scale.${name}.words`, scaleInWords(name, scaleTimes[name])],
      [`scale.${name}.cells`, larger[name].length],
    ]),
    ...levels.flatMap(({ outcome, at }) => [
      ...LARGER_SCALES.map((name): Entry => [`scale.${name}.${outcome}`, MISSING]),
      ...at.flatMap(({ scale, mean, change }) => [
        [`scale.${scale}.${outcome}`, mean] as const,
        ...(change === null ? [] : withInterval(`scale.${scale}.${outcome}.change`, change)),
      ]),
    ]),
  ];
}

/** Shares of the fall that the findings speak of. */
export function largerScaleValues({ largerScales, scale }: Study): Entry[] {
  return [
    ["generality.scale.answer", largerScaleInWords(largerScales, scale)],
    ...largerScales.shares.flatMap(({ finding, at }) => [
      ...LARGER_SCALES.flatMap((name) =>
        ["fall", "share"].map((of): Entry => [
          `generality.scale.${name}.${finding.id}.${of}`,
          MISSING,
        ])
      ),
      ...at.flatMap(({ scale, fall, share, reading, change }): Entry[] => {
        const key = `generality.scale.${scale}.${finding.id}`;
        return [
          ...(share === null ? [] : withInterval(key, share)),
          [`${key}.fall`, fall],
          [`${key}.share`, share === null ? reading : intervalText(share, 2)],
          [`${key}.reading`, reading],
          ...(change === null ? [] : withInterval(`${key}.change`, change)),
        ];
      }),
    ]),
  ];
}
