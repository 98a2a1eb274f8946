/** One cache, from everywhere: the notebooks' folder, other working directories, git worktrees. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { runCommand } from "./cli/run.ts";

/** What `src/cache.ts` of the checkout at `root` says in the working directory `cwd`. */
async function cacheSeen(root: string, cwd: string): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--no-config", join(root, "src/show.ts")],
    cwd,
  }).output();
  return new TextDecoder().decode(stdout).trim() || new TextDecoder().decode(stderr);
}

async function git(cwd: string, ...args: string[]): Promise<void> {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
  const { success, stderr } = await new Deno.Command("git", { args: [...identity, ...args], cwd })
    .output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

Deno.test("the cache is the checkout's in every working directory, and a worktree has its main checkout's", async () => {
  const scratch = await Deno.realPath(await Deno.makeTempDir());
  try {
    const main = join(scratch, "Müller's clone #1"), tree = join(scratch, "tree");
    await Deno.mkdir(join(main, "src"), { recursive: true });
    await Deno.mkdir(join(main, "notebooks"));
    await Deno.copyFile("src/cache.ts", join(main, "src/cache.ts"));
    await Deno.writeTextFile(
      join(main, "src/show.ts"),
      'import { CACHE } from "./cache.ts"; console.log(CACHE);',
    );
    const expected = join(main, ".cache");
    assert.equal(await cacheSeen(main, main), expected, "an unpacked archive");
    await git(main, "init", "-q");
    await git(main, "add", ".");
    await git(main, "commit", "-qm", "first");
    assert.equal(await cacheSeen(main, join(main, "notebooks")), expected);
    assert.equal(await cacheSeen(main, scratch), expected);
    await git(main, "worktree", "add", "-q", tree);
    assert.equal(await cacheSeen(tree, tree), expected);
    assert.equal(await cacheSeen(tree, scratch), expected);
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
});

Deno.test("paths of the command line are meant in the folder where the user stands", async () => {
  const data = await Deno.realPath("data");
  const from = (INIT_CWD: string, table: string) =>
    runCommand("query.ts", ["--best", "hwt@1d", "--top", "1", "--table", table], {
      env: { INIT_CWD },
    });
  for (
    const [folder, table] of [
      [data, "reference/analog_nasbench.parquet"],
      [join(data, "reference"), "analog_nasbench.parquet"],
      [join(data, "search"), "../reference/analog_nasbench.parquet"],
      ["", "data/reference/analog_nasbench.parquet"],
    ]
  ) {
    const { code, out, err } = await from(folder, table);
    assert.equal(code, 0, err);
    assert.match(out, /\(2,2,0,4,2,1\) +7611 +90\.53/);
  }
  const { err } = await from(data, "nowhere.parquet");
  assert.ok(err.includes(join(data, "nowhere.parquet")), err);
});
