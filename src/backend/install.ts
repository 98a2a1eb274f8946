/**
 * Brings the TensorFlow C library and the native binding of tfjs-node into `.cache/tensorflow`.
 *
 * The library comes out of a pinned wheel of TensorFlow, whose hash is checked; no code of the
 * wheel and no install script of an npm package is run. The binding is compiled from the sources in
 * the npm package, against that library. node_modules stays as Deno laid it out.
 */
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { CACHE } from "../cache.ts";
import { cleanEnvironment, output } from "../child_process.ts";
import { InputError } from "../input_error.ts";
import { withLock } from "../lock.ts";
import { checkHash, type Wheel, wheelFor, wrongHash } from "./wheel.ts";

/** Folder of the finished installation; its name changes with the recipe, so an old one is ignored. */
export const INSTALLATION = join(CACHE, "tensorflow", "2.15.1-4.22.0");

/** The native binding, which finds the library beside it. It exists only when all is ready. */
export const BINDING = join(INSTALLATION, "tfjs_binding.node");

const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

/** True where the binding stands ready. */
export function isInstalled(): boolean {
  try {
    return Deno.statSync(BINDING).isFile;
  } catch {
    return false;
  }
}

/**
 * Installs where needed; returns at once where all is ready. Of two installations at the same time, the
 * second waits and finds all ready.
 *
 * @param wheel path of the wheel where it was fetched by other means; its hash is checked all the same
 * @param say told each step
 * @throws InputError for a missing tool, no network, a wrong hash, an unsupported system
 */
export async function install(
  wheel: string | undefined,
  say: (step: string) => void,
): Promise<void> {
  if (isInstalled()) return;
  const pinned = wheelFor(Deno.build);
  if (Deno.build.arch !== "x86_64") say(`on ${Deno.build.arch} this compiles, and was never run`);
  const needed = `import zipfile${wheel === undefined ? ", venv, ensurepip" : ""}`;
  await requireTool("python3", ["-c", needed], "Python 3 with venv");
  await requireTool("g++", ["--version"], "the C++ compiler g++");
  const parent = dirname(INSTALLATION);
  await withLock(join(parent, "lock"), async () => {
    if (!isInstalled()) await installInto(parent, pinned, wheel, say);
  });
}

async function installInto(
  parent: string,
  pinned: Wheel,
  wheel: string | undefined,
  say: (step: string) => void,
): Promise<void> {
  const work = await workFolder(parent);
  try {
    if (wheel === undefined) {
      say(`downloading ${pinned.requirement} (${pinned.megabytes} MB)`);
      wheel = await download(work, pinned);
    } else await checkHash(wheel, pinned);
    say("unpacking the library");
    await unpack(wheel, work);
    say("compiling the binding");
    await compile(work);
    await Deno.remove(join(work, "include"), { recursive: true });
    await Deno.chmod(work, 0o755);
    await Deno.rename(work, INSTALLATION);
  } finally {
    await Deno.remove(work, { recursive: true }).catch(() => {});
  }
}

async function workFolder(parent: string): Promise<string> {
  try {
    await Deno.mkdir(parent, { recursive: true });
    return await Deno.makeTempDir({ dir: parent, prefix: "part-" });
  } catch (error) {
    throw new InputError(
      `Cannot write to ${parent}: ${
        (error as Error).message
      }. Check its permissions and free space.`,
    );
  }
}

/**
 * Fetches the wheel with pip, which checks the hash and draws its own progress bar. The pip is that of a
 * virtual environment made for this: not every Python comes with one.
 */
