import assert from "node:assert/strict";
import { joinedCells, parseNotebook, typeCheckNotebooks } from "../../src/notebook/mod.ts";

const notebook = (...sources: string[]) =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: sources.map((source, i) => ({
      cell_type: "code",
      id: `c${i}`,
      metadata: {},
      source,
      execution_count: null,
      outputs: [],
    })),
  });

Deno.test("cells are joined in order, numbered, as one module", () => {
  assert.equal(
    joinedCells(parseNotebook(notebook("const x = 1;", "x;"), "n.ipynb")),
    "// code cell 1\nconst x = 1;\n;\n// code cell 2\nx;\n;\nexport {};\n",
  );
});

Deno.test("a type error across cells is found; the shared module's names are known", async () => {
  const folder = await Deno.makeTempDir();
  const check = async (...sources: string[]) => {
    await Deno.writeTextFile(`${folder}/n.ipynb`, notebook(...sources));
    return await typeCheckNotebooks([`${folder}/n.ipynb`]);
  };
  const load = 'import { space } from "@/mod.ts";';
  try {
    const good = await check(
      load,
      "const index: number = space.cellIndex([0, 0, 0, 0, 0, 0]);",
      "index;",
    );
    assert.equal(good.success, true, good.output);
    const bad = await check(load, "const index: string = space.cellIndex([0, 0, 0, 0, 0, 0]);");
    assert.equal(bad.success, false);
    assert.match(bad.output, /TS2322/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a package that only a cell imports is checked and not written into deno.lock", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const before = await Deno.readTextFile("deno.lock");
    await Deno.writeTextFile(
      `${folder}/n.ipynb`,
      notebook('import { mean } from "npm:simple-statistics@^7.12.0";\nmean([1]);'),
    );
    const { success, output } = await typeCheckNotebooks([`${folder}/n.ipynb`]);
    assert.equal(success, true, output);
    assert.equal(await Deno.readTextFile("deno.lock"), before);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
