import { endingWithUs } from "../../src/child_process.ts";

/** Runs a program to its end, or for `limit_s` seconds; it is ended when this process is. */
export async function run(
  program: string,
  args: readonly string[],
  { cwd = ".", limit_s = Infinity }: { readonly cwd?: string; readonly limit_s?: number } = {},
): Promise<{ readonly success: boolean; readonly out: string; readonly timedOut: boolean }> {
  const child = new Deno.Command(program, {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let timedOut = false;
  const timer = limit_s === Infinity
    ? undefined
    : setTimeout(() => (timedOut = true, child.kill("SIGKILL")), 1_000 * limit_s);
  const ended = endingWithUs(() => child.kill("SIGTERM"), () => child.output());
  const { success, stdout, stderr } = await ended.finally(() => clearTimeout(timer));
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { success, out: text(stdout) + text(stderr), timedOut };
}
