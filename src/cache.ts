/** Where things are kept that are fetched or made once: one folder, wherever a program is started. */
import { basename, dirname, join, resolve } from "node:path";

/** The `.cache` of the workspace that this file belongs to; of a git worktree, that of its main checkout. */
export const CACHE = join(mainCheckout(join(import.meta.dirname!, "..")), ".cache");

/** The checkout that `root` is a git worktree of; `root` itself where it is none. */
function mainCheckout(root: string): string {
  try {
    // A worktree's .git is a file that names a folder below the main checkout's .git.
    const pointer = Deno.readTextFileSync(join(root, ".git"));
    const folder = resolve(root, pointer.replace(/^gitdir: /, "").trim());
    const common = resolve(folder, Deno.readTextFileSync(join(folder, "commondir")).trim());
    return basename(common) === ".git" ? dirname(common) : root;
  } catch {
    return root;
  }
}
