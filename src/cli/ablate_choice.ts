/** Which units `deno task ablate` measures again, and under which of a study's settings. */
import { InputError } from "../input_error.ts";
import {
  evenlyRanked,
  type Plan,
  type Unit,
  unitArchitecture,
  type Variant,
} from "../measure/mod.ts";
import { loadReference } from "../table/mod.ts";
import { finishedUnits } from "./study_files.ts";

/** `count` finished units of the plan's first seed and config; "first": those of cells with several seeds first. */
export async function chosenUnits(
  planPath: string,
  plan: Plan,
  count: number,
  which: "first" | "ranked",
): Promise<Unit[]> {
  const [{ seed, config }] = plan.units;
  const candidates = (await finishedUnits(planPath, plan))
    .filter((unit) => unit.seed === seed && unit.config === config);
  if (which === "ranked") {
    return evenlyRanked(candidates, (await loadReference()).accuracy("hwt@1d"), count);
  }
  const seeds = Map.groupBy(plan.units, (unit) => `${unitArchitecture(unit).text} ${unit.config}`);
  const seedCount = (unit: Unit) =>
    seeds.get(`${unitArchitecture(unit).text} ${unit.config}`)!.length;
  return candidates
    .sort((a, b) => seedCount(b) - seedCount(a))
    .slice(0, count);
}

/** The variants that `only` names by their values. Throws InputError for a value that there is not. */
export function chosenVariants(
  variants: readonly Variant[],
  only?: readonly string[],
): readonly Variant[] {
  const values = variants.map(({ value }) => String(value));
  const strange = only?.find((value) => !values.includes(value));
  if (strange !== undefined) {
    throw new InputError(`No variant "${strange}". Values are: ${values.join(", ")}.`);
  }
  return variants.filter(({ value }) => only?.includes(String(value)) ?? true);
}
