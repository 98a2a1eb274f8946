import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeFileAtomically } from "@/atomic_write.ts";
import {
  DATA_FOLDER,
  expectListed,
  listWritten,
  manifestChanges,
  manifestOf,
  readManifest,
  writeManifest,
} from "@/data_manifest.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const hash = (text: string) => createHash("sha256").update(text).digest("hex");

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "study"));
    await Deno.writeTextFile(join(folder, "study", "rows"), "rows");
    await Deno.writeTextFile(join(folder, "README.md"), "text");
    await writeManifest(await manifestOf(folder), folder);
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Files of data/ that are committed; null outside a clone. */
async function committed(): Promise<ReadonlySet<string> | null> {
  try {
    const git = new Deno.Command("git", { args: ["ls-files", "-z", "data"], stderr: "null" });
    const { success, stdout } = await git.output();
    const names = new TextDecoder().decode(stdout).split("\0").filter((name) => name !== "");
    return success ? new Set(names.map((name) => name.slice("data/".length))) : null;
  } catch {
    return null;
  }
}

Deno.test("every committed file of data/ is listed, and is what the list says", async () => {
  const files = await committed(), isNew = (name: string) => files !== null && !files.has(name);
  const changes = manifestChanges(await readManifest(), await manifestOf());
  // A study that is being measured here adds files which nobody has to list yet.
  const faults = changes.filter((change) =>
    !(change.startsWith("not listed: ") && isNew(change.slice("not listed: ".length)))
  );
  assert.deepEqual(faults, []);
  // The first is what sha256sum says of the file.
  const path = "reference/analog_nasbench.parquet";
  const table = await Deno.readFile(join(DATA_FOLDER, path));
  assert.equal((await readManifest())[path], createHash("sha256").update(table).digest("hex"));
});

Deno.test("one altered byte, a cut file and one put in another's place are refused by name", () =>
  inFolder(async (folder) => {
    const path = join(folder, "study", "rows");
    await expectListed(bytes("rows"), path, folder);
    for (const other of ["rovs", "row", "", "rows\n"]) {
      await assert.rejects(() => expectListed(bytes(other), path, folder), {
        name: "InputError",
        message: /study\/rows was altered or cut.*git checkout.*deno task manifest/,
      });
    }
  }));

Deno.test("what is not listed is read: other folders, descriptions, files of a study that is running", () =>
  inFolder(async (folder) => {
    for (const name of ["study/new", "README.md", "manifest.json", "../elsewhere/study/rows"]) {
      await expectListed(bytes("anything"), join(folder, name), folder);
    }
  }));

Deno.test("what is written is listed, several at once too; unfinished and hidden files are not", () =>
  inFolder(async (folder) => {
    const names = ["study/rows", "study/b", "study/c", "study/.hidden/x", "study/d.part", "e.lock"];
    await Promise.all(
      names.map((name) => listWritten(join(folder, name), bytes(name), folder)),
    );
    assert.deepEqual(await readManifest(folder), {
      "study/b": hash("study/b"),
      "study/c": hash("study/c"),
      "study/rows": hash("study/rows"),
    });
    await writeFileAtomically(join(folder, "study", "f"), "outside of this clone's data");
    assert.equal("study/f" in await readManifest(folder), false);
  }));

Deno.test("changes are named: not listed, missing, altered", () => {
  const listed = { a: "1", b: "2", c: "3" }, found = { b: "2", c: "4", d: "5" };
  assert.deepEqual(manifestChanges(listed, found), ["missing: a", "altered: c", "not listed: d"]);
});

Deno.test("a missing or damaged manifest is one message", () =>
  inFolder(async (folder) => {
    const read = () => expectListed(bytes("rows"), join(folder, "study", "rows"), folder);
    for (
      const [text, message] of Object.entries({
        '{"study/rows": "a': /manifest\.json: not valid JSON/,
        "[]": /manifest\.json .*no list of checksums/,
        '{"study/rows": "abc"}': /study\/rows was altered or cut/,
      })
    ) {
      await Deno.writeTextFile(join(folder, "manifest.json"), text);
      await assert.rejects(read, { name: "InputError", message });
    }
    await Deno.remove(join(folder, "manifest.json"));
    await assert.rejects(read, { name: "InputError", message: /Cannot read .*manifest\.json/ });
  }));
