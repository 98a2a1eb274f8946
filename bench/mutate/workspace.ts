/** A copy of the project in which a wrong program can be tried. */
import { dirname, join, resolve } from "node:path";
import { run } from "./run.ts";

/** Folders that are not the repository's and that tests need. */
const SHARED = [".cache", ".venv"] as const;

/**
 * Copies the files of the repository as they are on disk into a new temporary folder; packages are hard
 * links, caches are shared. The caller removes the folder.
 */
export async function scratchCopy(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "mutate_" });
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  for (const path of listed.out.split("\0").filter((path) => path !== "")) {
    const info = await Deno.lstat(path).catch(() => null); // deleted, and not yet committed
    if (info === null || !info.isFile) continue;
    await Deno.mkdir(join(folder, dirname(path)), { recursive: true });
    await Deno.copyFile(path, join(folder, path));
  }
  // Links need one file system; elsewhere the packages are shared, which Deno only reads.
  const linked = await run("cp", ["-al", "node_modules", join(folder, "node_modules")]);
  if (!linked.success) {
    await Deno.remove(join(folder, "node_modules"), { recursive: true }).catch(() => {});
    await Deno.symlink(resolve("node_modules"), join(folder, "node_modules"));
  }
  for (const name of SHARED) {
    if (await Deno.stat(name).catch(() => null)) {
      await Deno.symlink(await Deno.realPath(name), join(folder, name));
    }
  }
  return folder;
}
