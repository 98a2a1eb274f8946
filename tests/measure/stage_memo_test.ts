import assert from "node:assert/strict";
import { join } from "node:path";
import { remembered } from "@/measure/mod.ts";
import type { Json } from "@/train/mod.ts";

Deno.test("a finished stage is not done again; a failed one leaves nothing", async () => {
  const folder = await Deno.makeTempDir();
  let calls = 0, now_ms = 0;
  const clock = () => now_ms;
  const work = () => {
    calls++;
    now_ms += 2_500;
    return Promise.resolve([]);
  };
  const broken = () => Promise.reject(new Error("power cut"));
  await assert.rejects(remembered(folder, "ptq", "abc", clock, broken), /power cut/);
  assert.deepEqual(Array.from(Deno.readDirSync(folder)), []);
  const first = await remembered(folder, "ptq", "abc", clock, work);
  assert.deepEqual(first, { rows: [], core_seconds: 2.5 });
  assert.deepEqual(await remembered(folder, "ptq", "abc", clock, work), first);
  assert.equal(calls, 1);
});

Deno.test("another measurement's outcome and a damaged one are refused by path", async () => {
  const folder = await Deno.makeTempDir(), path = join(folder, "qat.json");
  const get = (identity: Json) =>
    remembered(folder, "qat", identity, () => 0, () => Promise.resolve([]));
  const identity = { config_id: "abc", cell_index: 7_611, seed: 0, threads: 2 };
  await get(identity);
  for (
    const [change, message] of [
      [{ config_id: "def" }, /qat\.json belongs to .*: config_id is "abc" there and "def" here/],
      [{ cell_index: 3 }, /cell_index is 7611 there and 3 here/],
      [{ threads: 1 }, /threads is 2 there and 1 here/],
      [{ seed: 1, threads: 4 }, /seed is 0 there and 1 here; threads is 2 there and 4 here/],
    ] as const
  ) await assert.rejects(get({ ...identity, ...change }), message);
  await Deno.writeTextFile(path, JSON.stringify({ config_id: "abc", rows: [], core_seconds: 1 }));
  await assert.rejects(get(identity), /qat\.json belongs to .*it does not say of what/);
  await Deno.writeTextFile(path, '{"identity":"abc","ro');
  await assert.rejects(get(identity), /qat\.json is damaged/);
});
