import assert from "node:assert/strict";
import { resolve } from "node:path";
import { parseFigureId } from "../../src/figure/mod.ts";

/** Runs the command in `folder`, as from a clone there. */
async function figures(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      "-q",
      "-c",
      resolve("deno.json"),
      resolve("src/cli/figures.ts"),
    ]
      .concat(args),
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("only the named figures are drawn, equal to the committed ones", async () => {
  const folder = await Deno.makeTempDir();
  assert.equal((await figures(folder, "best_cells")).code, 0);
  const names = [...Deno.readDirSync(`${folder}/figures`)].map(({ name }) => name).sort();
  assert.deepEqual(names, ["best_cells.json", "best_cells.png", "best_cells.svg"]);
  for (const name of names) {
    assert.deepEqual(
      await Deno.readFile(`${folder}/figures/${name}`),
      await Deno.readFile(`figures/${name}`),
      name,
    );
  }
});

Deno.test("--width column draws beside figures/, and says what has no such form", async () => {
  const folder = await Deno.makeTempDir();
  const { code, out } = await figures(folder, "--width", "column", "best_cells", "search_space");
  assert.equal(code, 0);
  assert.match(out, /1 figures drawn into figures_column\/[^]*Left out[^]*: search_space/);
  const names = [...Deno.readDirSync(`${folder}/figures_column`)].map(({ name }) => name).sort();
  assert.deepEqual(names, ["best_cells.png", "best_cells.svg"]);
});

Deno.test("an unknown id names the nearest and draws nothing", async () => {
  assert.throws(() => parseFigureId("drift_curve"), /Did you mean "drift_curves"\?/);
  const folder = await Deno.makeTempDir();
  const { code, err } = await figures(folder, "best_cells", "paretto");
  assert.equal(code, 1);
  assert.match(err, /^error: No figure is called "paretto"\. Did you mean "pareto"\?/);
  assert.deepEqual([...Deno.readDirSync(folder)], []);
});

Deno.test("a seed that is no number and a folder that cannot be written are one message each", async () => {
  const folder = await Deno.makeTempDir();
  const bad = await figures(folder, "--seed", "x", "best_cells");
  assert.equal(bad.code, 1);
  assert.match(bad.err, /^error: --seed wants a whole number from 0, not "x"\./);
  await Deno.writeTextFile(`${folder}/figures`, "a file where the folder should be");
  const blocked = await figures(folder, "search_space");
  assert.equal(blocked.code, 1);
  assert.match(blocked.err, /error: Cannot write figures\/search_space\.svg/);
});
