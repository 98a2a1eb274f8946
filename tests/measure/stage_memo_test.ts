import assert from "node:assert/strict";
import { join } from "node:path";
import { remembered } from "@/measure/mod.ts";

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

Deno.test("another config's outcome and a damaged one are refused by path", async () => {
  const folder = await Deno.makeTempDir();
  const get = (id: string) => remembered(folder, "qat", id, () => 0, () => Promise.resolve([]));
  await get("abc");
  await assert.rejects(get("def"), /qat\.json belongs to config abc, not def/);
  await Deno.writeTextFile(join(folder, "qat.json"), '{"config_id":"abc","ro');
  await assert.rejects(get("abc"), /qat\.json is damaged/);
});
