/** How files name a network. */
import type { Architecture } from "./architecture.ts";
import { parseCell } from "./nas_bench_201/arch_str.ts";
import { cellText } from "./nas_bench_201/cell.ts";

/**
 * What identifies a network in metadata and in the identity of checkpoints. A NAS-Bench-201 cell keeps the
 * tuple that it had before there were other spaces, so that what was written then can be read and resumed.
 */
export function identityOf({ space, text }: Architecture): Readonly<Record<string, string>> {
  if (space === "nas_bench_201") return { cell: cellText(parseCell(text)) };
  return { space, architecture: text };
}
