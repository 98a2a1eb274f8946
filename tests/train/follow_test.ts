import assert from "node:assert/strict";
import { InputError } from "../../src/input_error.ts";
import { followRun, readRecords } from "../../src/train/mod.ts";

const toy = ["run", "-A", "--no-check", "tests/train/toy_run.ts"];

Deno.test("a run is followed epoch by epoch to its end", async () => {
  const folder = await Deno.makeTempDir();
  const lengths: number[] = [];
  for await (const records of followRun([...toy, folder], folder, ".")) {
    lengths.push(records.length);
  }
  assert.equal(lengths.at(-1), 12);
  assert.deepEqual(lengths, lengths.toSorted((a, b) => a - b));
  assert.equal((await readRecords(folder)).length, 12);
});

Deno.test("who stops following stops the process; a failure comes with its message", async () => {
  const folder = await Deno.makeTempDir();
  // Slow enough to be far from its end when the first epoch is seen, on any machine.
  for await (const records of followRun([...toy, folder, "200"], folder)) {
    if (records.length >= 1) break;
  }
  assert((await readRecords(folder)).length < 12);
  await assert.rejects(async () => {
    for await (const _ of followRun(["run", "-A", "src/cli/train.ts", "--cell", "(9)"], folder));
  }, InputError);
});
