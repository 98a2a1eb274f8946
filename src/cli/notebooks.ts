/** `deno task notebooks`: executes every notebook with the Deno kernel and stores the outputs. */
import { basename, join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { CACHE } from "../cache.ts";
import { InputError } from "../input_error.ts";
import { withLock } from "../lock.ts";
import {
  allNotebooks,
  codeCells,
  executeNotebooks,
  formatted,
  inputsHash,
  isCurrent,
  prepareJupyter,
  readNotebook,
  remember,
  serialize,
  typeCheckNotebooks,
} from "../notebook/mod.ts";
import { command, main, userPath } from "./command.ts";
import { withProgress } from "./progress.ts";

const FOLDER = "notebooks";

async function execute(given: string[], force: boolean): Promise<void> {
  const inputs = await inputsHash();
  const all = await Promise.all(
    (given.length > 0 ? given : allNotebooks(FOLDER)).map(async (path) => {
      const notebook = await formatted(await readNotebook(path));
      const text = await Deno.readTextFile(path);
      const current = !force && await isCurrent(CACHE, inputs, notebook, text);
      return { path, notebook, text, current };
    }),
  );
  const due = all.filter((n) => !n.current);
  if (due.length > 0) {
    await expectSound(due.map((n) => n.path));
    const jupyter = await prepareJupyter(".", (note) => console.error(`${note} ...`));
    const cells = due.reduce((sum, n) => sum + codeCells(n.notebook).length, 0);
    const executions = await withProgress(
      "notebooks",
      cells,
      (onProgress) => executeNotebooks(due.map((n) => n.path), FOLDER, jupyter, onProgress),
    );
    const lost = executions.filter((e) => e.lost.length > 0);
    if (lost.length > 0) {
      const where = lost.map((e) => `${basename(e.path)} code cell ${e.lost.join(", ")}`);
      throw new InputError(
        `No output came from ${where.join("; ")}. Nothing was written. End each cell in a value, ` +
          "or in a declaration where it has nothing to show; if it does, run the command again.",
      );
    }
    for (const [i, { path, notebook: executed }] of executions.entries()) {
      const notebook = await formatted(executed);
      const text = serialize(notebook);
      if (text !== due[i].text) await writeFileAtomically(path, text);
      await remember(CACHE, inputs, notebook, text);
    }
  }
  console.log(
    `${all.length} notebooks in ${FOLDER}/: ${due.length} executed, ` +
      `${all.length - due.length} already current`,
  );
}

/** Refuses notebooks whose cells do not pass the type checker, before minutes are spent on executing them. */
async function expectSound(paths: readonly string[]): Promise<void> {
  const { success, output } = await typeCheckNotebooks(paths);
  if (success) return;
  throw new InputError(
    `The cells do not pass the type checker, so nothing was executed. Each place below is a notebook by its name, ` +
      `and the comment above it the number of the code cell:\n${output.trim()}`,
  );
}

const program = command("notebooks", "Executes notebooks with the Deno kernel, stores the outputs.")
  .argument("[notebooks...]", "notebook files (default: all of notebooks/)")
  .option("--force", "execute also those whose cells, code and data have not changed")
  .action(async (given: string[], options: { force?: boolean }) => {
    const paths = given.map(userPath);
    await Promise.all(paths.map(readNotebook)); // what is none is refused before another is waited for
    await withLock(
      join(CACHE, "notebooks.lock"),
      () => execute(paths, options.force === true),
    );
  });

await main(program);
