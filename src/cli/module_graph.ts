/** Which files of ours a program consists of, by reading what they import. */
import { dirname, join, normalize } from "node:path";

/** A module that another names: imported, at once or later, or as a file beside it. */
const NAMES = /(?:\bfrom|\bimport|\bimport\(|\bnew URL\()\s*"((?:\.{1,2}|@)\/[^"]+)"/g;

/**
 * Paths, below `root` and sorted, of the modules `entries` and of all that they import from this workspace,
 * directly or through others; of a file that is no TypeScript, itself alone.
 *
 * @param leaves modules that are listed, while what they import is not followed
 */
export async function moduleGraph(
  entries: readonly string[],
  leaves: readonly string[] = [],
  root = ".",
): Promise<readonly string[]> {
  const found = new Set<string>(), open = entries.map((entry) => normalize(entry));
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    const text = await Deno.readTextFile(join(root, path)).catch(() => null);
    if (text === null) continue; // a name in a comment
    found.add(path);
    if (!path.endsWith(".ts") || leaves.includes(path)) continue;
    for (const [, name] of text.matchAll(NAMES)) {
      const target = name.startsWith("@/") ? join("src", name.slice(2)) : join(dirname(path), name);
      open.push(target);
    }
  }
  return [...found].sort();
}
