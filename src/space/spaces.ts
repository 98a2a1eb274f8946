/** The registry of search spaces. */
import { distance } from "fastest-levenshtein";
import { shown } from "../arguments.ts";
import { InputError } from "../input_error.ts";
import { analogNasSpace } from "./analognas/space.ts";
import type { Architecture, SpaceId } from "./architecture.ts";
import { dartsSpace } from "./darts/space.ts";
import { archStr, parseCell } from "./nas_bench_201/arch_str.ts";
import { cellAt, cellIndex } from "./nas_bench_201/cell.ts";
import { nasBench201Space } from "./nas_bench_201/space.ts";
import { resNetSpace } from "./resnet/space.ts";
import type { SearchSpace } from "./search_space.ts";

/** Every search space by its id. To add one: its folder, a line here, and its builder in the network room. */
export const SPACES: Readonly<Record<Exclude<SpaceId, "custom">, SearchSpace>> = {
  nas_bench_201: nasBench201Space,
  resnet: resNetSpace,
  analognas: analogNasSpace,
  darts: dartsSpace,
};

/** The space `id`, upper and lower case being one. Throws InputError that names the nearest where there is none. */
export function spaceOf(name: string): SearchSpace {
  const id = String(name).toLowerCase();
  if (id === "custom") {
    throw new InputError(
      "A network from a file is named by its weights, not by a text: deno task import-onnx writes them.",
    );
  }
  const found = Object.values(SPACES).find((space) => space.id === id);
  if (found !== undefined) return found;
  const ids = Object.keys(SPACES), far = ids.map((other) => distance(other, String(id)));
  const nearest = ids[far.indexOf(Math.min(...far))] as SearchSpace["id"];
  throw new InputError(
    `There is no search space "${name}" (${
      ids.join(", ")
    }). The nearest is ${nearest}, with networks such ` +
      `as ${SPACES[nearest].example}.`,
  );
}

/** The cell at `cell_index` (0..15624) as an architecture. Throws InputError elsewhere. */
export const cellArchitecture = (cell_index: number): Architecture => ({
  space: "nas_bench_201",
  text: archStr(cellAt(cell_index)),
});

/** The cell_index of a NAS-Bench-201 cell; null for a network of another space. */
export const cellIndexOf = ({ space, text }: Architecture): number | null =>
  space === "nas_bench_201" ? cellIndex(parseCell(text)) : null;

/** What rows call the network: equal for all that are the same. */
export const canonicalText = ({ space, text }: Architecture): string =>
  space === "custom" ? text : spaceOf(space).canonical(text);

/**
 * Reads a network of any space: "<space>:<text>", or a NAS-Bench-201 cell in any of its notations. Throws
 * InputError that names the nearest valid network or space.
 */
export function parseArchitecture(text: string): Architecture {
  if (typeof text !== "string") {
    throw new InputError(
      `A network is named by a text, "resnet:3x16-3x32-3x64:A" or a cell, not by ${shown(text)}.`,
    );
  }
  const id = text.match(/^\s*([A-Za-z][\w-]*):/)?.[1];
  const space = id === undefined ? SPACES.nas_bench_201 : spaceOf(id);
  try {
    return { space: space.id, text: space.parse(text) };
  } catch (error) {
    if (id === undefined) refuseUnnamed(text.trim());
    throw error;
  }
}

/** Throws InputError for a space without a network, and for a network of another space without its name. */
function refuseUnnamed(text: string): void {
  const others = Object.values(SPACES).filter(({ id }) => id !== "nas_bench_201");
  for (const { id, example } of others) {
    if (text.toLowerCase() === id) {
      throw new InputError(
        `"${text}" is a search space. Name a network of it, such as ${example}.`,
      );
    }
    if (isNetwork(`${id}:${text}`)) {
      throw new InputError(`"${text}" does not name its space. Write ${id}:${text}.`);
    }
  }
}

function isNetwork(text: string): boolean {
  try {
    spaceOf(text.split(":")[0]).parse(text);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
