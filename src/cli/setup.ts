/** `deno task setup`: the TensorFlow library and its binding, once. */
import { BINDING, install, isInstalled } from "../backend/mod.ts";
import { command, main, userPath } from "./command.ts";

/**
 * Makes TensorFlow ready where it is not, telling each step on stderr. Every task that needs TensorFlow
 * calls this first; when all is ready it costs one look at the disk.
 */
export async function setUp(wheel?: string): Promise<void> {
  if (isInstalled()) return;
  await install(wheel, (step) => console.error(`setup: ${step}`));
}

if (import.meta.main) {
  const program = command(
    "setup",
    "Brings the TensorFlow library (hash checked) and compiles its binding into .cache/tensorflow.",
  )
    .option(
      "--wheel <file>",
      "use this copy of the pinned wheel instead of downloading it",
      userPath,
    )
    .action(async ({ wheel }: { wheel?: string }) => {
      await setUp(wheel);
      console.log(`TensorFlow is ready: ${BINDING}`);
    });
  await main(program);
}
