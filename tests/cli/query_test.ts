import assert from "node:assert/strict";
import { join } from "node:path";
import { loadReference } from "../../src/table/mod.ts";
import golden from "../golden/table/table.json" with { type: "json" };
import { runCommand, runCommands } from "./run.ts";

/** The command as a person runs it. */
const query = (...args: string[]) => runCommand("query.ts", args);

/** Several questions, one after the other in one process. */
const queries = (...asked: readonly (readonly string[])[]) =>
  runCommands(asked.map((args) => ["query.ts", args]), { cwd: "." });

Deno.test("query --cell prints every metric; --json prints them unrounded", async () => {
  const expected = golden.cells[2];
  const [text, json] = await queries(
    ["--cell", "(2,2,0,4,2,1)"],
    ["--cell", expected.tuple.join(""), "--json"],
  );
  assert.equal(text.code, 0, text.err);
  assert.match(
    text.out,
    /cell \(2,2,0,4,2,1\), cell_index 7611 \(NAS-Bench-201's own index: \d+\)/,
  );
  assert.match(text.out, /hwt@1d +90\.53 +0\.28/);
  assert.deepEqual(JSON.parse(json.out).accuracy_pct, expected.accuracy_pct);
});

Deno.test("query --best keeps the constraints", async () => {
  const { out } = await query("--best", "hwt@1d", "--max-parameters", "500000", "--json");
  const pairs = JSON.parse(out).map((report: { cell_index: number; accuracy_pct: object }) => [
    report.cell_index,
    (report.accuracy_pct as Record<string, number>)["hwt@1d"],
  ]);
  assert.deepEqual(pairs, golden.best["hwt@1d, at most 500000 parameters"]);
});

Deno.test("query --best keeps within an energy, and says so where no cell does", async () => {
  const [{ out }, none] = await queries(
    ["--best", "hwt@1d", "--max-energy", "30", "--top", "3", "--json"],
    ["--best", "hwt@1d", "--max-energy", "3"],
  );
  const energies = JSON.parse(out).map((report: { energy_uJ: number }) => report.energy_uJ);
  assert.equal(energies.length, 3);
  assert.ok(energies.every((energy: number) => energy > 20 && energy <= 30), String(energies));
  assert.equal(none.code, 1);
  assert.match(none.err, /No cell meets all constraints/);
});

Deno.test("query --neighbours and --isomorphic list cells", async () => {
  const [near, family] = await queries(
    ["--neighbours", "220421", "--metric", "analog_drift_86400"],
    ["--isomorphic", "(0,0,0,4,3,2)"],
  );
  assert.equal(near.out.trim().split("\n").length, 25, near.err);
  // The family of (0,0,0,4,3,2): node 1 copies the input, so its edges change places with node 0's.
  assert.equal(family.out.match(/^\(.{11}\)/gm)?.join(" "), FAMILY, family.err);
});

const FAMILY = "(0,0,0,4,3,2) (0,0,3,4,0,2) (0,4,0,0,3,2) (0,4,3,0,0,2)";

/** Each question of `asked` fails with its message, status 1, no stack and no output. */
async function refuses(...asked: readonly (readonly [readonly string[], RegExp])[]): Promise<void> {
  const outcomes = await queries(...asked.map(([args]) => args));
  for (const [k, [args, message]] of asked.entries()) {
    const { code, out, err } = outcomes[k];
    assert.equal(code, 1, args.join(" "));
    assert.equal(out, "");
    assert.match(err, message);
    assert.match(err, /^error: /);
    assert.doesNotMatch(err, /\n\s+at /);
  }
}

Deno.test("bad questions get one clear message and status 1", async () => {
  const one = [["--cell", "3"], ["--best", "hwt"], ["--isomorphic", "3"], ["--neighbours", "3"]];
  await refuses(
    [["--cell", "(0,0,0,4,3,5)"], /edge 5 has operation 5.*nearest cell is \(0,0,0,4,3,4\)/],
    [["--best", "hwt@2d"], /holds no "hwt@2d"\. The nearest is hwt@1d/],
    [["--cell", "3", "--metric", "analog_acuracy"], /nearest is analog_accuracy/],
    [["--best", "hwt", "--top", "many"], /--top wants a whole number from 1, not "many"/],
    [["--cell", "3", "--top", "4"], /--top <n>' cannot be used with option '--cell/],
    [["--best", "hwt", "--max-parameters", "5"], /No cell meets all constraints/],
    ...one.map((ask) =>
      [[...ask, "--metric", "hwt@1y"], /holds no "hwt@1y"\. The nearest is hwt@30d/] as const
    ),
    [[], /Ask one question/],
    [["--cel", "3"], /unknown option '--cel'/],
    [["--cell", "3", "--table", "nowhere.parquet"], /nowhere\.parquet: there is no such/],
  );
});

Deno.test("a table with a missing column or a duplicate key is refused by file and row", async () => {
  const { frame } = await loadReference();
  const folder = await Deno.makeTempDir();
  const path = (name: string) => `${folder}/${name}.parquet`;
  const ask = (name: string) => ["--cell", "3", "--table", path(name)];
  try {
    frame.drop("seed").writeParquet(path("less"));
    frame.vstack(frame.slice(5, 1)).writeParquet(path("twice"));
    const whole = await Deno.readFile(path("twice"));
    await Deno.writeFile(path("cut"), whole.subarray(0, 1000));
    await refuses(
      [ask("less"), /less\.parquet: column seed is missing\./],
      [ask("twice"), /twice\.parquet: rows 5 and 203125 have the same key/],
      [ask("cut"), /is no whole Parquet file .*truncated/],
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("an altered, truncated or missing committed table is refused by its checksum", async () => {
  const root = await Deno.makeTempDir();
  try {
    for (const name of ["src", "deno.json", "deno.lock", "node_modules"]) {
      // Source is copied, since the table's place is found from the module's own.
      if (name === "src") await copyFolder("src", join(root, "src"));
      else await Deno.symlink(await Deno.realPath(name), join(root, name));
    }
    await Deno.mkdir(join(root, "data/reference"), { recursive: true });
    const path = "data/reference/analog_nasbench.parquet";
    await Deno.copyFile("data/manifest.json", join(root, "data/manifest.json"));
    const bytes = await Deno.readFile(path);
    const altered = bytes.slice();
    altered[600_000] ^= 1;
    for (const content of [altered, bytes.subarray(0, 100_000)]) {
      await Deno.writeFile(join(root, path), content);
      const { code, err } = await runCommand("query.ts", ["--cell", "3"], { root });
      assert.equal(code, 1);
      assert.match(err, /^error: .*was altered or cut: its SHA-256 is not .*git checkout/);
    }
    await Deno.remove(join(root, path));
    const { code, err } = await runCommand("query.ts", ["--cell", "3"], { root });
    assert.equal(code, 1);
    assert.match(err, /^error: Cannot read .*there is no such file\. Restore it with/);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(join(from, name), join(to, name));
    else await Deno.copyFile(join(from, name), join(to, name));
  }
}
