/** Does it generalise? Effects, verdicts, counts and the answers in words. */
import { ASKED, FINDINGS } from "../../contrast/mod.ts";
import { answers, generalityCounts } from "../generality/answer.ts";
import { listedInWords } from "../generality/listed.ts";
import { familyPlan, powerInWords } from "../generality/power.ts";
import { transferInWords } from "../generality/transfer.ts";
import type { Study } from "../study.ts";
import { type Entry, withInterval } from "./entry.ts";
import { largerScaleValues } from "./scale.ts";
import type { Values } from "./values.ts";

const inPoints = (points: number) => `${points} ${points === 1 ? "point" : "points"}`;

export function generalityValues(study: Study): Entry[] {
  const { generality: effects, generalitySummaries, power, transfers } = study;
  return [
    ...Object.entries(generalityCounts(effects))
      .map(([name, count]): Entry => [`generality.counts.${name}`, count]),
    ...FINDINGS.flatMap(({ id, statement, margin, unit }): Entry[] => [
      [`generality.${id}.statement`, statement],
      [`generality.${id}.margin`, unit === "share" ? `${margin} of the fall` : inPoints(margin)],
    ]),
    ["generality.family", 2 * ASKED.filter(({ design }) => design.kind !== "none").length],
    ["generality.answer", study.generalityAnswer],
    ...Object.entries(answers(effects)).map((
      [id, text],
    ): Entry => [`generality.${id}.answer`, text]),
    ...effects.flatMap(({ finding, source, state, verdict, n, interval, p_reference, p_band }) => {
      const key = `generality.${finding.id}.${source.id}`;
      if (verdict === null && state !== "no fall") return [];
      return [
        ...(interval === null ? [] : withInterval(key, interval)),
        [`${key}.n`, n],
        [`${key}.verdict`, verdict ?? state],
        [`${key}.p_reference`, p_reference],
        [`${key}.p_band`, p_band],
      ] as Entry[];
    }),
    ...largerScaleValues(study),
    ["generality.networks.answer", listedInWords(study.listedNetworks)],
    ["generality.transfer.answer", transferInWords(transfers)],
    ...transfers.flatMap(({ source, networks, tau }): Entry[] => [
      [`generality.transfer.${source}.networks`, networks],
      ...(tau === null ? [] : withInterval(`generality.transfer.${source}`, tau)),
    ]),
    ["generality.power.answer", powerInWords(power)],
    ...power.flatMap(({ finding, pairs, ...rest }) =>
      [
        ...Object.entries(rest).map(([name, value]) => [name, value ?? "not measured"] as const),
        ...Object.entries(pairs).map(([seeds, n]) => [`pairs_${seeds}`, n] as const),
      ].map(([name, value]): Entry => [`generality.power.${finding}.${name}`, value])
    ),
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

/** Studies that are measured for this question, by the names of their plans. */
const STUDIES = ["resnet", "analognas", "darts", "anchor", "generality"];

/** What these studies planned, finished and took together, from the values of their costs. */
export function spentValues(cost: Values): Entry[] {
  const number = (key: string) => Number(cost[`cost.${key}`] ?? 0);
  const together = (of: string) =>
    STUDIES.reduce((sum, study) => sum + number(`${study}.${of}`), 0);
  const families = number("generality.planned") - number("generality.units");
  return [
    ...["planned", "units", "core_hours"]
      .map((of): Entry => [`generality.spent.${of}`, together(of)]),
    // units of the replication's kind, whose cost is known before the first of them
    ["generality.spent.families_left", families * number("unit_core_s") / 3_600],
  ];
}

/** The plan of what to measure further, at the cost of a unit of the replication. */
export const familyPlanValues = (study: Study, unit_core_s: number): Entry[] =>
  Object.entries(familyPlan(study.power, unit_core_s))
    .map(([name, value]) => [`generality.plan.${name}`, value]);
