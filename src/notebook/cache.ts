/** Remembers which notebooks are current, so that a second run has nothing to do. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { type Notebook, sourceText } from "./notebook_file.ts";

/** What an output depends on besides the notebook's own cells. */
const INPUTS = ["src", "data", "deno.json", "deno.lock", "paper/values.json"];

async function* files(path: string): AsyncGenerator<string> {
  const info = await Deno.stat(path).catch(() => null);
  if (info?.isFile) yield path;
  if (!info?.isDirectory) return;
  const names = (await Array.fromAsync(Deno.readDir(path))).map((entry) => entry.name).sort();
  for (const name of names) {
    if (name !== "__pycache__" && !name.endsWith(".lock")) yield* files(join(path, name));
  }
}

/** SHA-256 over the names and contents of all that notebooks can read, and over Deno's version. */
export async function inputsHash(root = "."): Promise<string> {
  const hash = createHash("sha256").update(Deno.version.deno);
  for (const input of INPUTS) {
    for await (const path of files(join(root, input))) {
      hash.update(`\n${path}\n`).update(await Deno.readFile(path));
    }
  }
  return hash.digest("hex");
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Identifies what a notebook's outputs follow from: the inputs and the sources of its cells. */
function key(inputs: string, notebook: Notebook): string {
  return sha256(JSON.stringify([inputs, notebook.cells.map((c) => [c.cell_type, sourceText(c)])]));
}

const markOf = (folder: string, inputs: string, notebook: Notebook) =>
  join(folder, "notebooks", key(inputs, notebook));

/** Whether the file text of `notebook` is what its execution on these inputs gave. */
export async function isCurrent(
  folder: string,
  inputs: string,
  notebook: Notebook,
  fileText: string,
): Promise<boolean> {
  const seen = await Deno.readTextFile(markOf(folder, inputs, notebook)).catch(() => "");
  return seen === sha256(fileText);
}

/** Notes in the cache `folder` that executing `notebook` on these inputs gave `fileText`. */
export async function remember(
  folder: string,
  inputs: string,
  notebook: Notebook,
  fileText: string,
): Promise<void> {
  await writeFileAtomically(markOf(folder, inputs, notebook), sha256(fileText));
}
