/** Setting up the `.venv`, with a Python that only notes what it is asked. */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Makes virtual environments whose own Python is a copy of itself; a second pip beside one fails. */
const PYTHON = `#!/bin/sh
case "$*" in
  *sys.version_info*) echo 3.12.0 ;;
  "-m venv"*) for last; do :; done; mkdir -p "$last/bin"; cp "$0" "$last/bin/python" ;;
  *"-m pip install"*)
    mkdir "$NOTES/pip" || { echo "another pip is at work"; exit 1; }
    sleep 0.5; rmdir "$NOTES/pip"; echo pip >> "$NOTES/asked"; env > "$NOTES/environment" ;;
esac
`;

/** Runs `prepareJupyter` in as many processes at once, below a new root; what each said, and the notes. */
async function prepare(processes: number, env: Record<string, string> = {}) {
  const root = await Deno.makeTempDir();
  try {
    const [bin, notes] = ["bin", "notes"].map((name) => join(root, name));
    await Deno.mkdir(bin);
    await Deno.mkdir(notes);
    await Deno.writeTextFile(join(bin, "python3"), PYTHON, { mode: 0o755 });
    const module = pathToFileURL(resolve("src/notebook/environment.ts")).href;
    const script = `const { prepareJupyter } = await import(${JSON.stringify(module)});
      await prepareJupyter(${JSON.stringify(root)});`;
    const outputs = await Promise.all(
      Array.from({ length: processes }, () =>
        new Deno.Command(Deno.execPath(), {
          args: ["eval", script],
          env: { ...env, PATH: `${bin}:${Deno.env.get("PATH")}`, NOTES: notes },
        }).output()),
    );
    return {
      failures: outputs.filter(({ success }) => !success)
        .map(({ stderr }) => new TextDecoder().decode(stderr)),
      asked: await Deno.readTextFile(join(notes, "asked")),
      environment: await Deno.readTextFile(join(notes, "environment")),
      left: [...Deno.readDirSync(root)].map(({ name }) => name).sort(),
    };
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("three commands that need the .venv at once make it once", async () => {
  const { failures, asked, left } = await prepare(3);
  assert.deepEqual(failures, []);
  assert.equal(asked, "pip\n");
  assert.deepEqual(left, [".venv", "bin", "notes"]);
});

Deno.test("the user's pip and Python settings do not reach the .venv", async () => {
  const { failures, environment } = await prepare(1, {
    PIP_USER: "1",
    PIP_TARGET: "/nowhere",
    PYTHONPATH: "/nowhere",
    CONDA_PREFIX: "/nowhere",
    PIP_INDEX_URL: "https://mirror.example.org/simple",
  });
  assert.deepEqual(failures, []);
  assert.match(environment, /^PIP_USER=0$/m);
  assert.match(environment, /^PIP_TARGET=$/m);
  assert.match(environment, /^PIP_INDEX_URL=https:\/\/mirror\.example\.org\/simple$/m);
  assert.doesNotMatch(environment, /nowhere/);
});
