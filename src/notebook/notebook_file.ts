/** Notebook files (nbformat 4.5): reading, checking and writing them in one stable form. */
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../input_error.ts";

const text = z.union([z.string(), z.array(z.string())]);
const codeCell = z.looseObject({
  cell_type: z.literal("code"),
  id: z.string(),
  metadata: z.record(z.string(), z.unknown()),
  source: text,
  execution_count: z.number().nullable(),
  outputs: z.array(z.looseObject({ output_type: z.string() })),
});
const textCell = z.looseObject({
  cell_type: z.enum(["markdown", "raw"]),
  id: z.string(),
  source: text,
});
const notebook = z.looseObject({
  cells: z.array(z.discriminatedUnion("cell_type", [codeCell, textCell])),
  metadata: z.record(z.string(), z.unknown()),
  nbformat: z.literal(4),
  nbformat_minor: z.number().min(5),
});

export type CodeCell = z.infer<typeof codeCell>;
export type Notebook = z.infer<typeof notebook>;

/** Paths of the notebooks in `folder`, in the order of the study. */
export function allNotebooks(folder = "notebooks"): string[] {
  return [...Deno.readDirSync(folder)]
    .filter((entry) => entry.isFile && entry.name.endsWith(".ipynb"))
    .map((entry) => join(folder, entry.name)).sort();
}

/** The notebook in `json`; InputError, naming `path`, where it is none of nbformat 4.5 or later. */
export function parseNotebook(json: string, path: string): Notebook {
  try {
    const value: Notebook = JSON.parse(json);
    notebook.parse(value);
    return value; // not the copy that zod makes: it would reorder the keys
  } catch (error) {
    const reason = error instanceof z.ZodError
      ? error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).slice(0, 3).join("; ")
      : String(error);
    throw new InputError(
      `${path} is not a notebook of nbformat 4.5 or later (${reason}). ` +
        "Restore it from git, or save it again in JupyterLab.",
    );
  }
}

/** The notebook at `path`; InputError where it is missing or no notebook. */
export async function readNotebook(path: string): Promise<Notebook> {
  let json: string;
  try {
    json = await Deno.readTextFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`Cannot read the notebook ${path}: ${reason}. Check the name.`);
  }
  return parseNotebook(json, path);
}

/** Source of a cell as one string. */
export function sourceText(cell: { readonly source: string | readonly string[] }): string {
  return [cell.source].flat().join("");
}

export function codeCells(notebook: Notebook): readonly CodeCell[] {
  return notebook.cells.filter((cell) => cell.cell_type === "code");
}

/**
 * Whether a cell ends in an expression, whose value Jupyter shows. In formatted code a top-level
 * statement begins at the left margin, so the last such line tells.
 */
export function expectsOutput(code: string): boolean {
  const bare = code.replace(/`[^`]*`/g, "``").replace(/\/\*[^]*?\*\//g, "");
  const begins = bare.split("\n").filter((line) => /^[^\s)}\]/]/.test(line));
  const last = begins.at(-1);
  return last !== undefined &&
    !/^(const|let|import|export|type|interface|if|for|while|function|class)\b/.test(last);
}

/** Code cells, counted from 1, that should show a value and hold no output. */
export function lostOutputs(notebook: Notebook): number[] {
  return codeCells(notebook)
    .map((cell, i) => expectsOutput(sourceText(cell)) && cell.outputs.length === 0 ? i + 1 : 0)
    .filter((number) => number > 0);
}

/** Without what changes between two executions of equal cells: versions, moments, process ids. */
export function normalized(notebook: Notebook): Notebook {
  let count = 0;
  return {
    ...notebook,
    cells: notebook.cells.map((cell) => {
      if (cell.cell_type !== "code") return cell;
      const { execution: _, ...metadata } = cell.metadata;
      const execution_count = ++count;
      const outputs = cell.outputs.map((output) =>
        "execution_count" in output ? { ...output, execution_count } : output
      );
      return { ...cell, metadata, execution_count, outputs };
    }),
    metadata: {
      kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
      language_info: { file_extension: ".ts", mimetype: "text/x.typescript", name: "typescript" },
    },
  };
}

/** V8's, which TypeScript's library does not name yet: a value that is written as this text. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** Small numbers as Jupyter's Python writes them, so that a notebook saved there is the same file. */
const written = (_: string, value: unknown) =>
  typeof value === "number" && value !== 0 && Math.abs(value) < 1e-4
    ? rawJSON(value.toExponential().replace(/e-(\d)$/, "e-0$1"))
    : value;

/** The text of a notebook file, laid out as Jupyter does. */
export function serialize(notebook: Notebook): string {
  return JSON.stringify(notebook, written, 1) + "\n";
}
