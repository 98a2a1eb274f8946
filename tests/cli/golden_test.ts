/** The golden command: what it prints, and that it fails where it must. */
import assert from "node:assert/strict";

async function golden(folder: string): Promise<{ code: number; text: string }> {
  const args = ["run", "-A", "--no-check", "src/cli/golden.ts", folder];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

/** A copy of the network's reference folder, changed by `change`. */
async function withCopy(change: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  for (const name of ["network.json", "network.bin", "complexity.json"]) {
    await Deno.copyFile(`tests/golden/network/${name}`, `${folder}/${name}`);
  }
  await change(folder);
  const result = await golden(folder);
  await Deno.remove(folder, { recursive: true });
  return result;
}

Deno.test("a line a file; README, perf.json and producer/ are passed over", async () => {
  const { code, text } = await withCopy(async (folder) => {
    await Deno.writeTextFile(`${folder}/perf.json`, "{}");
    await Deno.writeTextFile(`${folder}/README.md`, "");
    await Deno.mkdir(`${folder}/producer`);
    await Deno.remove(`${folder}/network.json`);
  });
  assert.equal(
    text.trim(),
    "pass  complexity.json  123 cases  parameters 0.0e+0 <= 0  MACs 0.0e+0 <= 0",
  );
  assert.equal(code, 0);
});

Deno.test("a wrong number fails its file and the command; so does a file that nobody knows", async () => {
  const { code, text } = await withCopy(async (folder) => {
    await Deno.remove(`${folder}/network.json`);
    const path = `${folder}/complexity.json`;
    const content = JSON.parse(await Deno.readTextFile(path));
    content.rows[7].parameters += 1;
    await Deno.writeTextFile(path, JSON.stringify(content));
    await Deno.writeTextFile(`${folder}/mystery.json`, "{}");
  });
  assert.match(text, /^FAIL {2}complexity\.json {2}123 cases {2}parameters 1\.0e\+0 <= 0/m);
  assert.match(text, /^FAIL {2}mystery\.json .*unknown file/m);
  assert.equal(code, 1);
});

Deno.test("a network whose weights were changed fails; cut short, it is refused", async () => {
  const changed = await withCopy(async (folder) => {
    const bytes = await Deno.readFile(`${folder}/network.bin`);
    const weights = new Float32Array(bytes.buffer);
    weights[0] += 0.01;
    await Deno.writeFile(`${folder}/network.bin`, bytes);
  });
  assert.match(changed.text, /^FAIL {2}network\.json {2}4 cases/m);
  assert.equal(changed.code, 1);
  const short = await withCopy((folder) => Deno.truncate(`${folder}/network.bin`, 1000));
  assert.match(short.text, /error: .*network\.bin holds 1000 bytes.*cut short/);
  const none = await golden("nowhere");
  assert.match(none.text, /error: There is no folder nowhere/);
  assert.equal(none.code, 1);
});
