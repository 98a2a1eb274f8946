/** The `.venv` of the workspace: pinned, hash-locked Jupyter packages and the Deno kernel's spec. */
import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { cleanEnvironment, output } from "../child_process.ts";
import { InputError } from "../input_error.ts";
import { withLock } from "../lock.ts";

/** What it takes to start a Jupyter program. */
export interface Jupyter {
  /** Absolute path of the `.venv`'s interpreter. */
  readonly python: string;
  /**
   * The whole environment of a Jupyter program: the user's without their settings of Python, pip, Jupyter
   * and Deno, and with those that keep Jupyter inside the `.venv`: it writes nothing to the user's home.
   */
  readonly env: Readonly<Record<string, string>>;
}

const HERE = import.meta.dirname!;

/** Configuration file of JupyterLab: the study's notebooks are saved as `deno task notebooks` writes them. */
export const LAB_CONFIG = join(HERE, "lab_config.py");

const OLDEST = [3, 11];

interface Ran {
  readonly ok: boolean;
  readonly text: string;
}

/** Runs a program; null where there is no such program. */
async function run(program: string, args: string[]): Promise<Ran | null> {
  try {
    const env = cleanEnvironment(Deno.env.toObject());
    const piped = { args, env, clearEnv: true, stdout: "piped", stderr: "piped" } as const;
    const { success, stdout, stderr } = await output(program, piped);
    const text = [stdout, stderr].map((b) => new TextDecoder().decode(b)).join("");
    return { ok: success, text: text.trim() };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/**
 * The first of `candidates` that is Python 3.11 or later and can make virtual environments. Throws
 * InputError saying what was found instead.
 */
export async function findPython(candidates = ["python3", "python"]): Promise<string> {
  const probe = "import sys; print(*sys.version_info[:3], sep='.'); import venv, ensurepip";
  const found: string[] = [];
  for (const candidate of candidates) {
    const ran = await run(candidate, ["-c", probe]);
    if (ran === null) continue;
    const [major, minor] = ran.text.split(".").map(Number);
    const recent = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
    if (ran.ok && recent) return candidate;
    found.push(
      recent
        ? `${candidate} lacks venv or ensurepip (Debian: apt-get install python3-venv)`
        : `${candidate} is ${ran.text.split("\n")[0]}`,
    );
  }
  const instead = found.length > 0 ? found.join(", ") : `no ${candidates.join(" or ")} on the PATH`;
  throw new InputError(
    `The notebooks need Python ${OLDEST.join(".")} or later with venv, but found ${instead}. ` +
      "Install it (python.org, or your system's packages) and run the command again; " +
      "figures, values and paper work without Python.",
  );
}

/** The Jupyter of the workspace at `root`, whether it has been made already or not. */
export function jupyterEnvironment(root = "."): Jupyter {
  const venv = resolve(root, ".venv");
  return {
    python: join(venv, "bin", "python"),
    env: {
      ...cleanEnvironment(Deno.env.toObject()),
      JUPYTER_PREFER_ENV_PATH: "1",
      JUPYTER_CONFIG_DIR: join(venv, "etc", "jupyter"),
      JUPYTER_DATA_DIR: join(venv, "share", "jupyter"),
      JUPYTER_RUNTIME_DIR: join(venv, "run"),
      JUPYTERLAB_SETTINGS_DIR: join(venv, "etc", "lab", "settings"),
      JUPYTERLAB_WORKSPACES_DIR: join(venv, "etc", "lab", "workspaces"),
      IPYTHONDIR: join(venv, "etc", "ipython"),
      PYDEVD_DISABLE_FILE_VALIDATION: "1",
      PYTHONNOUSERSITE: "1",
      PYTHONUNBUFFERED: "1",
      PYTHONDONTWRITEBYTECODE: "1",
    },
  };
}

/**
 * Makes `.venv` below `root` where it is missing or out of date, and points its kernel spec at the
 * Deno that runs this program. A few milliseconds where there is nothing to do.
 *
 * @param note called with a sentence before something slow begins
 */
export async function prepareJupyter(
  root = ".",
  note: (text: string) => void = () => {},
): Promise<Jupyter> {
  const jupyter = jupyterEnvironment(root);
  const venv = resolve(root, ".venv");
  const lock = join(HERE, "requirements.txt");
  const stamp = join(venv, "requirements.sha256");
  const wanted = createHash("sha256").update(await Deno.readFile(lock)).digest("hex");
  const isReady = async () =>
    await Deno.readTextFile(stamp).catch(() => "") === wanted &&
    (await run(jupyter.python, ["-c", ""]))?.ok === true;
  if (!await isReady()) {
    await withLock(`${venv}.lock`, async () => {
      if (await isReady()) return; // made by the command that was waited for
      const python = await findPython();
      note("installing the pinned Jupyter packages into .venv, once");
      await Deno.remove(venv, { recursive: true }).catch(() => {});
      await install(python, venv, jupyter.python, lock);
      await writeFileAtomically(stamp, wanted);
    });
  }
  await writeKernelSpec(venv, jupyter.python);
  return jupyter;
}

async function install(python: string, venv: string, venvPython: string, lock: string) {
  const steps: [string, string[]][] = [
    [python, ["-m", "venv", venv]],
    [venvPython, [
      ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"],
      ...["--require-hashes", "--only-binary", ":all:", "-r", lock],
    ]],
  ];
  for (const [program, args] of steps) {
    const ran = await run(program, args);
    if (ran?.ok) continue;
    const errors = (ran?.text ?? "not found").split("\n").filter((l) => !l.startsWith("WARNING"));
    throw new InputError(
      `Cannot set up the Jupyter packages in ${venv}: ${errors.slice(-3).join(" ")} ` +
        "Check the network and the free space, then run the command again.",
    );
  }
}

/** The spec names the Deno executable: the kernel works where `deno` is not on the PATH (npx). */
async function writeKernelSpec(venv: string, python: string): Promise<void> {
  const spec = {
    argv: [python, join(HERE, "deno_kernel.py"), "{connection_file}", Deno.execPath()],
    display_name: "Deno",
    language: "typescript",
    interrupt_mode: "message",
  };
  const settings = {
    "@jupyterlab/apputils-extension:notification": { checkForUpdates: false, fetchNews: "false" },
  };
  const files: [string, unknown][] = [
    [join(venv, "share", "jupyter", "kernels", "deno", "kernel.json"), spec],
    [join(venv, "share", "jupyter", "lab", "settings", "overrides.json"), settings],
  ];
  for (const [path, content] of files) {
    const text = JSON.stringify(content, null, 2) + "\n";
    if (await Deno.readTextFile(path).catch(() => "") !== text) {
      await writeFileAtomically(path, text);
    }
  }
}
