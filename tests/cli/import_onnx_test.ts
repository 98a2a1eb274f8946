/** `deno task import-onnx`: a file becomes weights that other commands read; a refusal leaves nothing behind. */
import assert from "node:assert/strict";
import { join } from "node:path";
import cases from "../golden/onnx/cases.json" with { type: "json" };
import { resolveConfig } from "../../src/config.ts";
import { networkFor, parseSteps, readOnnx, stepsText } from "../../src/network/mod.ts";
import { loadWeights, saveWeights } from "../../src/train/mod.ts";

const FOLDER = "tests/golden/onnx";

async function importOnnx(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "src/cli/import_onnx.ts", ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("every network of a file is the same, bit for bit, after saving and loading", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "weights.safetensors");
    for (const { file, expect } of cases.accept) {
      if (expect !== "logits") continue;
      const { plan, state } = await readOnnx(join(FOLDER, file));
      await saveWeights(path, { plan, state, origin: {} });
      const loaded = await loadWeights(path);
      assert.deepEqual(loaded.plan, plan, file);
      for (const [name, values] of Object.entries(state)) {
        assert.deepEqual(loaded.state[name], values, `${file} ${name}`);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("weights of another file are refused by its name, one with the same layers too", async () => {
  const folder = await Deno.makeTempDir(), path = join(folder, "weights.safetensors");
  const { plan, state } = await readOnnx(join(FOLDER, "float_data.onnx"));
  await saveWeights(path, { plan, state, origin: {} });
  for (const file of ["resnet8b_legacy17_kept_one.onnx", "pads_2_attribute.onnx"]) {
    const other = await readOnnx(join(FOLDER, file));
    await assert.rejects(
      loadWeights(path, other.plan),
      new RegExp(`another network: architecture is "float_data-.*${other.plan.architecture.text}`),
    );
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("steps that are no graph are refused with the step's name", async () => {
  const { plan } = await readOnnx(join(FOLDER, "explicit_pad.onnx"));
  assert.deepEqual(parseSteps(stepsText(plan)), plan.steps);
  const [first, second] = plan.steps;
  const text = (steps: unknown) => JSON.stringify(steps);
  assert.throws(() => parseSteps("["), /no JSON/);
  assert.throws(() => parseSteps(text([second, first])), new RegExp(`reads ${first.name}`));
  assert.throws(() => parseSteps(text([first, first])), new RegExp(`called ${first.name}`));
  assert.throws(() => parseSteps(text([{ ...first, kind: "dream" }])), /steps/);
});

Deno.test("a file is imported, or listed with --dry-run, or refused without a trace", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const out = join(folder, "mine"),
      mobilenet = join(FOLDER, "mobilenet_legacy10_kept_dynamic.onnx");
    const listed = await importOnnx(mobilenet, "--dry-run");
    assert.equal(listed.code, 0, listed.err);
    const { layers } = cases.accept.find(({ file }) => mobilenet.endsWith(file))!;
    const lines = listed.out.split("\n");
    for (const { node, groups = 1 } of layers) {
      const line = lines.find((line) => line.split(/\s{2,}/)[0] === node);
      assert.match(line ?? "", groups === 1 ? /crossbar +\d+$/ : /depthwise .*digital$/, node);
    }
    const [{ node }] = layers;
    const chosen = await importOnnx(mobilenet, "--dry-run", "--digital", node);
    assert.match(chosen.out.split("\n").find((line) => line.startsWith(`${node} `))!, /digital$/);
    const share = (text: string) => Number(/([\d.]+) % of the weights/.exec(text)![1]);
    assert.ok(share(chosen.out) < share(listed.out) && share(listed.out) < 100);
    const typo = await importOnnx(mobilenet, "--dry-run", "--digital", `${node}x`);
    assert.equal(typo.code, 1);
    assert.ok(typo.err.includes(`no layer "${node}x". Did you mean "${node}"?`), typo.err);
    const refused = await importOnnx(join(FOLDER, "refuse_if.onnx"), "--out", out);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /^error: refuse_if\.onnx cannot be read:[^]*If "branch"/);
    assert.doesNotMatch(refused.err, /\bat .*\.ts:/);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
    const softmax = join(FOLDER, "softmax_legacy13_folded_dynamic.onnx");
    const imported = await importOnnx(softmax, "--out", out);
    assert.equal(imported.code, 0, imported.err);
    assert.match(imported.out, /gives probabilities: the softmax at its end is left out/);
    const { plan } = await loadWeights(join(out, "weights.safetensors"));
    assert.match(plan.architecture.text, /^softmax_legacy13_folded_dynamic-[0-9a-f]{12}$/);
    assert.equal((await importOnnx(softmax)).code, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a config says that its network is from a file, and nothing of its scale", () => {
  const config = resolveConfig({ network: { space: "custom" } });
  assert.deepEqual(config.network, { space: "custom" });
  assert.throws(() => resolveConfig({ network: { space: "custom", channels: 8 } }), /its text/);
  const resnet = { space: "resnet", text: "resnet:1x4-1x8-1x16:B" } as const;
  assert.throws(() => networkFor(config, resnet), /networks of custom, not for resnet:1x4/);
});
