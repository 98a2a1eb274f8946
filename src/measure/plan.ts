/**
 * The plan of a study: which cells, with which seed, under which config. A plan is a file; a unit of
 * work is one of its lines, and nothing else is shared between units, so any number may run at once.
 */
import { z } from "zod";
import { InputError } from "../input_error.ts";
import {
  type Architecture,
  cellArchitecture,
  cellAt,
  cellIndexOf,
  cellText,
  folderName,
  parseArchitecture,
} from "../space/mod.ts";

/** Version of the plan's form; a plan of another version is refused, not guessed at. */
export const PLAN_VERSION = 1;

const unit = z.strictObject({
  /** Folder name of the unit, unique in the plan. */
  unit_id: z.string().regex(/^[\w.-]+$/),
  /** 0..15624; null for a network of another space. */
  cell_index: z.int().min(0).max(15_624).nullable(),
  /** "<space>:<text>"; left out for a cell of NAS-Bench-201. */
  architecture: z.string().optional(),
  seed: z.int().min(0),
  /** Name of one of the plan's configs. */
  config: z.string(),
  /** What the unit is in the plan for, e.g. "matched edge (0,3) context 2". */
  reason: z.string(),
});

const plan = z.strictObject({
  version: z.literal(PLAN_VERSION),
  /** Name of the study: the `source` of its rows. */
  study: z.string().regex(/^[\w.-]+$/),
  /** Resolved configs by name, stored whole so that a plan says all that it measures. */
  configs: z.record(z.string(), z.unknown()),
  units: z.array(unit).min(1),
});

/** One network, seed and config: the unit of work. */
export type Unit = Readonly<z.infer<typeof unit>>;

/** A study's units and the configs they name. */
export type Plan = Readonly<z.infer<typeof plan>>;

/** The network of a unit. Throws InputError where it names none. */
export function unitArchitecture({ unit_id, cell_index, architecture }: Unit): Architecture {
  if (cell_index !== null) return cellArchitecture(cell_index);
  if (architecture !== undefined) return parseArchitecture(architecture);
  throw new InputError(`The unit ${unit_id} names no network. Make the plan again: deno task plan`);
}

/** The unit of any network, with its folder name. */
export function networkUnit(
  architecture: Architecture,
  seed: number,
  config: string,
  reason: string,
): Unit {
  const cell_index = cellIndexOf(architecture), { text } = architecture;
  if (cell_index !== null) return planUnit(cell_index, seed, config, reason);
  return {
    unit_id: `${folderName(architecture)}-s${seed}-${config}`,
    cell_index,
    architecture: text,
    seed,
    config,
    reason,
  };
}

/** The unit of `cell_index`, `seed` and `config`, with its folder name. */
export function planUnit(cell_index: number, seed: number, config: string, reason: string): Unit {
  const digits = cellText(cellAt(cell_index)).replaceAll(/\D/g, "");
  return { unit_id: `${digits}-s${seed}-${config}`, cell_index, seed, config, reason };
}

/**
 * Reads a plan from the text of `path`. Throws InputError on another version, on text that is no plan,
 * on a unit that names no config of the plan, and on a unit listed twice.
 */
export function parsePlan(text: string, path: string): Plan {
  const fault = (what: string) =>
    new InputError(`${path}: ${what}. Make the plan again with: deno task plan`);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw fault("not a plan, the text is no JSON");
  }
  const version = (json as { version?: unknown } | null)?.version;
  if (version !== PLAN_VERSION) {
    throw fault(`a plan of version ${version}; this workspace reads version ${PLAN_VERSION}`);
  }
  const result = plan.safeParse(json);
  if (!result.success) {
    const { path: at, message } = result.error.issues[0];
    throw fault(`${at.join(".")}: ${message}`);
  }
  const seen = new Set<string>();
  for (const { unit_id, config } of result.data.units) {
    if (!(config in result.data.configs)) throw fault(`${unit_id} names no config: ${config}`);
    if (seen.has(unit_id)) throw fault(`${unit_id} is listed twice`);
    seen.add(unit_id);
  }
  return result.data;
}
