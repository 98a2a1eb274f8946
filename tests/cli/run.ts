import { resolve } from "node:path";

/** What a command printed and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs `src/cli/<file>` of the clone at `root` in a process of its own, in the folder `cwd` (the clone's
 * by default), with `env` added to the environment.
 */
export async function runCommand(
  file: string,
  args: string[],
  { root = ".", cwd = root, env = {} }: {
    root?: string;
    cwd?: string;
    env?: Record<string, string>;
  } = {},
): Promise<Outcome> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", resolve(root, "src/cli", file), ...args],
    cwd,
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

/** Runs commands `[file, arguments]` one after the other in one process, in the folder `cwd`. */
export async function runCommands(
  given: readonly (readonly [string, readonly string[]])[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Promise<Outcome[]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", resolve("tests/cli/many_commands.ts")],
    cwd,
    env: { NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(given)));
  await writer.close();
  const { stdout, stderr } = await child.output();
  const text = new TextDecoder().decode(stdout);
  if (text.trim() === "") throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(text);
}
