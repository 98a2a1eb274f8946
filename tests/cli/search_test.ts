/** The command as a person runs it: resumes, refuses, and does not depend on the number of workers. */
import assert from "node:assert/strict";
import { readHistories, writeHistories } from "../../src/table/mod.ts";
import { runCommand, runCommands } from "./run.ts";

/** Each search of `asked`, [folder, arguments], one after the other in one process. */
const searches = (asked: readonly (readonly [string, readonly string[]])[]) =>
  runCommands(asked.map(([folder, args]) => ["search.ts", ["--out", folder, ...args]]), {
    cwd: ".",
  });

async function inFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const LOCAL = ["--method", "local_search", "--metric", "hwt@1d", "--queries", "60"];

Deno.test("seeds that are done are kept, the rest is run; one worker or two, equal bytes", () =>
  inFolder(async (folder) => {
    const [once, twice] = [`${folder}/once`, `${folder}/twice`];
    const first = await searches([
      [once, [...LOCAL, "--seeds", "60", "--workers", "1"]],
      [twice, [...LOCAL, "--seeds", "20", "--workers", "2"]],
    ]);
    for (const { code, err } of first) assert.equal(code, 0, err);
    const file = "local_search.hwt@1d.parquet";
    // an interrupted run leaves its seeds in the file of unfinished work
    const some = await readHistories(`${twice}/${file}`);
    const config = JSON.parse(await Deno.readTextFile(`${twice}/local_search.hwt@1d.json`));
    await Deno.rename(`${twice}/${file}`, `${twice}/local_search.hwt@1d.part.parquet`);
    await Deno.rename(
      `${twice}/local_search.hwt@1d.json`,
      `${twice}/local_search.hwt@1d.part.json`,
    );
    // marked, so that a run again would be noticed
    const cells = some.cells.slice();
    cells[0] = 12_345;
    await writeHistories(`${twice}/local_search.hwt@1d.part.parquet`, { ...some, cells });
    const args = ["--out", twice, ...LOCAL, "--seeds", "60", "--workers", "2"];
    assert.equal((await runCommand("search.ts", args)).code, 0);
    const [a, b] = await Promise.all([once, twice].map((f) => readHistories(`${f}/${file}`)));
    assert.equal(b.cells[0], 12_345);
    assert.deepEqual(b.cells.slice(1), a.cells.slice(1));
    assert.equal(config.runs, 20);
    const names = [...Deno.readDirSync(twice)].map(({ name }) => name).sort();
    assert.deepEqual(names, ["local_search.hwt@1d.json", file]);
  }));

Deno.test("a summary is printed; a random search serves every metric from one file", () =>
  inFolder(async (folder) => {
    const args = ["--method", "random_search", "--queries", "30", "--seeds", "5"];
    const [day, digital] = await searches([
      [folder, [...args, "--metric", "analog_drift_86400"]],
      [folder, [...args, "--metric", "baseline"]],
    ]);
    assert.match(day.out, /random_search, hwt@1d, 5 runs, optimum 90\.53 %/);
    assert.match(digital.out, /random_search, baseline, 5 runs/);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "random_search.json",
      "random_search.parquet",
    ]);
  }));

Deno.test("bad input: one message, status 1, nothing written", () =>
  inFolder(async (folder) => {
    const cases: [string[], RegExp][] = [
      [
        ["--method", "randomsearch"],
        /Unknown method "randomsearch"\. Did you mean random_search\?/,
      ],
      [["--method", "random_search", "--metric", "hwt@2d"], /nearest is hwt@1d/],
      // its other messages: methods_test.ts
      [["--method", "regularized_evolution", "--queries", "99"], /at least 100/],
      [
        ["--method", "random_search", "--seeds", "0"],
        /--seeds wants a whole number from 1, not "0"/,
      ],
    ];
    const outcomes = await searches(cases.map(([args]) => [folder, args]));
    for (const [k, [args, message]] of cases.entries()) {
      const { code, err } = outcomes[k];
      assert.equal(code, 1, args.join(" "));
      assert.match(err, message);
      assert.equal(err.trim().split("\n").length, 1, err);
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("histories of other settings and damaged files are refused", () =>
  inFolder(async (folder) => {
    const args = ["--method", "random_search", "--queries", "10", "--seeds", "2"];
    const other = `${folder}/other`, cut = `${folder}/cut`;
    await searches([[other, args], [cut, args]]);
    const path = `${other}/random_search.json`;
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("search", "other"));
    await Deno.truncate(`${cut}/random_search.parquet`, 100);
    const [ofOther, ofCut] = await searches([[other, args], [cut, args]]);
    assert.match(ofOther.err, /made with other settings/);
    assert.match(ofCut.err, /no whole Parquet file/);
  }));

Deno.test("searches into one folder at the same time lose none of each other's runs", () =>
  inFolder(async (folder) => {
    const outcomes = await Promise.all(
      ["1", "101", "41"].map((first) =>
        runCommand("search.ts", [
          ...["--out", folder, ...LOCAL, "--workers", "1"],
          ...["--seeds", "40", "--seed", first],
        ])
      ),
    );
    for (const { code, err } of outcomes) assert.equal(code, 0, err);
    const { seeds } = await readHistories(`${folder}/local_search.hwt@1d.parquet`);
    const expected = [1, 41, 101].flatMap((first) =>
      Array.from({ length: 40 }, (_, i) => first + i)
    );
    assert.deepEqual(seeds, expected);
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assert.deepEqual(names, ["local_search.hwt@1d.json", "local_search.hwt@1d.parquet"]);
  }));
