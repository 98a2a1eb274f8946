/** Claims and contradictions. */
import type { Study } from "../study.ts";
import type { Verdict } from "../claims/claim.ts";
import { CONTRADICTION_RULES } from "../table/contradiction.ts";
import { type Entry, withInterval } from "./entry.ts";

export function oddities({ contradictions: found }: Study): Entry[] {
  return [
    ["contradictions.count", found.length],
    ["contradictions.cells", new Set(found.map((entry) => entry.cell_index)).size],
    ...Object.keys(CONTRADICTION_RULES).map((rule): Entry => [
      `contradictions.${rule}`,
      found.filter((entry) => entry.rule === rule).length,
    ]),
  ];
}

export function verdicts({ claims: tested }: Study): Entry[] {
  const count = (verdict: Verdict) => tested.filter((claim) => claim.verdict === verdict).length;
  return [
    ["claims.count", tested.length],
    ["claims.supported", count("supported")],
    ["claims.supported_in_part", count("supported in part")],
    ["claims.not_supported", count("not supported")],
    ["claims.undecided", count("undecided")],
    ...tested.flatMap(({ id, statement, verdict, criteria, exploratory }): Entry[] => [
      ...exploratory.flatMap((c): Entry[] => [
        ...withInterval(`exploratory.${id}.${c.id}`, c.effect),
        [`exploratory.${id}.${c.id}.text`, c.text],
        [`exploratory.${id}.${c.id}.met`, c.met ? "met" : "not met"],
      ]),
      [`claims.${id}.statement`, statement],
      [`claims.${id}.verdict`, verdict],
      [`claims.${id}.criteria`, criteria.length],
      [`claims.${id}.criteria_met`, criteria.filter((c) => c.met).length],
      [`claims.${id}.criterion`, criteria[0].text],
      [`claims.${id}.unit`, criteria[0].unit],
      [`claims.${id}.effect`, criteria[0].effect.estimate],
      [`claims.${id}.ci_low`, criteria[0].effect.low],
      [`claims.${id}.ci_high`, criteria[0].effect.high],
      ...criteria.flatMap((c): Entry[] => [
        ...withInterval(`claims.${id}.${c.id}`, c.effect),
        [`claims.${id}.${c.id}.text`, c.text],
        [`claims.${id}.${c.id}.unit`, c.unit],
        [`claims.${id}.${c.id}.met`, c.met ? "met" : c.undecided ? "undecided" : "not met"],
      ]),
    ]),
  ];
}
