/**
 * How long the commands take that make everything from the committed data, warm: the second run of
 * each, where packages are in the cache and the notebooks are current. Targets: figures 15 s, reproduce
 * 90 s. Writes what the commands write: equal bytes where nothing has changed.
 *
 * Usage: deno run -A bench/commands.ts, on a machine that does nothing else.
 */
import { InputError } from "../src/input_error.ts";

const TARGETS_S = { figures: 15, reproduce: 90 } as const;

/** Seconds of one run of a task. */
async function time(task: string): Promise<number> {
  const start = performance.now();
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args: ["task", task] })
    .output();
  if (!success) {
    throw new InputError(`deno task ${task} failed: ${new TextDecoder().decode(stderr).trim()}`);
  }
  return (performance.now() - start) / 1000;
}

for (const [task, target_s] of Object.entries(TARGETS_S)) {
  await time(task);
  const seconds = await time(task);
  console.log(`deno task ${task}, warm: ${seconds.toFixed(1)} s (target ${target_s})`);
  console.log(`value ${task}_s ${seconds.toFixed(1)}`);
  if (seconds > target_s) Deno.exitCode = 1;
}
