/** The number of threads that a run was started with is recorded and kept. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { decodeSafetensors } from "@/train/mod.ts";
import { runCommand } from "./run.ts";

const folder = await Deno.makeTempDir({ prefix: "threads_test_" });
const SMALL = ["--cell", "220421", "--channels", "2", "--cells-per-stage", "1", "--smoke"];
const train = (out: string, threads: string) =>
  runCommand("train.ts", [...SMALL, "--out", out], { env: { TF_NUM_INTRAOP_THREADS: threads } });
const weights = (out: string) => Deno.readFile(join(out, "weights.safetensors"));
const recorded = async (out: string) => {
  const { metadata } = decodeSafetensors(await weights(out), out);
  const json = async (name: string) => JSON.parse(await Deno.readTextFile(join(out, name))).threads;
  return [metadata.threads, await json("run.json"), await json("result.json")];
};

Deno.test("a run stores its threads, keeps them when resumed, and is refused with others", async () => {
  const out = join(folder, "one");
  const first = await train(out, "1");
  assert.equal(first.code, 0, first.err);
  assert.deepEqual(await recorded(out), ["1", 1, 1]);
  const bytes = await weights(out);

  const resumed = await train(out, "2");
  assert.equal(resumed.code, 0, resumed.err);
  assert.match(resumed.err, /threads: 1, as the run in .*one was started with, and not 2/);
  assert.deepEqual(await recorded(out), ["1", 1, 1]);
  assert.deepEqual(await weights(out), bytes);

  // A checkpoint whose folder has lost the note is not gone on with under another number.
  await Deno.remove(join(out, "threads.json"));
  const refused = await train(out, "2");
  assert.equal(refused.code, 1);
  assert.match(refused.err, /belongs to another run: settings\.threads is 1 there and 2 here/);
});

Deno.test("a number of threads that is none, and a damaged note, are refused", async () => {
  for (const text of ["two", "-1", "1.5"]) {
    const { code, err } = await train(join(folder, "none"), text);
    assert.equal(code, 1);
    assert.match(err.trim(), /^error: TF_NUM_INTRAOP_THREADS is a whole number of threads, not/);
  }
  const out = join(folder, "damaged");
  for (const text of ["{", '{"threads":0}', '{"threads":"1"}']) {
    await Deno.mkdir(out, { recursive: true });
    await Deno.writeTextFile(join(out, "threads.json"), text);
    const { code, err } = await train(out, "1");
    assert.equal(code, 1);
    assert.match(
      err.trim(),
      /^error: .*threads\.json(: not valid JSON| is not as it should be).*put that there/,
    );
  }
});
