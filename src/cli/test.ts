/** `deno task test`: every check of the project, in the order of their cost. */
import process from "node:process";
import { endingWithUs, output } from "../child_process.ts";
import { allNotebooks, typeCheckNotebooks } from "../notebook/mod.ts";
import { InputError } from "../input_error.ts";
import { command, main } from "./command.ts";
import { quickTests, testFiles } from "./quick.ts";

/** Runs `deno` with `args`, output passed on. True where it succeeded. */
async function deno(...args: string[]): Promise<boolean> {
  console.log(`\n> deno ${args.join(" ")}`);
  return (await new Deno.Command(Deno.execPath(), { args }).spawn().status).success;
}

/** Type-checks the cells of all notebooks. True where they pass. */
async function checkNotebooks(): Promise<boolean> {
  console.log("\n> type check of notebook cells");
  const { success, output } = await typeCheckNotebooks(allNotebooks());
  if (!success) console.error(output);
  return success;
}

/** Runs `deno test` over `paths`, output passed on; counts the tests in its closing line. */
async function runTests(
  paths: readonly string[],
  parallel: boolean,
): Promise<{ passed: number; failed: number }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--no-check", "--quiet", ...(parallel ? ["--parallel"] : []), ...paths],
    stdout: "piped",
    // Commands that tests run mean paths in their own working directory.
    env: { NO_COLOR: "1", INIT_CWD: "" },
  }).spawn();
  const status = endingWithUs(() => child.kill("SIGTERM"), () => child.status);
  let text = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    await Deno.stdout.write(new TextEncoder().encode(chunk));
  }
  const { success } = await status;
  const counts = text.match(/(\d+) passed.*?\| (\d+) failed/);
  if (counts === null) return { passed: 0, failed: 1 };
  const failed = Number(counts[2]);
  return { passed: Number(counts[1]), failed: success ? failed : Math.max(failed, 1) };
}

/** Checks all types while other things run, on a core that those leave idle. True where they pass. */
async function typesAside(): Promise<boolean> {
  const args = ["check", "--quiet"];
  const { success, stderr } = await output(Deno.execPath(), { args, stderr: "piped" });
  console.log(`\n> deno ${args.join(" ")}`);
  await Deno.stderr.write(stderr);
  return success;
}

/** Formats and lint; where it need not be quick types, TensorFlow's library and notebook cells too. */
async function checks(quick: boolean): Promise<boolean[]> {
  const always = [await deno("fmt", "--check", "--quiet"), await deno("lint", "--quiet")];
  if (quick) return always;
  return [
    ...always,
    await deno("check", "--quiet"),
    await deno("run", "-A", "src/cli/setup.ts"),
    await checkNotebooks(),
  ];
}

const program = command("test", "Checks formats, lint and types, and runs all tests.")
  .argument("[paths...]", "test files or folders (default: all)")
  .option(
    "--quick",
    "a minute: without the tests that need TensorFlow, Slurm, a notebook kernel or a browser, compute for long or measure a time",
  )
  .action(async (given: string[], { quick = false }: { quick?: boolean }) => {
    if (quick && given.length > 0) {
      throw new InputError("Name tests, or choose the quick ones with --quick; not both.");
    }
    const paths = given.length > 0 ? given : quick ? await quickTests(testFiles()) : ["tests"];
    const passes = await checks(quick);
    const [tests, ...types] = await Promise.all([
      runTests(paths, quick),
      ...(quick ? [typesAside()] : []),
    ]);
    passes.push(...types);
    const passed = tests.passed + passes.filter((ok) => ok).length;
    const failed = tests.failed + passes.filter((ok) => !ok).length;
    console.log(`\n${passed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  });

await main(program);
