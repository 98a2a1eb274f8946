/** How every command of the project starts and ends. */
import { Command } from "commander";
import { dirname, resolve } from "node:path";
import process from "node:process";
import { InputError } from "../input_error.ts";
import { wholeNumber } from "./numbers.ts";

/** A command `deno task name`; options and action are added by its file. */
export function command(name: string, description: string): Command {
  return new Command(`deno task ${name}`).description(description).showHelpAfterError(
    "Add --help to see all options.",
  );
}

/** The value of a `--seed` option. Throws InputError for anything but a whole number from 0. */
export const parseSeed = wholeNumber("--seed");

/**
 * A path of the command line, as the user means it: `deno task` runs a command in the workspace's folder and
 * notes the folder where the user stands. Throws InputError for an empty one.
 */
export function userPath(path: string): string {
  if (path === "") {
    throw new InputError("A path is empty. Name a file or folder, or leave the option out.");
  }
  const from = Deno.env.get("INIT_CWD") || Deno.cwd();
  return from === Deno.cwd() ? path : resolve(from, path);
}

/** Says on stderr what is suspicious and no fault. */
export function warn(sentences: readonly string[]): void {
  for (const sentence of sentences) console.error(`warning: ${sentence}`);
}

/**
 * Refuses, before hours of work, a folder that could not be written in the end: one whose nearest existing parent
 * is a file or takes no file. Nothing stays there. Throws InputError.
 */
export async function expectWritable(folder: string): Promise<void> {
  let place = resolve(folder);
  while (!(await isThere(place)) && dirname(place) !== place) place = dirname(place);
  try {
    await Deno.remove(await Deno.makeTempFile({ dir: place, prefix: ".tried-" }));
  } catch (error) {
    throw new InputError(
      `Cannot write below ${place}: ${
        (error as Error).message
      }. Name a folder that can be written.`,
    );
  }
}

/** Refuses, before the work, a file that could not be written in the end, or is a folder. Throws InputError. */
export async function expectWritableFile(path: string): Promise<void> {
  if (await Deno.stat(path).then(({ isDirectory }) => isDirectory, () => false)) {
    throw new InputError(`${path} is a folder. Name a file to write.`);
  }
  await expectWritable(dirname(path));
}

const isThere = (path: string) => Deno.stat(path).then(() => true, () => false);

/** What to say where the disk is full, or null where `error` is another. */
function noRoom(error: unknown): string | null {
  const { code, message } = error as { code?: string; message?: string };
  if (code !== "ENOSPC") return null;
  return `error: No room on the disk: ${message}. Free some, or name another temporary folder in TMPDIR.`;
}

/**
 * Parses the arguments and runs the action. A fault of the user's is printed as one message, a defect
 * of ours with its stack; both end with exit status 1.
 */
export async function main(program: Command): Promise<void> {
  try {
    await program.parseAsync(Deno.args, { from: "user" });
  } catch (error) {
    console.error(error instanceof InputError ? `error: ${error.message}` : noRoom(error) ?? error);
    process.exitCode = 1;
  }
}
