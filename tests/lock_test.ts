import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { withLock } from "@/lock.ts";

const MODULE = pathToFileURL(resolve("src/lock.ts")).href;

/** Runs `body` in a process of its own, with `withLock` and the path of a lock in `folder` at hand. */
const child = (folder: string, body: string) =>
  new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `const { withLock } = await import("${MODULE}"); const lock = "${folder}/lock"; ${body}`,
    ],
    stdout: "piped",
    stderr: "piped",
  }).spawn();

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("three processes that read, add and write lose nothing; the lock's file is gone at the end", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "count"), "0");
    const add = `
      for (let i = 0; i < 20; i++) {
        await withLock(lock, async () => {
          const count = Number(await Deno.readTextFile("${folder}/count"));
          await new Promise((resolve) => setTimeout(resolve, 2));
          await Deno.writeTextFile("${folder}/count", String(count + 1));
        });
      }`;
    const outputs = await Promise.all([1, 2, 3].map(() => child(folder, add).output()));
    assert.ok(outputs.every(({ success }) => success), text(outputs[0].stderr));
    assert.equal(await Deno.readTextFile(join(folder, "count")), "60");
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["count"]);
  }));

Deno.test("who waits is told once, and begins when the holder ends well, fails or is killed", () =>
  inFolder(async (folder) => {
    const path = join(folder, "lock");
    const hold = `await withLock(lock, async () => { console.log("held"); await HOW; });`;
    for (
      const how of [
        "new Promise((resolve) => setTimeout(resolve, 300))",
        "new Promise((_, reject) => setTimeout(() => reject(new Error()), 300))",
        "new Promise((resolve) => setTimeout(resolve, 1e6))",
      ]
    ) {
      const holder = child(folder, hold.replace("HOW", how));
      const reader = holder.stdout.getReader();
      assert.equal(text((await reader.read()).value!), "held\n");
      reader.releaseLock();
      let told = 0;
      const waiting = withLock(path, () => Promise.resolve("done"), () => told++);
      if (how.includes("1e6")) holder.kill("SIGKILL");
      assert.equal(await waiting, "done");
      assert.ok(told <= 1);
      if (!how.includes("1e6")) assert.equal(told, 1);
      await holder.output();
    }
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
  }));

Deno.test("a lock may be refused instead of waited for; what cannot be locked is one message", () =>
  inFolder(async (folder) => {
    const path = join(folder, "lock");
    await withLock(path, async () => {
      await assert.rejects(
        withLock(path, () => Promise.resolve(), () => {
          throw new Error("busy");
        }),
        /^Error: busy$/,
      );
    });
    await Deno.writeTextFile(join(folder, "file"), "");
    await assert.rejects(withLock(join(folder, "file", "lock"), () => Promise.resolve()), {
      name: "InputError",
      message: /^Cannot lock .*file.lock: .*Check the permissions/,
    });
  }));
