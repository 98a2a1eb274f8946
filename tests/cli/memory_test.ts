/** What is current, and what a change makes due. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { openMemory, type Product } from "@/cli/memory.ts";
import { moduleGraph } from "@/cli/module_graph.ts";
import { FIGURES, PRODUCTS } from "@/cli/products.ts";

/** A small workspace of two drawings that share a module. */
const FILES = {
  "deno.json": "{}",
  "deno.lock": "{}",
  "src/draw.ts": 'import { PLOTS } from "./plots.ts"; import "./pen.ts";',
  "src/plots.ts": 'import { one } from "./one.ts";\nimport { two } from "./two.ts";',
  "src/one.ts": 'import { scale } from "@/shared.ts";',
  "src/two.ts": 'import { scale } from "@/shared.ts";',
  "src/shared.ts":
    'const later = await import("./later.ts"); new URL("./kernel.cc", import.meta.url);',
  "src/later.ts": "",
  "src/kernel.cc": "",
  "src/pen.ts": "",
  "src/other.ts": "",
  "data/rows.csv": "1",
  "out/one.svg": "one",
  "out/two.svg": "two",
};

const product = (id: string): Product => ({
  makes: [`out/${id}.svg`],
  code: ["src/draw.ts", `src/${id}.ts`],
  leaves: ["src/plots.ts"],
  reads: ["data"],
});

async function inWorkspace(use: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    for (const [path, text] of Object.entries(FILES)) await write(root, path, text);
    await use(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function write(root: string, path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(join(root, path)), { recursive: true });
  await Deno.writeTextFile(join(root, path), text);
}

Deno.test("a module's graph holds all that it imports, now or later, and the files beside it", () =>
  inWorkspace(async (root) => {
    const shared = ["src/kernel.cc", "src/later.ts", "src/one.ts", "src/shared.ts"];
    assert.deepEqual(await moduleGraph(["src/one.ts"], [], root), shared);
    assert.deepEqual(
      await moduleGraph(["src/draw.ts"], ["src/plots.ts"], root),
      ["src/draw.ts", "src/pen.ts", "src/plots.ts"],
    );
    assert.ok((await moduleGraph(["src/draw.ts"], [], root)).includes("src/two.ts"));
  }));

Deno.test("a change makes due what follows from it, and that alone; undone, all is current again", () =>
  inWorkspace(async (root) => {
    const ids = ["one", "two"];
    const current = async () => {
      const memory = openMemory(join(root, "memory"), root);
      const flags = await Promise.all(ids.map((id) => memory.isCurrent(product(id))));
      return ids.filter((_, i) => flags[i]);
    };
    assert.deepEqual(await current(), [], "nothing was made yet");
    await openMemory(join(root, "memory"), root).made(ids.map(product), () => Promise.resolve());
    assert.deepEqual(await current(), ids);
    const changes: [string, string[]][] = [
      ["src/one.ts", ["two"]],
      ["out/two.svg", ["one"]],
      ["src/other.ts", ids],
      ["src/shared.ts", []],
      ["src/kernel.cc", []],
      ["src/pen.ts", []],
      ["data/rows.csv", []],
      ["data/new/more.csv", []],
      ["deno.lock", []],
    ];
    for (const [path, expected] of changes) {
      const before = await Deno.readTextFile(join(root, path)).catch(() => null);
      await write(root, path, `${before ?? ""} // changed`);
      assert.deepEqual(await current(), expected, path);
      if (before === null) await Deno.remove(join(root, path));
      else await write(root, path, before);
      assert.deepEqual(await current(), ids, `${path} as it was`);
    }
  }));

Deno.test("what fails to be made is not remembered", () =>
  inWorkspace(async (root) => {
    const memory = openMemory(join(root, "memory"), root);
    await assert.rejects(memory.made([product("one")], () => Promise.reject(new Error("failed"))));
    assert.equal(await memory.isCurrent(product("one")), false);
    await memory.made([product("one")], () => write(root, "out/one.svg", "drawn"));
    assert.equal(await memory.isCurrent(product("one")), true);
  }));

Deno.test("a figure follows from its own file and from what all share, not from the others' files", async () => {
  for (const [id, { code, leaves, makes }] of FIGURES) {
    const graph = await moduleGraph(code, leaves);
    const plots = [...FIGURES.keys()].filter((other) =>
      graph.includes(`src/figure/plots/${other}.ts`)
    );
    assert.deepEqual(plots, [id]);
    assert.ok(graph.includes("src/figure/grammar/render.ts") && graph.includes("src/table/io.ts"));
    assert.ok((await Promise.all(makes.map((path) => Deno.stat(path)))).every((f) => f.isFile));
  }
  const { values, paper } = PRODUCTS;
  const ofPaper = await moduleGraph(paper.code, paper.leaves);
  assert.ok(ofPaper.includes("src/figure/grammar/fonts.ts"));
  assert.ok(!ofPaper.some((path) => path.startsWith("src/figure/plots/")));
  assert.ok((await moduleGraph(values.code)).includes("src/stats/mod.ts"));
});

Deno.test("the site follows from the page's program, which no module of the command imports", async () => {
  const graph = await moduleGraph(PRODUCTS.site.code);
  assert.ok(["see", "walk", "compare"].every((name) => graph.includes(`src/explorer/${name}.ts`)));
  assert.ok(PRODUCTS.site.makes.includes("site/notebooks/17_why_cells_collapse.html"));
});