async function download(
  folder: string,
  pinned: Wheel,
): Promise<string> {
  const { requirement, platform, sha256 } = pinned;
  const requirements = join(folder, "requirements.txt");
  await Deno.writeTextFile(requirements, `${requirement} --hash=sha256:${sha256}\n`);
  const venv = join(folder, "venv");
  await run("python3", ["-m", "venv", venv], "Cannot make a virtual environment");
  const { success, stderr } = await output(join(venv, "bin", "python"), {
    env: environment(),
    clearEnv: true,
    // deno-fmt-ignore
    args: [
      "-m", "pip", "download", "--disable-pip-version-check", "--no-deps", "--no-cache-dir",
      "--only-binary=:all:", "--require-hashes", "--python-version", "3.11",
      "--implementation", "cp", "--abi", "cp311", "--platform", platform,
      "--dest", folder, "--requirement", requirements,
    ],
    // pip's bar is for who watches; in a pipe it would stand among what the command itself prints
    stdout: Deno.stdout.isTerminal() ? "inherit" : "null",
    stderr: "piped",
  });
  await Deno.remove(venv, { recursive: true });
  if (!success) {
    const said = new TextDecoder().decode(stderr);
    if (/DO NOT MATCH THE HASHES/i.test(said)) throw wrongHash("the package index's file", pinned);
    throw new InputError(
      `Cannot download ${requirement}: pip says\n${lastWords(said, 3)}\n` +
        "Check the network and the free space, or fetch the wheel elsewhere and run " +
        "`deno task setup --wheel FILE`.",
    );
  }
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".whl")) return join(folder, name);
  }
  throw new Error("pip reported success and left no wheel");
}

const UNPACK = `
import os, shutil, sys, zipfile
wheel, folder, libraries = sys.argv[1], sys.argv[2], sys.argv[3:]
headers = ("include/tensorflow/c/", "include/tensorflow/core/platform/ctstring",
           "include/tsl/", "include/xla/tsl/")
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        path = name.removeprefix("tensorflow/")
        if path in libraries: path = "lib/" + path
        elif not (path.startswith(headers) and path.endswith(".h")): continue
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(name) as source, open(target, "wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)
`;

async function unpack(wheel: string, folder: string): Promise<void> {
  await run("python3", ["-c", UNPACK, wheel, folder, ...LIBRARIES], "Cannot unpack the wheel");
  if (dirname(wheel) === folder) await Deno.remove(wheel);
  const libraries = LIBRARIES.map((name) => join(folder, "lib", name));
  await succeeds("strip", ["--strip-unneeded", ...libraries]); // smaller; not needed where binutils are missing
}

async function compile(folder: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const tfjs = dirname(require.resolve("@tensorflow/tfjs-node/package.json"));
  const headers = dirname(require.resolve("node-api-headers/package.json"));
  // deno-fmt-ignore
  await run("g++", [
    "-std=c++17", "-O2", "-fPIC", "-shared", "-w", "-DNAPI_VERSION=8",
    "-I", join(headers, "include"), "-I", join(folder, "include"), "-I", tfjs,
    join(tfjs, "binding/tfjs_backend.cc"), join(tfjs, "binding/tfjs_binding.cc"),
    "-o", join(folder, basename(BINDING)), "-L", join(folder, "lib"),
    ...LIBRARIES.map((name) => `-l:${name}`), "-Wl,-rpath,$ORIGIN/lib",
  ], "Cannot compile the binding");
}

const environment = () => cleanEnvironment(Deno.env.toObject());

async function run(tool: string, args: string[], failure: string): Promise<void> {
  const options = { args, env: environment(), clearEnv: true, stdout: "null" } as const;
  const { success, stderr } = await output(tool, { ...options, stderr: "piped" });
  if (success) return;
  const said = lastWords(new TextDecoder().decode(stderr), 5);
  throw new InputError(
    `${failure}: ${tool} says\n${said}\nCheck the free space of ${dirname(INSTALLATION)}.`,
  );
}

/** The last `count` lines of a tool's message; a Python traceback's inner lines say nothing to a user. */
function lastWords(said: string, count: number): string {
  const lines = said.trim().split("\n").filter((line) => !/^(\s|Traceback)/.test(line));
  return lines.slice(-count).join("\n");
}

async function requireTool(tool: string, args: string[], name: string): Promise<void> {
  if (!await succeeds(tool, args)) {
    throw new InputError(
      `\`deno task setup\` needs ${name}, and \`${[tool, ...args].join(" ")}\` does not run. ` +
        "Install it (Debian, Ubuntu: apt install g++ python3-venv) and run the task again.",
    );
  }
}

/** True where the tool is there and ends well. */
async function succeeds(tool: string, args: string[]): Promise<boolean> {
  try {
    const options = { args, env: environment(), clearEnv: true } as const;
    const command = new Deno.Command(tool, { ...options, stdout: "null", stderr: "null" });
    return (await command.output()).success;
  } catch {
    return false;
  }
}
