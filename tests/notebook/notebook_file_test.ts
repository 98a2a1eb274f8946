import assert from "node:assert/strict";
import {
  allNotebooks,
  codeCells,
  expectsOutput,
  formatted,
  lostOutputs,
  normalized,
  type Notebook,
  parseNotebook,
  readNotebook,
  serialize,
} from "../../src/notebook/mod.ts";

/** A notebook of code cells, each with or without one output. */
function notebookOf(...cells: [source: string, outputs: number][]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map(([source, outputs], i) => ({
      cell_type: "code",
      id: `c${i}`,
      metadata: { execution: { "iopub.status.busy": "2026-01-01T00:00:00Z" } },
      source,
      execution_count: 40 + i,
      outputs: Array.from({ length: outputs }, () => ({
        output_type: "execute_result",
        execution_count: 40 + i,
        data: {},
        metadata: {},
      })),
    })),
  };
}

Deno.test("a cell that ends in an expression expects an output, one that ends in a declaration none", () => {
  const shown = [
    "x;",
    'import { x } from "./x.ts";\nx;',
    "const x = 1;\nchart({\n  x,\n});",
    "table\n  .filter((d) => d.x)\n  .select(\n    x,\n  );",
    "`text\nconst in text`;",
    "await compute();\n// a remark",
  ];
  const silent = [
    'import { x } from "./x.ts";',
    "const x = 1;",
    "x;\nconst y = {\n  x,\n};",
    "const text = `one\ntwo;\nthree`;",
    "if (LIVE) {\n  run();\n}",
    "// a remark",
    "",
  ];
  assert.deepEqual(shown.map(expectsOutput), shown.map(() => true));
  assert.deepEqual(silent.map(expectsOutput), silent.map(() => false));
});

Deno.test("lost outputs are counted by code cell, from 1", () => {
  assert.deepEqual(lostOutputs(notebookOf(["1;", 1], ["2;", 0], ["const x = 3;", 0], ["4;", 0])), [
    2,
    4,
  ]);
});

Deno.test("a normalized notebook holds no moment and no count of earlier executions", () => {
  const text = serialize(normalized(notebookOf(["1;", 1], ["2;", 1])));
  assert.doesNotMatch(text, /2026-01-01|4[01]/);
  assert.match(text, /"execution_count": 2/);
});

Deno.test("small numbers are written as Python writes them: what Jupyter saves is the same file", () => {
  const numbers = [1.6e-6, -5.84e-7, 0.0001, 0.00009999, 1e-10, 1.5e-123, 0, 1, 2.5, 1e21];
  const text = serialize({ ...notebookOf(), metadata: { numbers } });
  // Python: json.dumps(numbers)
  const python = "1.6e-06, -5.84e-07, 0.0001, 9.999e-05, 1e-10, 1.5e-123, 0, 1, 2.5, 1e+21";
  assert.equal(text.match(/"numbers": \[([^\]]*)\]/)?.[1].trim().replace(/\s+/g, " "), python);
});

Deno.test("cells are formatted by the rules of deno.json; text and outputs stay", async () => {
  const [cell] = codeCells(await formatted(notebookOf(["const a=1\na", 1])));
  assert.deepEqual(cell.source, ["const a = 1;\n", "a;"]);
  assert.equal(cell.outputs.length, 1);
  await assert.rejects(formatted(notebookOf(["const = = ;(", 0])), { name: "InputError" });
});

Deno.test("what is no notebook is an error that names the file", () => {
  for (const json of ["", "{}", '{"cells": [], "metadata": {}, "nbformat": 3}']) {
    assert.throws(() => parseNotebook(json, "notebooks/x.ipynb"), {
      name: "InputError",
      message: /notebooks\/x\.ipynb/,
    });
  }
});

Deno.test("committed notebooks are formatted, hold all their outputs, no error and nothing of the machine", async () => {
  const paths = allNotebooks();
  assert.ok(paths.length > 0);
  for (const path of paths) {
    const notebook = await readNotebook(path);
    const text = await Deno.readTextFile(path);
    assert.deepEqual(lostOutputs(notebook), [], path);
    assert.equal(new Set(notebook.cells.map(({ id }) => id)).size, notebook.cells.length, path);
    const clean = serialize(normalized(await formatted(notebook)));
    assert.equal(text, clean, `${path}: run deno task notebooks`);
    assert.doesNotMatch(text, /"output_type": "error"|file:\/\/|\\u001b\[|\/home\/|\/root\//, path);
  }
});
