import type { Config } from "../config.ts";
import { configId } from "../config_id.ts";
import { InputError } from "../input_error.ts";
import { canonicalText } from "../space/mod.ts";
import type { Row } from "../table/schema.ts";
import { type Plan, type Unit, unitArchitecture } from "./plan.ts";

/**
 * Checks that `rows`, read from `path`, are those of `unit`: its cell, seed and config, this study's name.
 * Throws InputError naming the file, the row and the column otherwise, and for a file without rows.
 */
export function expectPlanned(
  rows: readonly Row[],
  plan: Plan,
  unit: Unit,
  path: string,
): void {
  if (rows.length === 0) throw new InputError(`${path} holds no row.`);
  const expected = {
    arch_str: canonicalText(unitArchitecture(unit)),
    cell_index: unit.cell_index,
    seed: unit.seed,
    source: plan.study,
    config_id: configId(plan.configs[unit.config] as Config),
  };
  for (const [number, row] of rows.entries()) {
    for (const [column, value] of Object.entries(expected)) {
      const found = row[column as keyof Row];
      if (found !== value) {
        throw new InputError(
          `${path}: row ${number} has ${column} ${found}, the plan's ${unit.unit_id} has ${value}.`,
        );
      }
    }
  }
}
