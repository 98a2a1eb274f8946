/** Which state of the code measured something. */
import { join } from "node:path";

/** Holds the commit in an archive that git made (`export-subst` in .gitattributes), a placeholder elsewhere. */
const ARCHIVED = "src/archived_revision.txt";

/**
 * Commit that the workspace at `root` is at, "+" appended where its code differs from it; of an unpacked
 * archive, the commit that it was made from; "unknown" elsewhere. A repository that merely holds the
 * workspace's folder says nothing of it.
 */
export async function codeRevision(
  root: string = join(import.meta.dirname!, "../.."),
): Promise<string> {
  const env = Object.entries(Deno.env.toObject()).filter(([name]) => !name.startsWith("GIT_"));
  const git = async (...args: string[]) => {
    const options = { args: ["-C", root, ...args], env: Object.fromEntries(env), clearEnv: true };
    const output = await new Deno.Command("git", { ...options, stdin: "null" }).output();
    if (!output.success) throw new Error("not a repository");
    return new TextDecoder().decode(output.stdout).trim();
  };
  try {
    const top = await git("rev-parse", "--show-toplevel");
    if (await Deno.realPath(top) === await Deno.realPath(root)) {
      const revision = await git("rev-parse", "HEAD");
      const changed = await git("status", "--porcelain", "--", "src", "deno.lock");
      return changed ? `${revision}+` : revision;
    }
  } catch { /* no git, or no repository around it */ }
  const archived = await Deno.readTextFile(join(root, ARCHIVED)).catch(() => "");
  return archived.trim().match(/^[0-9a-f]{40}$/)?.[0] ?? "unknown";
}
