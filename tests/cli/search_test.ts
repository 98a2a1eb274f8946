/** The command as a person runs it: resumes, refuses, and does not depend on the number of workers. */
import assert from "node:assert/strict";
import { readHistories, writeHistories } from "../../src/table/mod.ts";

async function search(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "src/cli/search.ts", "--out", folder, ...args],
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

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
    assert.equal((await search(once, ...LOCAL, "--seeds", "60", "--workers", "1")).code, 0);
    assert.equal((await search(twice, ...LOCAL, "--seeds", "20", "--workers", "2")).code, 0);
    const file = "local_search.hwt@1d.parquet";
    // an interrupted run leaves its seeds in the file of unfinished work
    const some = await readHistories(`${twice}/${file}`);
    const config = JSON.parse(await Deno.readTextFile(`${twice}/local_search.hwt@1d.json`));
    await Deno.rename(`${twice}/${file}`, `${twice}/local_search.hwt@1d.part.parquet`);
    await Deno.rename(
      `${twice}/local_search.hwt@1d.json`,
      `${twice}/local_search.hwt@1d.part.json`,
    );
    // marked, so that a run anew would be noticed
    const cells = some.cells.slice();
    cells[0] = 12_345;
    await writeHistories(`${twice}/local_search.hwt@1d.part.parquet`, { ...some, cells });
    assert.equal((await search(twice, ...LOCAL, "--seeds", "60", "--workers", "2")).code, 0);
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
    const day = await search(folder, ...args, "--metric", "analog_drift_86400");
    assert.match(day.out, /random_search, hwt@1d, 5 runs, optimum 90\.53 %/);
    const { out } = await search(folder, ...args, "--metric", "baseline");
    assert.match(out, /random_search, baseline, 5 runs/);
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
    for (const [args, message] of cases) {
      const { code, err } = await search(folder, ...args);
      assert.equal(code, 1, args.join(" "));
      assert.match(err, message);
      assert.equal(err.trim().split("\n").length, 1, err);
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("histories of other settings and damaged files are refused", () =>
  inFolder(async (folder) => {
    const args = ["--method", "random_search", "--queries", "10", "--seeds", "2"];
    await search(folder, ...args);
    const path = `${folder}/random_search.json`;
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("search", "other"));
    assert.match((await search(folder, ...args)).err, /made with other settings/);
    await Deno.remove(path);
    await search(folder, ...args);
    await Deno.truncate(`${folder}/random_search.parquet`, 100);
    assert.match((await search(folder, ...args)).err, /no whole Parquet file/);
  }));

Deno.test("searches into one folder at the same time lose none of each other's runs", () =>
  inFolder(async (folder) => {
    const outcomes = await Promise.all(
      ["1", "101", "41"].map((first) => search(folder, ...LOCAL, "--seeds", "40", "--seed", first)),
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
