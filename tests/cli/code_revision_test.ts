/** A clone names its commit; an archive the one it was made from, wherever it was unpacked. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { codeRevision } from "@/cli/code_revision.ts";

async function run(cwd: string, program: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, cwd }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}
const git = (cwd: string, ...args: string[]) =>
  run(cwd, "git", "-c", "user.name=t", "-c", "user.email=t@example.org", ...args);

/** A repository with the file that archives fill in, and one commit. */
async function repository(path: string): Promise<string> {
  await Deno.mkdir(join(path, "src"), { recursive: true });
  await Deno.copyFile(".gitattributes", join(path, ".gitattributes"));
  await Deno.copyFile("src/archived_revision.txt", join(path, "src/archived_revision.txt"));
  await git(path, "init", "-q");
  await git(path, "add", ".");
  await git(path, "commit", "-qm", "first");
  return await git(path, "rev-parse", "HEAD");
}

Deno.test("clone, changed clone, archive, archive inside another repository, bare copy", async () => {
  const scratch = await Deno.makeTempDir();
  try {
    const clone = join(scratch, "clone #1"), commit = await repository(clone);
    assert.equal(await codeRevision(clone), commit);
    await git(clone, "archive", "--format=tar", "-o", join(scratch, "it.tar"), "HEAD");
    await Deno.writeTextFile(join(clone, "src/new.ts"), "");
    assert.equal(await codeRevision(clone), `${commit}+`);

    const other = join(scratch, "other");
    await repository(other);
    await Deno.writeTextFile(join(other, "paper.tex"), "");
    await git(other, "add", ".");
    await git(other, "commit", "-qm", "second");
    const outside = join(scratch, "unpacked"),
      inside = join(other, "vendor"),
      copy = join(other, "copy");
    for (const folder of [outside, inside]) {
      await Deno.mkdir(folder);
      await run(folder, "tar", "-xf", join(scratch, "it.tar"));
      assert.equal(await codeRevision(folder), commit);
    }
    await Deno.mkdir(copy);
    assert.equal(await codeRevision(copy), "unknown");
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
});
