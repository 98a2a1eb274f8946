/** What larger networks change of the levels, in one paragraph for whatever rows there are. */
import { intervalText, list } from "../words.ts";
import { LARGER_SCALES, scaleInWords, type Times } from "./larger_scales.ts";
import type { ScaleLevel, ScaleStudy } from "./scale_study.ts";

const OUTCOMES: readonly (readonly [ScaleLevel["outcome"], string])[] = [
  ["baseline", "on the baseline"],
  ["noisy_gap", "in the loss of digital weights on analog hardware"],
  ["hwt_gap", "in the HWT gap"],
  ["drift_drop.hwt", "in the drift drop after HWT"],
];

/** The scales that were tried, as a list after "cells", and then those that have no rows yet. */
export function triedInWords({ larger }: ScaleStudy, times: Times): string {
  const [tried, missing] = [true, false].map((has) =>
    LARGER_SCALES.filter((scale) => larger[scale].length > 0 === has)
  );
  if (tried.length === 0) return "at no larger scale yet";
  const all = list(tried.map((scale) => scaleInWords(scale, times[scale])));
  return missing.length === 0
    ? all
    : `${all} (none is measured ${list(missing.map((scale) => scaleInWords(scale)))} yet)`;
}

/** A sentence for each larger scale: mean changes in points, and the levels that come nearer to the published ones. */
export function levelsInWords({ larger, levels }: ScaleStudy, times: Times): string {
  const sentences = LARGER_SCALES.map((scale) => {
    const words = scaleInWords(scale, times[scale]), n = larger[scale].length;
    if (n === 0) return `No cell is measured ${words} yet.`;
    const at = new Map(
      levels.map((level) => [level.outcome, level.at.find((own) => own.scale === scale)!]),
    );
    const changes = OUTCOMES.map(([outcome, what], k) => {
      const points = k === 0 ? " points" : "";
      return `by ${intervalText(at.get(outcome)!.change!, 1)}${points} ${what}`;
    });
    const ways = (["nearer", "farther"] as const).map((way) => {
      const moved = levels.filter(({ outcome }) => at.get(outcome)!.direction === way);
      return moved.map(({ outcome }) => outcome).join(", ") || "none";
    });
    const start = `${words[0].toUpperCase()}${words.slice(1)}`;
    return `${start}, ${n} ${n === 1 ? "cell changes" : "cells change"} ${list(changes)}; ` +
      `nearer to the published levels, clear of 0: ${ways[0]}; farther: ${ways[1]}.`;
  });
  return sentences.join(" ");
}
