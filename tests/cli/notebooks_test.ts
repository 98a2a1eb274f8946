import assert from "node:assert/strict";
import { runCommand } from "./run.ts";

Deno.test("a notebook that is missing or none is one message and exit status 1", async () => {
  const file = await Deno.makeTempFile({ suffix: ".ipynb" });
  try {
    for (const path of ["notebooks/none.ipynb", file]) {
      const { code, err } = await runCommand("notebooks.ts", [path]);
      assert.equal(code, 1);
      assert.match(err, new RegExp(`^error: .*${path.replaceAll(".", "\\.")}`));
      assert.doesNotMatch(err, /\n\s+at /);
    }
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("a cell without its output leaves the notebook as it was", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/silent.ipynb`;
  const text = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [{
      cell_type: "code",
      id: "silent",
      metadata: {},
      source: "undefined;",
      execution_count: null,
      outputs: [],
    }],
  });
  try {
    await Deno.writeTextFile(path, text);
    const { code, err } = await runCommand("notebooks.ts", [path]);
    assert.equal(code, 1);
    assert.match(err, /No output came from silent\.ipynb code cell 1/);
    assert.equal(await Deno.readTextFile(path), text);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
