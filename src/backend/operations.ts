/**
 * Operations of our own, in C++ beside the room that uses them: compiled against the installed library on
 * first use, kept in `.cache/tensorflow` under the hash of their source and its headers, and registered with TensorFlow.
 */
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../input_error.ts";
import { INSTALLATION } from "./install.ts";

/**
 * No contraction to fused multiply-add: results are the same on every processor. Never unloaded: TensorFlow
 * keeps pointers to what was registered, although the realm that loaded it may end before the process.
 */
const FLAGS = [
  "-O3",
  "-std=c++17",
  "-shared",
  "-fPIC",
  "-fopenmp",
  "-ffp-contract=off",
  "-fno-math-errno",
  "-fno-trapping-math",
  "-Wno-psabi",
  "-Wl,-z,nodelete",
];

/**
 * Compiles `source` where needed, loads it and calls its function `register`, which returns 1 on success.
 * Once per process and source.
 *
 * @throws InputError where the compiler is missing or fails
 */
export async function loadOperations(source: URL, register: string): Promise<void> {
  const text = await Deno.readTextFile(source);
  const hash = createHash("sha256").update(text).update(FLAGS.join(" "))
    .update(basename(INSTALLATION));
  for (const [, header] of text.matchAll(/^#include "(.+)"/gm)) {
    hash.update(await Deno.readTextFile(new URL(header, source)));
  }
  const library = join(
    dirname(INSTALLATION),
    `operations-${hash.digest("hex").slice(0, 12)}.so`,
  );
  if (!await exists(library)) await compile(fileURLToPath(source), library);
  // Threads that wait must sleep, for TensorFlow's own need the processors; and there are as many of them.
  setDefault("OMP_WAIT_POLICY", "passive");
  setDefault("OMP_NUM_THREADS", Deno.env.get("TF_NUM_INTRAOP_THREADS"));
  const { symbols } = Deno.dlopen(library, { [register]: { parameters: [], result: "i32" } });
  if ((symbols[register] as () => number)() !== 1) {
    throw new Error(`TensorFlow did not accept the operations of ${source}.`);
  }
}

async function compile(source: string, library: string): Promise<void> {
  const lib = join(INSTALLATION, "lib"), part = `${library}.${crypto.randomUUID()}`;
  // Relative to the library itself: an absolute path may hold characters that have a meaning to the linker.
  const rpath = `-Wl,-rpath,$ORIGIN/${basename(INSTALLATION)}/lib`;
  const args = [...FLAGS, source, "-o", part, `-L${lib}`, rpath];
  args.push("-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2");
  const compiler = new Deno.Command("g++", { args, stdout: "null", stderr: "piped" });
  let result: Deno.CommandOutput;
  try {
    result = await compiler.output(); // throws at once where there is no such program
  } catch {
    throw new InputError(
      "The C++ compiler g++ is missing. Install it (Debian, Ubuntu: apt install g++) and run the " +
        "command again.",
    );
  }
  if (!result.success) {
    const said = new TextDecoder().decode(result.stderr).trim().split("\n").slice(0, 5).join("\n");
    throw new InputError(
      `g++ cannot compile ${source}:\n${said}\n` +
        `Check the compiler and the free space of ${dirname(library)}.`,
    );
  }
  await Deno.rename(part, library);
}

function setDefault(name: string, value: string | undefined): void {
  if (value !== undefined && Deno.env.get(name) === undefined) Deno.env.set(name, value);
}

const exists = (path: string) => Deno.stat(path).then(() => true, () => false);
