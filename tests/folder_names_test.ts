/** A clone works in whatever folder it stands. */
import assert from "node:assert/strict";
import { join } from "node:path";

/** One name with all that means something to URLs, shells or linkers. */
const NAME = `Müller arbeit & 100% #1, 50%25 what? [a] {b} it's a "clone", $HOME; ~x`;

/** What every room that finds files of its own reads, as one line. */
const SCRIPT = `
  const { loadReference, readMeasured, readAllHistories } = await import("./src/table/mod.ts");
  const { measuredRuns } = await import("./src/train/mod.ts");
  console.log(JSON.stringify([
    (await loadReference()).accuracy("hwt@1d")[7611],
    (await readMeasured()).replication.length > 0,
    (await readAllHistories()).length > 0,
    (await measuredRuns()).length > 0,
  ]));`;

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (isDirectory) await copy(source, target);
    else await Deno.copyFile(source, target);
  }
}

/** What the script prints in `folder`. */
async function read(folder: string): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", SCRIPT],
    cwd: folder,
  }).output();
  return new TextDecoder().decode(stdout).trim() || new TextDecoder().decode(stderr);
}

Deno.test("tables, histories, and runs are found in folders of any name, and through a link", async () => {
  const scratch = await Deno.makeTempDir();
  try {
    const folder = join(scratch, NAME);
    await Deno.mkdir(folder);
    await copy("src", join(folder, "src"));
    for (const shared of ["node_modules", "data", "deno.json", "deno.lock"]) {
      await Deno.symlink(await Deno.realPath(shared), join(folder, shared));
    }
    assert.equal(await read(folder), "[90.53,true,true,true]");
    await Deno.symlink(folder, join(scratch, "link #2"));
    assert.equal(await read(join(scratch, "link #2")), "[90.53,true,true,true]");
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
});
