import assert from "node:assert/strict";
import { inputsHash, isCurrent, type Notebook, remember } from "../../src/notebook/mod.ts";

const notebook = (source: string): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [{ cell_type: "markdown", id: "a", source }],
});

Deno.test("a notebook is current until its cells, its file or the inputs change", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await remember(folder, "inputs", notebook("one"), "text");
    assert.equal(await isCurrent(folder, "inputs", notebook("one"), "text"), true);
    assert.equal(await isCurrent(folder, "inputs", notebook("two"), "text"), false);
    assert.equal(await isCurrent(folder, "inputs", notebook("one"), "edited"), false);
    assert.equal(await isCurrent(folder, "others", notebook("one"), "text"), false);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the hash of the inputs follows every source and data file", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/src/room`, { recursive: true });
    await Deno.writeTextFile(`${folder}/src/room/a.ts`, "1");
    const first = await inputsHash(folder);
    assert.equal(await inputsHash(folder), first);
    await Deno.writeTextFile(`${folder}/src/room/a.ts`, "2");
    const second = await inputsHash(folder);
    assert.notEqual(second, first);
    await Deno.mkdir(`${folder}/data`);
    await Deno.writeTextFile(`${folder}/data/rows.parquet`, "");
    assert.notEqual(await inputsHash(folder), second);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
