/** `deno check` does not read notebooks: their cells are joined to a module and checked as one. */
import { basename, join, resolve } from "node:path";
import { output } from "../child_process.ts";
import { codeCells, type Notebook, readNotebook, sourceText } from "./notebook_file.ts";

/** The code cells of a notebook as one module; a comment before each cell gives its number. */
export function joinedCells(notebook: Notebook): string {
  const cells = codeCells(notebook).map((cell, i) => `// code cell ${i + 1}\n${sourceText(cell)}`);
  return [...cells, "export {};"].join("\n;\n") + "\n";
}

/**
 * Type-checks notebooks under the configuration at `root`; passes the compiler's words on. Packages that a
 * cell imports and deno.json does not name are not written into the workspace's deno.lock.
 */
export async function typeCheckNotebooks(
  paths: readonly string[],
  root = ".",
): Promise<{ readonly success: boolean; readonly output: string }> {
  const scratch = await Deno.makeTempDir({ prefix: "notebook_check_" });
  try {
    const modules = await Promise.all(paths.map(async (path) => {
      const module = join(scratch, basename(path, ".ipynb") + ".ts");
      await Deno.writeTextFile(module, joinedCells(await readNotebook(path)));
      return module;
    }));
    const lock = join(scratch, "deno.lock");
    await Deno.copyFile(resolve(root, "deno.lock"), lock);
    const { success, stderr } = await output(Deno.execPath(), {
      args: [
        ...["check", "--quiet", "--config", resolve(root, "deno.json"), "--lock", lock],
        ...modules,
      ],
      stdout: "null",
      stderr: "piped",
      cwd: root,
    });
    return { success, output: new TextDecoder().decode(stderr) };
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}
