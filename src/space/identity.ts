/** How files name a network. */
import type { Architecture } from "./architecture.ts";
import { archStr, parseCell } from "./nas_bench_201/arch_str.ts";
import { cellText } from "./nas_bench_201/cell.ts";
import { spaceOf } from "./spaces.ts";

/**
 * What identifies a network in metadata and in the identity of checkpoints. A NAS-Bench-201 cell keeps the
 * tuple that it had before there were other spaces, so that what was written then can be read and resumed.
 */
export function identityOf({ space, text }: Architecture): Readonly<Record<string, string>> {
  if (space === "nas_bench_201") return { cell: cellText(parseCell(text)) };
  return { space, architecture: text };
}

/** What folders call a network: a cell's six digits, else its text without what file names cannot hold. */
export function folderName({ space, text }: Architecture): string {
  return space === "nas_bench_201" ? parseCell(text).join("") : text.replaceAll(/[^\w.-]+/g, "_");
}

/** What a file says of its network: a cell, or a space and a text. */
export interface StatedIdentity {
  readonly cell?: string | undefined;
  readonly space?: string | undefined;
  readonly architecture?: string | undefined;
}

/**
 * The network that `identityOf` named; null where nothing is named. Throws InputError for a text that is none
 * of its space.
 */
export function identified({ cell, space, architecture }: StatedIdentity): Architecture | null {
  if (cell !== undefined) return { space: "nas_bench_201", text: archStr(parseCell(cell)) };
  if (space === undefined || architecture === undefined) return null;
  if (space === "custom") return { space, text: architecture };
  const { id, parse } = spaceOf(space);
  return { space: id, text: parse(architecture) };
}
