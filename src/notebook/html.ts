/** Notebooks as HTML: what nbconvert makes of their cells, with no script and no style, which are the page's. */
import { basename, join } from "node:path";
import { output } from "../child_process.ts";
import { InputError } from "../input_error.ts";
import type { Jupyter } from "./environment.ts";
import { type CodeCell, type Notebook, readNotebook } from "./notebook_file.ts";

/**
 * Outside scripts of nbconvert's pages, switched off one by one: the template without any is not asked for
 * them, another one would be.
 */
const NO_SCRIPTS = ["mathjax_url", "require_js_url", "jquery_url", "mermaid_js_url"]
  .map((name) => `--HTMLExporter.${name}=`);

const NBCONVERT = [
  ...["-m", "nbconvert", "--to", "html", "--template", "basic", "--log-level=ERROR"],
  ...["--HTMLExporter.exclude_anchor_links=True", ...NO_SCRIPTS],
];

/** Markup of the cells of each notebook, in the order of `paths`; equal whenever the notebooks are. */
export async function notebookHtml(
  paths: readonly string[],
  { python, env }: Jupyter,
): Promise<readonly string[]> {
  const scratch = await Deno.makeTempDir({ prefix: "notebook_html_" });
  try {
    for (const path of paths) {
      const notebook = withAlternativeTexts(await readNotebook(path));
      await Deno.writeTextFile(join(scratch, basename(path)), JSON.stringify(notebook));
    }
    const files = paths.map((path) => join(scratch, basename(path)));
    const { success, stderr } = await output(python, {
      args: [...NBCONVERT, "--output-dir", scratch, ...files],
      env,
      clearEnv: true,
      stdout: "null",
      stderr: "piped",
    });
    if (!success) {
      const reason = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
      throw new InputError(
        `nbconvert could not turn the notebooks into HTML: ${reason}. Execute them again with ` +
          "`deno task notebooks`.",
      );
    }
    return await Promise.all(
      files.map((file) => Deno.readTextFile(file.replace(/\.ipynb$/, ".html"))),
    );
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/**
 * A copy in which every picture is a PNG whose alternative text is what its output says in plain text:
 * nbconvert would prefer SVG, which it shows without one.
 */
function withAlternativeTexts(notebook: Notebook): Notebook {
  const said = (output: CodeCell["outputs"][number]) => {
    const { "image/svg+xml": _, ...data } = (output.data ?? {}) as Readonly<
      Record<string, string | readonly string[]>
    >;
    if (data["image/png"] === undefined) return output;
    const alt = [data["text/plain"] ?? ""].flat().join("").replace(/\s+/g, " ");
    return { ...output, data, metadata: { "image/png": { alt } } };
  };
  return {
    ...notebook,
    cells: notebook.cells.map((cell) =>
      cell.cell_type === "code" ? { ...cell, outputs: cell.outputs.map(said) } : cell
    ),
  };
}
