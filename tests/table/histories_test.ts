import assert from "node:assert/strict";
import {
  type Histories,
  historiesFile,
  readAllHistories,
  readHistories,
  writeHistories,
} from "../../src/table/mod.ts";

const histories: Histories = {
  method: "successive_halving",
  guide: "hwt@1d",
  queries: 3,
  seeds: [4, 7],
  cells: Uint16Array.of(0, 15_624, 3, 9, 8, 7),
  visible: ["baseline", "hwt", "hwt@1d"],
  metrics: Uint8Array.of(0, 1, 2, 0, 0, 0),
};

async function inFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("histories come back as they were written; equal histories, equal bytes", () =>
  inFolder(async (folder) => {
    const [a, b] = [`${folder}/a.parquet`, `${folder}/b.parquet`];
    await writeHistories(a, histories);
    assert.deepEqual(await readHistories(a), histories);
    await writeHistories(b, await readHistories(a));
    assert.deepEqual(await Deno.readFile(a), await Deno.readFile(b));
    const blind = {
      ...histories,
      method: "random_search",
      guide: null,
      visible: [],
      metrics: null,
    };
    await writeHistories(a, blind);
    assert.deepEqual(await readHistories(a), blind);
    assert.deepEqual((await readAllHistories(folder)).map(({ method }) => method), [
      "random_search",
      "successive_halving",
    ]);
  }));

Deno.test("file names; a folder that is not there has no histories", async () => {
  assert.equal(historiesFile("bananas", "hwt@1d"), "bananas.hwt@1d.parquet");
  assert.equal(historiesFile("random_search", null), "random_search.parquet");
  assert.deepEqual(await readAllHistories("no/such/folder"), []);
});

Deno.test("cells out of range and runs of unequal length are refused, by file and row", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.parquet`;
    await writeHistories(path, { ...histories, cells: Uint16Array.of(0, 1, 20_000, 1, 2, 3) });
    await assert.rejects(readHistories(path), /a\.parquet: row 2 has cell_index 20000/);
    await writeHistories(path, { ...histories, seeds: [4, 4] });
    await assert.rejects(readHistories(path), { name: "InputError" });
    await assert.rejects(readHistories(`${folder}/b.parquet`), /there is no such file/);
  }));
