/** Does it generalise? Effects, verdicts, counts and the answers in words. */
import { answers, generalityCounts } from "../generality/answer.ts";
import type { Study } from "../study.ts";
import { type Entry, withInterval } from "./entry.ts";

export function generalityValues(study: Study): Entry[] {
  const { generality: effects, generalitySummaries } = study;
  return [
    ...Object.entries(generalityCounts(effects))
      .map(([name, count]): Entry => [`generality.counts.${name}`, count]),
    ...Object.entries(answers(effects)).map((
      [id, text],
    ): Entry => [`generality.${id}.answer`, text]),
    ...effects.flatMap(({ finding, source, state, verdict, n, interval, p_reference, p_band }) => {
      const key = `generality.${finding.id}.${source.id}`;
      if (state === "not asked" || state === "not measured") return [];
      return [
        ...(interval === null ? [] : withInterval(key, interval)),
        [`${key}.n`, n],
        [`${key}.verdict`, verdict ?? state],
        [`${key}.p_reference`, p_reference],
        [`${key}.p_band`, p_band],
      ] as Entry[];
    }),
    ...generalitySummaries.flatMap(({ finding, summary }): Entry[] => {
      if (summary === null) return [];
      const key = `generality.${finding}.spaces`;
      return [
        ...withInterval(key, summary.mean),
        ...withInterval(`${key}.prediction`, summary.prediction),
        [`${key}.tau`, summary.tau],
        [`${key}.i2`, summary.i2],
        [`${key}.places`, summary.places],
      ];
    }),
  ];
}
