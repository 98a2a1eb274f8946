import assert from "node:assert/strict";
import { runCommand } from "./run.ts";

/** Lines of a stream as they come. */
async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    const chunk = decoder.decode(bytes, { stream: true });
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}

/** Saves a notebook of the study with another version of the language: its file must stay as it is. */
async function saveAsRunElsewhere(address: URL, token: string): Promise<void> {
  const path = "notebooks/01_search_space.ipynb";
  const before = await Deno.readTextFile(path);
  const headers = { Authorization: `token ${token}`, "Content-Type": "application/json" };
  const api = new URL(`/api/contents/${path}`, address);
  const { content } = await (await fetch(api, { headers })).json();
  content.metadata.language_info.version = "0.0.1";
  const body = JSON.stringify({ type: "notebook", format: "json", content });
  try {
    const { status, body: answer } = await fetch(api, { method: "PUT", headers, body });
    await answer?.cancel();
    assert.equal(status, 200);
    assert.equal(await Deno.readTextFile(path), before);
  } finally {
    await Deno.writeTextFile(path, before);
  }
}

Deno.test("JupyterLab starts on a free port, knows the Deno kernel, saves a notebook clean, and ends when told to", async () => {
  const lab = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "src/cli/lab.ts"],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  try {
    let address: URL | undefined;
    const lines = linesOf(lab.stdout);
    while (address === undefined) {
      const { value, done } = await lines.next();
      assert.ok(!done, "lab ended before it named its address");
      const match = value.match(/^JupyterLab: (\S+)$/);
      if (match !== null) address = new URL(match[1]);
    }
    const token = address.searchParams.get("token");
    const response = await fetch(new URL(`/api/kernelspecs?token=${token}`, address));
    const { kernelspecs } = await response.json();
    assert.equal(kernelspecs.deno.spec.display_name, "Deno");
    assert.ok(kernelspecs.deno.spec.argv.includes(Deno.execPath()));
    const refused = await fetch(new URL("/api/kernelspecs", address));
    assert.equal(refused.status, 403);
    await refused.body?.cancel();
    await saveAsRunElsewhere(address, token!);
    lab.kill("SIGTERM");
    while (!(await lines.next()).done);
    assert.equal((await lab.status).code, 0);
  } finally {
    try {
      lab.kill("SIGKILL");
    } catch { /* it has ended, as it should */ }
  }
});

Deno.test("a port that is no port is refused", async () => {
  const { code, err } = await runCommand("lab.ts", ["--port", "0"]);
  assert.equal(code, 1);
  assert.match(err, /--port wants a whole number from 1 to 65535, not "0"/);
});
