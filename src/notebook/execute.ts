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

/** Memory that a kernel with TensorFlow and its images may need, bytes. */
const MEMORY_PER_KERNEL = 4e9;

/** How many notebooks run at a time where nothing else is said: two where processors and memory allow it. */
function atOnce(): number {
  const room = Math.floor(Deno.systemMemoryInfo().available / MEMORY_PER_KERNEL);
  return Math.max(1, Math.min(2, navigator.hardwareConcurrency, room));
}

/**
 * Executes the notebooks at `paths`, each in a kernel of its own whose working directory is `folder`. The
 * files stay as they are. Throws InputError where a cell fails; no further notebook is begun then.
 *
 * @param onCell called after each code cell with the number of cells done so far, over all notebooks
 * @param kernels how many notebooks run at a time; an execution does not depend on it
 */
export async function executeNotebooks(
  paths: readonly string[],
  folder: string,
  jupyter: Jupyter,
  onCell: (done: number, notebook: string) => void = () => {},
  kernels: number = atOnce(),
): Promise<Execution[]> {
  const scratch = await Deno.makeTempDir({ prefix: "notebooks_" });
  try {
    const targets = paths.map((_, i) => join(scratch, `${i}.ipynb`));
    const queue = paths.map((path, i) => [resolve(path), targets[i]] as const);
    let done = 0;
    const onEvent = (event: Event) => {
      if (event.event === "cell") onCell(++done, basename(event.source));
      if (event.event === "error") queue.length = 0;
    };
    const workers = Array.from(
      { length: Math.min(kernels, paths.length) },
      () => run(queue, resolve(folder), jupyter, onEvent),
    );
    const ended = await Promise.allSettled(workers);
    for (const worker of ended) if (worker.status === "rejected") throw worker.reason;
    const failures = ended.flatMap((worker) => worker.status === "fulfilled" ? worker.value : []);
    if (failures.length > 0) throw new InputError(failures.join("\n"));
    return await Promise.all(paths.map(async (path, i) => {
      const notebook = normalized(await readNotebook(targets[i]));
      return { path, notebook, lost: lostOutputs(notebook) };
    }));
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/** Notebooks that nobody has begun, [source, target] each; workers take from its front. */
type Queue = (readonly [string, string])[];

/** Milliseconds that execute.py is given to end its kernel. */
const PATIENCE_MS = 10_000;

/** Runs an execute.py until the queue is empty; one sentence for the notebook that failed. */
async function run(
  queue: Queue,
  folder: string,
  jupyter: Jupyter,
  onEvent: (event: Event) => void,
): Promise<string[]> {
  const child = spawn(jupyter.python, [join(import.meta.dirname!, "execute.py"), folder], {
    env: { ...jupyter.env, NO_COLOR: "1" },
  });
  const end = () => {
    queue.length = 0;
    child.kill("SIGTERM");
    Deno.unrefTimer(setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS));
  };
  return await endingWithUs(end, () => drive(child, queue, onEvent));
}

/** Gives the program notebooks, one at a time, and passes on what it tells. */
async function drive(
  child: ChildProcessWithoutNullStreams,
  queue: Queue,
  onEvent: (event: Event) => void,
): Promise<string[]> {
  const ended = once(child, "close"), stderr = text(child.stderr);
  const next = () => {
    const pair = queue.shift();
    if (pair === undefined) child.stdin.end();
    else child.stdin.write(JSON.stringify(pair) + "\n");
  };
  next();
  const failures: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const event: Event = JSON.parse(line);
    onEvent(event);
    if (event.event === "done") next();
    if (event.event === "error") {
      failures.push(
        `${basename(event.source)}, code cell ${event.cell}: ${event.message}. ` +
          'Open it with "deno task lab".',
      );
    }
  }
  const [code] = await ended;
  if (code !== 0 && failures.length === 0) {
    throw new Error(`execute.py ended with status ${code}:\n${await stderr}`);
  }
  return failures;
}
