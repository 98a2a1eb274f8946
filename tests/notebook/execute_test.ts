/** With the real Deno kernel, through the kernel proxy; needs Python, as the notebooks do. */
import assert from "node:assert/strict";
import {
  codeCells,
  executeNotebooks,
  findPython,
  type Notebook,
  prepareJupyter,
  serialize,
} from "../../src/notebook/mod.ts";

/** A notebook file of the cells `sources`, gone after `use`. */
async function withNotebook(
  sources: string[],
  use: (path: string, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const notebook: Notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { display_name: "Deno", language: "typescript", name: "deno" } },
    cells: sources.map((source, i) => ({
      cell_type: "code",
      id: `c${i}`,
      metadata: {},
      source,
      execution_count: null,
      outputs: [],
    })),
  };
  try {
    await Deno.writeTextFile(`${folder}/cells.ipynb`, serialize(notebook));
    await use(`${folder}/cells.ipynb`, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("45 outputs of three kinds all arrive, each in its own cell", async () => {
  const jupyter = await prepareJupyter();
  const [{ notebook, lost }] = await executeNotebooks(
    ["tests/notebook/outputs.ipynb"],
    "tests/notebook",
    jupyter,
  );
  assert.deepEqual(lost, []);
  const shown = codeCells(notebook).slice(1).map(({ outputs }) => {
    assert.equal(outputs.length, 1);
    const { data, text } = outputs[0] as { data?: Record<string, string[]>; text?: string[] };
    return (data?.["text/html"] ?? data?.["text/plain"] ?? text)?.join("");
  });
  const expected = Array.from({ length: 15 }, (_, i) => i)
    .flatMap((i) => [`{ value: ${i} }`, `<b>${i}</b>`, `line ${i}\n`]);
  assert.deepEqual(shown, expected);
});

Deno.test("a failing cell is named with its number and its error", async () => {
  const jupyter = await prepareJupyter();
  await withNotebook(["1;", 'throw new RangeError("too wide");', "3;"], async (path, folder) => {
    const before = await Deno.readTextFile(path);
    await assert.rejects(executeNotebooks([path], folder, jupyter), {
      name: "InputError",
      message: /cells\.ipynb, code cell 2: .*too wide/,
    });
    assert.equal(await Deno.readTextFile(path), before);
  });
});

Deno.test("two notebooks run at a time: each waits for a file that the other writes", async () => {
  const jupyter = await prepareJupyter();
  await withNotebook(["1;"], async (_, folder) => {
    const waiting = (mine: string, other: string) => `
      await Deno.writeTextFile("${folder}/${mine}", "");
      while (!await Deno.stat("${folder}/${other}").catch(() => null)) {
        await new Promise((done) => setTimeout(done, 50));
      }
      "${mine} met ${other}";`;
    const sources = [waiting("a", "b"), waiting("b", "a"), "42;"];
    const paths = sources.map((_, i) => `${folder}/${i}.ipynb`);
    for (const [i, source] of sources.entries()) {
      const { cells: [cell], ...rest } = JSON.parse(
        await Deno.readTextFile(`${folder}/cells.ipynb`),
      );
      await Deno.writeTextFile(paths[i], JSON.stringify({ ...rest, cells: [{ ...cell, source }] }));
    }
    let cells = 0;
    const executions = await executeNotebooks(paths, folder, jupyter, (done) => cells = done, 2);
    assert.equal(cells, 3);
    assert.deepEqual(executions.map(({ path }) => path), paths);
    const shown = executions.map(({ notebook }) => JSON.stringify(codeCells(notebook)[0].outputs));
    ["a met b", "b met a", "42"].forEach((text, i) => assert.match(shown[i], new RegExp(text)));
  });
});

Deno.test("packages that cells import do not stay in deno.lock; what others change there does", async () => {
  const jupyter = await prepareJupyter();
  const lock = (dependency: string) =>
    JSON.stringify({ version: "5", workspace: { dependencies: [dependency] } });
  const imports = 'import { mean } from "npm:simple-statistics@7.12.1";\n' +
    '[mean([1, 3]), Deno.readTextFileSync("deno.lock").includes("simple-statistics")];';
  const others = `Deno.writeTextFileSync("deno.lock", ${JSON.stringify(lock("npm:zod@4.6.6"))});`;
  for (
    const [sources, left] of [[[imports], "npm:zod@4.6.7"], [[imports, others], "npm:zod@4.6.6"]]
  ) {
    await withNotebook(sources as string[], async (path, folder) => {
      await Deno.writeTextFile(`${folder}/deno.json`, '{"imports":{"zod":"npm:zod@4.6.7"}}');
      await Deno.writeTextFile(`${folder}/deno.lock`, lock("npm:zod@4.6.7"));
      const [{ notebook }] = await executeNotebooks([path], folder, jupyter);
      assert.match(JSON.stringify(notebook.cells[0].outputs), /\[ 2, true \]/, "Deno wrote it");
      assert.equal(await Deno.readTextFile(`${folder}/deno.lock`), lock(left as string));
      assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
        "cells.ipynb",
        "deno.json",
        "deno.lock",
      ]);
    });
  }
});

