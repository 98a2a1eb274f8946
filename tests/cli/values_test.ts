/** `deno task values`: a user's fault ends with one message, status 1 and nothing written. */
import assert from "node:assert/strict";
import { runCommand } from "./run.ts";

/** Runs the command on `args`, into a folder of its own; what it printed, and what it left there. */
async function fault(...args: string[]) {
  const folder = await Deno.makeTempDir();
  try {
    const outcome = await runCommand("values.ts", ["--out", `${folder}/values.json`, ...args]);
    return { ...outcome, left: [...Deno.readDirSync(folder)].map((entry) => entry.name) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a seed that is no whole number", async () => {
  const { code, err, left } = await fault("--seed", "two");
  assert.deepEqual({ code, left }, { code: 1, left: [] });
  assert.match(err, /--seed wants a whole number from 0, not "two"\./);
});

Deno.test("a table that is not there, and one that is no Parquet", async () => {
  const missing = await fault("--table", "no_such.parquet");
  assert.deepEqual({ code: missing.code, left: missing.left }, { code: 1, left: [] });
  assert.match(missing.err, /no_such\.parquet/);
  const other = await fault("--table", "deno.json");
  assert.deepEqual({ code: other.code, left: other.left }, { code: 1, left: [] });
  assert.match(other.err, /^error: deno\.json/);
});
