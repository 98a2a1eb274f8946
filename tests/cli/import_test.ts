/** Weights from elsewhere through the commands: taken in, or refused before anything is written. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { initialState, networkPlan } from "@/network/mod.ts";
import { parseCell } from "@/space/mod.ts";
import { decodeSafetensors, encodeSafetensors, loadWeights, saveWeights } from "@/train/mod.ts";
import { runCommand } from "./run.ts";

const folder = await Deno.makeTempDir({ prefix: "import_test_" });
const golden = JSON.parse(await Deno.readTextFile("tests/golden/train/train.json")).weights;
const goldenFile = `tests/golden/train/${golden.file}`;
const CELL = `(${golden.cell.join(",")})`;
const SIZE = ["--channels", `${golden.channels}`, "--cells-per-stage", `${golden.cells_per_stage}`];
const named = join(folder, "named.safetensors"), out = join(folder, "never.safetensors");

/** One message on stderr, no stack, exit status 1, no file. */
async function refused(command: string, args: string[], message: RegExp): Promise<void> {
  const { code, err } = await runCommand(command, args);
  assert.equal(code, 1, err);
  assert.match(err.trim(), /^error: [^\n]*$/);
  assert.match(err, message);
  await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
}

Deno.test("a file from PyTorch is named once, and says its network from then on", async () => {
  await refused(
    "import.ts",
    [goldenFile, out],
    /does not say which network it holds.*--cell or --network/,
  );
  const first = await runCommand("import.ts", [goldenFile, named, "--cell", CELL, ...SIZE]);
  assert.equal(first.code, 0, first.err);
  const again = join(folder, "again.safetensors");
  const { code, err } = await runCommand("import.ts", [named, again]);
  assert.equal(code, 0, err);
  const size = { channels: golden.channels, cellsPerStage: golden.cells_per_stage };
  const plan = networkPlan(golden.cell, size);
  assert.deepEqual((await loadWeights(again)).state, (await loadWeights(goldenFile, plan)).state);
});

Deno.test("another cell or size than the file's own is refused", async () => {
  const own = join(folder, "own.safetensors"),
    plan = networkPlan(parseCell("220421"), {
      channels: 4,
      cellsPerStage: 1,
    });
  await saveWeights(own, { plan, state: initialState(plan, 0), origin: {} });
  const there = /own\.safetensors says that it holds another network: /;
  await refused("import.ts", [own, out, "--cell", "(2,2,4,0,2,1)"], there);
  await refused("import.ts", [own, out, "--cell", "220424"], /cell is "\(2,2,0,4,2,1\)" there and/);
  await refused("import.ts", [own, out, "--channels", "8"], /channels is 4 there and 8 here/);
  await refused("import.ts", [own, out, "--cells-per-stage", "2"], /cellsPerStage is 1 there/);
});

Deno.test("a number that is not finite is refused at import and at evaluation", async () => {
  const { tensors, metadata } = decodeSafetensors(await Deno.readFile(goldenFile), goldenFile);
  const name = "classifier.weight", { shape, data } = tensors[name];
  const spoilt = { shape, data: (data as Float32Array).with(3, NaN) };
  const path = join(folder, "nan.safetensors");
  await Deno.writeFile(path, encodeSafetensors({ ...tensors, [name]: spoilt }, metadata));
  const message = /nan\.safetensors: classifier\.weight\[3\] is NaN/;
  await refused("import.ts", [path, out, "--cell", CELL, ...SIZE], message);
  const size = JSON.stringify({ channels: golden.channels, cellsPerStage: golden.cells_per_stage });
  const own = encodeSafetensors({ ...tensors, [name]: spoilt }, { cell: CELL, size });
  await Deno.writeFile(path, own);
  await refused("evaluate.ts", ["--weights", path, "--smoke"], message);
  await refused("quantize.ts", ["--weights", path, "--smoke", "--out", out], message);
  await refused("measure.ts", ["--checkpoint", path, "--out", out], message);
});

Deno.test("the advice about a file without a name is a command that works", async () => {
  const { code, err } = await runCommand("evaluate.ts", ["--weights", goldenFile, "--smoke"]);
  assert.equal(code, 1);
  const [, advice] = err.match(/deno task import (.*)$/m)!;
  const args = advice.replace("named.safetensors", named).replace("<network>", CELL);
  const imported = await runCommand("import.ts", [...args.split(" "), ...SIZE]);
  assert.equal(imported.code, 0, imported.err);
  const evaluated = await runCommand("evaluate.ts", ["--weights", named, "--smoke"]);
  assert.match(evaluated.out, /test accuracy \d+\.\d\d %/, evaluated.err);
});

Deno.test("settings of a config that the weights contradict are refused", async () => {
  const config = join(folder, "config.json");
  await Deno.writeTextFile(config, JSON.stringify({ network: { channels: 16 } }));
  const args = ["--config", config, "--out", out];
  const message = /network\.channels is 16 in the config.*4 in the weights/;
  await refused("quantize.ts", ["--weights", named, ...args], message);
  await refused("measure.ts", ["--checkpoint", named, ...args], message);
  await Deno.writeTextFile(config, JSON.stringify({ network: { cellsPerStage: 5 } }));
  await refused("quantize.ts", ["--weights", named, ...args], /network\.cellsPerStage is 5/);
});