/** What a Python program that drives the kernel prints. */
async function drive(program: string): Promise<unknown> {
  const { python, env } = await prepareJupyter();
  const { stdout, stderr } = await new Deno.Command(python, {
    args: [`tests/notebook/${program}`],
    env: { ...env, NO_COLOR: "1" },
    clearEnv: true,
  }).output();
  const answer = new TextDecoder().decode(stdout);
  assert.notEqual(answer, "", new TextDecoder().decode(stderr));
  return JSON.parse(answer);
}

Deno.test("Run All stops at the first error: what waits behind it is answered as aborted", async () => {
  assert.deepEqual(await drive("run_all.py"), [["ok", ["execute_result"]], ["error", ["error"]], [
    "aborted",
    [],
  ]]);
});

Deno.test("an interrupt ends a computation and keeps the state; in an await it says why the kernel ends", async () => {
  const [first, busy, kept, waiting, ended, told] = await drive("interrupt.py") as unknown[];
  assert.deepEqual([first, busy, kept, waiting, ended], ["ok", "error", "ok", "error", true]);
  assert.deepEqual(told, ["Interrupted", "Interrupted"], "once kept, once ended");
});

Deno.test("the kernel says why a cell cannot run, and answers Tab and Shift+Tab", async () => {
  const said = await drive("questions.py") as Record<string, string | string[]>;
  assert.match(String(said.syntax), /^SyntaxError: .*expected\.\n\n +2 \| let y = \(2;\n +\| +\^/);
  assert.match(
    String(said.name),
    /^SyntaxError: .*no exported member 'nope'.*\n\n +1 \| import \{ nope \}.*\n +\| {10}\^{4}$/s,
  );
  assert.match(String(said.module), /^TypeError: Module not found .*missing\.ts/);
  assert.equal(said.type, "ok", "a type that is imported like a value is nothing wrong");
  assert.match(
    String(said.check),
    /'"robust"' is not assignable.*\n\n +1 \| study\.claim\("robust"\);\n +\| +\^{8}\n/s,
  );
  assert.equal(said.after_check, "not defined", "%check does not run the cell");
  assert.match(String(said.hover), /outcome\(outcome: Outcome\): Float64Array.*by cell_index/s);
  assert.deepEqual(said.metrics, ["hwt@1d", "hwt@1h"], "metric names inside a string");
  assert.ok(said.members.includes("matchedSwaps") && !said.members.includes("globalThis"));
});

Deno.test("a missing or old Python is said plainly", async () => {
  await assert.rejects(findPython(["no-such-python"]), {
    name: "InputError",
    message: /Python 3\.11 or later .*no no-such-python on the PATH/,
  });
  const folder = await Deno.makeTempDir();
  try {
    const old = `${folder}/old-python`;
    await Deno.writeTextFile(old, "#!/bin/sh\necho 3.9.2\n", { mode: 0o755 });
    await assert.rejects(findPython([old]), {
      name: "InputError",
      message: /old-python is 3\.9\.2/,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Ids of processes whose command line holds `text`. */
async function processesWith(text: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    const line = await Deno.readTextFile(`/proc/${name}/cmdline`).catch(() => "");
    if (/^\d+$/.test(name) && line.includes(text)) found.push(name);
  }
  return found;
}

Deno.test({
  name: "SIGTERM ends execution, kernel and Deno, and leaves no folder behind",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await prepareJupyter();
    await withNotebook(["await new Promise((done) => setTimeout(done, 60_000));"], async (path) => {
      const temporary = await Deno.makeTempDir();
      const command = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", "src/cli/notebooks.ts", path],
        env: { TMPDIR: temporary, NO_COLOR: "1" },
        stdout: "null",
        stderr: "piped",
      }).spawn();
      const kernels = () => processesWith(`${temporary}/`);
      while ((await kernels()).length < 1) await new Promise((done) => setTimeout(done, 100));
      command.kill("SIGTERM");
      const { code, stderr } = await command.output();
      assert.equal(code, 1);
      assert.match(new TextDecoder().decode(stderr), /error: Ended by SIGTERM/);
      assert.deepEqual(await kernels(), []);
      assert.deepEqual([...Deno.readDirSync(temporary)].map(({ name }) => name), []);
      await Deno.remove(temporary, { recursive: true });
    });
  },
});
