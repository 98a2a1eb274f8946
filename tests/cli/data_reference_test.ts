import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { REFERENCE, sha256, WHEEL } from "../../src/table/mod.ts";
import { runCommand } from "./run.ts";

const folder = await Deno.makeTempDir();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Whether the machine has Python, without which the message is another. */
const hasPython = await Promise.try(() =>
  new Deno.Command("python3", { args: ["--version"] }).output()
).then(({ success }) => success, () => false);

/** The wheel, fetched once into .cache/, or null where there is no Python or no network. */
async function wheel(): Promise<string | null> {
  const path = join(".cache", "analog-nasbench", WHEEL.file);
  if (await Deno.stat(path).then(() => true, () => false)) return path;
  if (!hasPython) return null;
  const args = ["-m", "pip", "download", "--no-deps", "--retries", "0", "--dest", dirname(path)];
  const pip = new Deno.Command("python3", { args: [...args, WHEEL.requirement] });
  const { success } = await pip.output();
  return success ? path : null;
}

const path = await wheel();

/** The command with `args` fails with one message; the output file and its folder stay untouched. */
async function refuses(args: string[], message: RegExp, env: Record<string, string> = {}) {
  const output = join(folder, "out", "table.parquet");
  await Deno.mkdir(join(folder, "out"), { recursive: true });
  const { code, out, err } = await runCommand("data_reference.ts", ["--out", output, ...args], {
    env,
  });
  assert.equal(code, 1, err);
  assert.equal(out, "");
  assert.match(err, message);
  assert.match(err, /^error: /);
  assert.doesNotMatch(err, /\n\s+at /);
  assert.deepEqual([...Deno.readDirSync(join(folder, "out"))], []);
}

Deno.test({
  name: "data:reference derives the committed file byte for byte",
  ignore: path === null,
  fn: async () => {
    const output = join(folder, "derived.parquet");
    const { code, err } = await runCommand("data_reference.ts", [
      "--wheel",
      path!,
      "--out",
      output,
    ]);
    assert.equal(code, 0, err);
    assert.deepEqual(await Deno.readFile(output), await Deno.readFile(REFERENCE.path));
    assert.equal(sha256(await Deno.readFile(output)), REFERENCE.sha256);
  },
});

Deno.test({
  name: "an altered or truncated wheel is refused by its checksum",
  ignore: path === null,
  fn: async () => {
    const bytes = await Deno.readFile(path!);
    const altered = bytes.slice();
    altered[1_000_000] ^= 1;
    for (const content of [altered, bytes.subarray(0, 1_000_000)]) {
      const bad = join(folder, "bad.whl");
      await Deno.writeFile(bad, content);
      await refuses(
        ["--wheel", bad],
        /bad\.whl has the SHA-256 .*, not f7d4e56e.*Fetch analog-nasbench/,
      );
    }
  },
});

Deno.test("a place that cannot be written is refused, before the wheel is read", async () => {
  const file = join(folder, "a_file");
  await Deno.writeTextFile(file, "");
  const output = join(file, "table.parquet");
  await refuses(["--wheel", "nowhere.whl", "--out", output], /Cannot write below .*a_file/);
});

Deno.test("a wheel that is not there is refused", async () => {
  await refuses(["--wheel", "nowhere.whl"], /Cannot read .*nowhere\.whl/);
});

Deno.test("without Python the message says what to do instead", async () => {
  const empty = await Deno.makeTempDir();
  await refuses([], /python3 was not found.*--wheel/, { PATH: empty });
  await Deno.remove(empty);
});

Deno.test({
  name: "without network the message says what to do instead",
  ignore: !hasPython,
  fn: () =>
    // Port 9 of the machine itself: nothing listens there.
    refuses([], /pip could not fetch analog-nasbench==0\.1\.3\. Check the network.*--wheel/, {
      PIP_CONFIG_FILE: "/dev/null",
      PIP_INDEX_URL: "http://127.0.0.1:9/",
      PIP_EXTRA_INDEX_URL: "",
      PIP_FIND_LINKS: "",
    }),
});
