import assert from "node:assert/strict";

/** Arguments of Deno that measure one unit of the plan at `path`. */
export const measuring = (path: string, unit: string) =>
  ["run", "-A", "--no-check", "src/cli/measure_cell.ts"].concat("--plan", path, "--unit", unit);

/**
 * Measures a unit in a process of its own, and kills that as soon as it has written `file` below `work`.
 * Throws where it ends without.
 */
export async function killUnit(
  file: string,
  work: string,
  [path, unit]: readonly [string, string],
  env: Record<string, string> = {},
): Promise<void> {
  await Deno.mkdir(work, { recursive: true });
  const child = new Deno.Command(Deno.execPath(), {
    args: measuring(path, unit),
    env,
    stdout: "null",
    stderr: "null",
  }).spawn();
  using watcher = Deno.watchFs(work);
  const ended = child.status.then(() => watcher.return?.());
  let isWritten = false;
  for await (const { paths } of watcher) {
    isWritten = paths.some((at) => at.endsWith(`/${file}`));
    if (isWritten) break;
  }
  if (!isWritten) {
    await ended;
    throw new Error(`The unit ended before ${file} was written.`);
  }
  child.kill("SIGKILL");
  assert.equal((await child.status).signal, "SIGKILL", `${file} came before the end`);
}
