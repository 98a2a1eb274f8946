/**
 * `deno fmt` for notebooks. Deno's own support for them never agrees with its own check: it wants a
 * line break after a cell's last line and does not write one. So cells are formatted as files.
 */
import { join, resolve } from "node:path";
import { InputError } from "../input_error.ts";
import { type Notebook, sourceText } from "./notebook_file.ts";

/** Lines of a source as notebook files hold them: each but the last with its line break. */
const lines = (source: string) => source.trimEnd().split(/(?<=\n)/);

/** The notebook with its code cells formatted by the rules of `deno.json` at `root`. */
export async function formatted(notebook: Notebook, root = "."): Promise<Notebook> {
  const scratch = await Deno.makeTempDir({ prefix: "notebook_format_" });
  const file = (i: number) => join(scratch, `cell_${i}.ts`);
  try {
    const code = [...notebook.cells.entries()].filter(([, cell]) => cell.cell_type === "code");
    for (const [i, cell] of code) await Deno.writeTextFile(file(i), sourceText(cell) + "\n");
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "fmt",
        "--quiet",
        "--config",
        resolve(root, "deno.json"),
        ...code.map(([i]) => file(i)),
      ],
      env: { NO_COLOR: "1" },
    }).output();
    if (!success) {
      throw new InputError(`A notebook cell cannot be read: ${new TextDecoder().decode(stderr)}`);
    }
    const cells = await Promise.all(
      notebook.cells.map(async (cell, i) =>
        cell.cell_type === "code"
          ? { ...cell, source: lines(await Deno.readTextFile(file(i))) }
          : cell
      ),
    );
    return { ...notebook, cells };
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}
