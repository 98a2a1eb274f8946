/** Executes notebooks with the real Deno kernel, through nbclient in the `.venv`. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { basename, join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { endingWithUs } from "../child_process.ts";
import { InputError } from "../input_error.ts";
import type { Jupyter } from "./environment.ts";
import { lostOutputs, normalized, type Notebook, readNotebook } from "./notebook_file.ts";

/** One executed notebook, nothing written yet. */
export interface Execution {
  readonly path: string;
  readonly notebook: Notebook;
  /** Code cells, counted from 1, whose output did not arrive. */
  readonly lost: readonly number[];
}

type Event =
  | { readonly event: "start" | "done"; readonly source: string }
  | { readonly event: "cell"; readonly source: string; readonly cell: number }
  | {
    readonly event: "error";
    readonly source: string;
    readonly cell: number;
    readonly message: string;
  };

/**
 * Executes the notebooks at `paths` one after another, each in a kernel of its own whose working
 * directory is `folder`. The files stay as they are. Throws InputError where a cell fails.
 *
 * @param onCell called after each code cell with the number of cells done so far, over all notebooks
 */
export async function executeNotebooks(
  paths: readonly string[],
  folder: string,
  jupyter: Jupyter,
  onCell: (done: number, notebook: string) => void = () => {},
): Promise<Execution[]> {
  const scratch = await Deno.makeTempDir({ prefix: "notebooks_" });
  try {
    const targets = paths.map((_, i) => join(scratch, `${i}.ipynb`));
    const failures = await run(
      paths.map((path, i) => [resolve(path), targets[i]]),
      resolve(folder),
      jupyter,
      onCell,
    );
    if (failures.length > 0) throw new InputError(failures.join("\n"));
    return await Promise.all(paths.map(async (path, i) => {
      const notebook = normalized(await readNotebook(targets[i]));
      return { path, notebook, lost: lostOutputs(notebook) };
    }));
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/** Milliseconds that execute.py is given to end its kernel. */
const PATIENCE_MS = 10_000;

/** Runs execute.py; one sentence for each notebook that failed. */
async function run(
  pairs: [string, string][],
  folder: string,
  jupyter: Jupyter,
  onCell: (done: number, notebook: string) => void,
): Promise<string[]> {
  const child = spawn(jupyter.python, [join(import.meta.dirname!, "execute.py"), folder], {
    env: { ...jupyter.env, NO_COLOR: "1" },
  });
  const ended = once(child, "close");
  const end = () => {
    child.kill("SIGTERM");
    Deno.unrefTimer(setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS));
  };
  return await endingWithUs(end, () => events(child, ended, pairs, onCell));
}

async function events(
  child: ChildProcessWithoutNullStreams,
  ended: Promise<unknown[]>,
  pairs: [string, string][],
  onCell: (done: number, notebook: string) => void,
): Promise<string[]> {
  const stderr = text(child.stderr);
  child.stdin.end(JSON.stringify(pairs) + "\n");

  const failures: string[] = [];
  let done = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const event: Event = JSON.parse(line);
    const name = basename(event.source);
    if (event.event === "cell") onCell(++done, name);
    if (event.event === "error") {
      failures.push(
        `${name}, code cell ${event.cell}: ${event.message}. Open it with "deno task lab".`,
      );
    }
  }
  const [code] = await ended;
  if (code !== 0 && failures.length === 0) {
    throw new Error(`execute.py ended with status ${code}:\n${await stderr}`);
  }
  return failures;
}
