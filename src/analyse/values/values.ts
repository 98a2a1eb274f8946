/** `paper/values.json`: every number that the paper and the README quote, one flat object. */
import type { Study } from "../study.ts";
import { costs } from "../replication/cost.ts";
import { anchorValues } from "./anchor.ts";
import { ranks, reproducibility } from "./agreement.ts";
import { anova, swaps } from "./effects.ts";
import type { Entry, Part } from "./entry.ts";
import { counts, levels, randomSearch } from "./levels.ts";
import { energyValues } from "./energy.ts";
import { replicationValues } from "./replication.ts";
import { familyPlanValues, generalityValues, spentValues } from "./generality.ts";
import { scaleValues } from "./scale.ts";
import { searchValues } from "./search.ts";
import { simulatorValues } from "./simulators.ts";
import { linearPathValues } from "./linear_paths.ts";
import { oddities, verdicts } from "./verdicts.ts";

/** Dotted key -> number, or text. */
export type Values = Readonly<Record<string, number | string>>;

/** What measuring took and would take; nothing with another table. */
function spending(study: Study): Entry[] {
  if (study.spent === null) return [];
  const cost = costs(study.spent);
  return [
    ...Object.entries(cost),
    ...spentValues(cost),
    ...familyPlanValues(study, Number(cost["cost.unit_core_s"])),
  ];
}

/** Parts in the order of their keys. */
const PARTS: readonly (readonly [string, Part])[] = [
  ["counts", counts],
  ["levels", levels],
  ["reproducibility", reproducibility],
  ["ranks", ranks],
  ["matched swaps", swaps],
  ["variance", anova],
  ["linear paths", linearPathValues],
  ["energy", energyValues],
  ["random search", randomSearch],
  ["contradictions", oddities],
  ["claims", verdicts],
  ["search", searchValues],
  ["replication", replicationValues],
  ["scale", scaleValues],
  ["cost", spending],
  ["generality", generalityValues],
  ["simulators", simulatorValues],
  ["measured hardware", anchorValues],
];

/** How many steps `values` reports. */
export const VALUE_PARTS = PARTS.length;

/**
 * All numbers of a study that are quoted, in equal order for equal studies.
 *
 * @param onProgress told before each part; there are `VALUE_PARTS`
 */
export function values(
  study: Study,
  onProgress: (done: number, note: string) => void = () => {},
): Values {
  return Object.fromEntries(PARTS.flatMap(([name, part], done) => {
    onProgress(done, name);
    return part(study);
  }));
}
