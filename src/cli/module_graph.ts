/** Which files of ours a program consists of, by reading what they import. */
import { dirname, join, normalize } from "node:path";

/** A module that another names: imported, at once or later, or as a file beside it. */
const NAMES = /(?:\bfrom|\bimport|\bimport\(|\bnew URL\()\s*"((?:\.{1,2}|@)\/[^"]+)"/g;

/** What each module names, by its path; null where there is no such file. */
export type Named = Map<string, readonly string[] | null>;

/**
 * Paths, below `root` and sorted, of the modules `entries` and of all that they import from this workspace,
 * directly or through others; of a file that is no TypeScript, itself alone.
 *
 * @param leaves modules that are listed, while what they import is not followed
 * @param named what was read for graphs before this one, and is not read again; added to
 */
export async function moduleGraph(
  entries: readonly string[],
  leaves: readonly string[] = [],
  root = ".",
  named: Named = new Map(),
): Promise<readonly string[]> {
  const found = new Set<string>(), open = entries.map((entry) => normalize(entry));
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    if (!named.has(path)) named.set(path, await namedIn(path, root));
    const targets = named.get(path) ?? null;
    if (targets === null) continue; // a name in a comment
    found.add(path);
    if (!leaves.includes(path)) open.push(...targets);
  }
  return [...found].sort();
}

/** Paths of the modules that the file at `path` names, or null where there is none. */
async function namedIn(path: string, root: string): Promise<readonly string[] | null> {
  const text = await Deno.readTextFile(join(root, path)).catch(() => null);
  if (text === null) return null;
  if (!path.endsWith(".ts")) return [];
  return [...text.matchAll(NAMES)].map(([, name]) =>
    name.startsWith("@/") ? join("src", name.slice(2)) : join(dirname(path), name)
  );
}
