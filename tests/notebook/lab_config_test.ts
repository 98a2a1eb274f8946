/** Saving as JupyterLab does, through its own contents manager; needs Python, as the notebooks do. */
import assert from "node:assert/strict";
import { dirname, join, resolve } from "node:path";
import { LAB_CONFIG, parseNotebook, prepareJupyter, serialize } from "../../src/notebook/mod.ts";

const COMMITTED = "notebooks/02_benchmark_and_reproducibility.ipynb";

/** The notebook as JupyterLab sends it after a second Run All with recorded times. */
function run(text: string): string {
  const { cells, metadata, ...rest } = parseNotebook(text, COMMITTED);
  let count = 50;
  return serialize({
    ...rest,
    metadata: {
      ...metadata,
      language_info: {
        ...metadata.language_info as object,
        version: "6.0.3",
        pygments_lexer: "typescript",
      },
    },
    cells: cells.map((cell) => {
      if (cell.cell_type !== "code") return cell;
      const execution_count = ++count;
      return {
        ...cell,
        execution_count,
        metadata: {
          ...cell.metadata,
          execution: { "iopub.status.busy": "2026-11-28T12:00:00.000Z" },
        },
        outputs: cell.outputs.map((output) =>
          "execution_count" in output ? { ...output, execution_count } : output
        ),
      };
    }),
  });
}

/** What stands at `path` of a new folder after `text` has been saved there. */
async function saved(text: string, path: string): Promise<string> {
  const { python, env } = await prepareJupyter();
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, dirname(path)), { recursive: true });
    await Deno.writeTextFile(join(folder, "sent.ipynb"), text);
    const { success, stderr } = await new Deno.Command(python, {
      args: [resolve("tests/notebook/saving.py"), "sent.ipynb", path, LAB_CONFIG],
      env,
      clearEnv: true,
      cwd: folder,
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    return await Deno.readTextFile(join(folder, path));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a notebook of the study that was run and saved is the committed file again", async () => {
  for (const path of [COMMITTED, "notebooks/19_memories_compared.ipynb"]) {
    const committed = await Deno.readTextFile(path);
    const sent = run(committed);
    assert.notEqual(sent, committed);
    assert.equal(await saved(sent, path), committed);
  }
});

Deno.test("a notebook of one's own is saved as it is, an output that differs as well", async () => {
  const committed = await Deno.readTextFile(COMMITTED);
  const sent = run(committed);
  assert.deepEqual(JSON.parse(await saved(sent, "notebooks/own/mine.ipynb")), JSON.parse(sent));
  const other = sent.replace("3.82 points", "3.83 points");
  assert.notEqual(other, sent);
  assert.equal(await saved(other, COMMITTED), committed.replace("3.82 points", "3.83 points"));
});
