import assert from "node:assert/strict";
import { parseFigureId } from "../../src/figure/mod.ts";
import { runCommand, runCommands } from "./run.ts";

/** The command in `folder`, as from a clone there, with each of `asked` in one process. */
const figures = (folder: string, ...asked: readonly (readonly string[])[]) =>
  runCommands(asked.map((args) => ["figures.ts", args]), { cwd: folder });

Deno.test("only the named figures are drawn, equal to the committed ones; --width column draws beside figures/ and says what has no such form", async () => {
  const folder = await Deno.makeTempDir();
  const [page, column] = await figures(
    folder,
    ["best_cells"],
    ["--width", "column", "best_cells", "search_space"],
  );
  assert.deepEqual([page.code, column.code], [0, 0], page.err + column.err);
  const namesIn = (place: string) =>
    [...Deno.readDirSync(`${folder}/${place}`)].map(({ name }) => name).sort();
  const names = namesIn("figures");
  assert.deepEqual(names, ["best_cells.json", "best_cells.png", "best_cells.svg"]);
  for (const name of names) {
    assert.deepEqual(
      await Deno.readFile(`${folder}/figures/${name}`),
      await Deno.readFile(`figures/${name}`),
      name,
    );
  }
  assert.match(column.out, /1 figures drawn into figures_column\/[^]*Left out[^]*: search_space/);
  assert.deepEqual(namesIn("figures_column"), ["best_cells.png", "best_cells.svg"]);
});

Deno.test("an unknown id names the nearest, a seed that is no number is told; nothing is drawn", async () => {
  assert.throws(() => parseFigureId("drift_curve"), /Did you mean "drift_curves"\?/);
  const folder = await Deno.makeTempDir();
  const [unknown, seed] = await figures(
    folder,
    ["best_cells", "paretto"],
    ["--seed", "x", "best_cells"],
  );
  assert.deepEqual([unknown.code, seed.code], [1, 1]);
  assert.match(unknown.err, /^error: No figure is called "paretto"\. Did you mean "pareto"\?/);
  assert.match(seed.err, /^error: --seed wants a whole number from 0, not "x"\./);
  assert.deepEqual([...Deno.readDirSync(folder)], []);
});

Deno.test("a folder that cannot be written is one message", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/figures`, "a file where the folder should be");
  const blocked = await runCommand("figures.ts", ["search_space"], {
    cwd: folder,
    root: Deno.cwd(),
  });
  assert.equal(blocked.code, 1);
  assert.match(blocked.err, /error: Cannot write figures\/search_space\.svg/);
});
