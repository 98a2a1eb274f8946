/** A network and images of one's own through the commands: killed, resumed, reported. */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { encodeSafetensors, loadWeights } from "../../src/train/mod.ts";
import { readRows } from "../../src/table/mod.ts";
import { prng } from "../../src/random.ts";
import { runCommand } from "./run.ts";

const ONNX = "tests/golden/onnx/float_data.onnx";
const folder = await Deno.makeTempDir({ prefix: "own_network_" });
const weights = join(folder, "imported/weights.safetensors"),
  data = join(folder, "mine.safetensors");
const config = join(folder, "config.json");
const MEASURE = [
  "--checkpoint",
  weights,
  "--data",
  data,
  "--config",
  config,
  "--conditions",
  "noisy,hwt",
  "--repeats",
  "2",
  "--times",
  "60s,1d",
];

/** Pictures of noise with labels by turns, as a user would save them. */
async function writeData(): Promise<void> {
  const random = prng(1, "own"),
    count = (n: number, prefix: string) => ({
      [`${prefix}images`]: {
        shape: [n, 3, 32, 32],
        data: Uint8Array.from({ length: n * 3_072 }, () => random.integer(256)),
      },
      [`${prefix}labels`]: { shape: [n], data: Int32Array.from({ length: n }, (_, i) => i % 10) },
    });
  await Deno.writeFile(data, encodeSafetensors({ ...count(20, ""), ...count(100, "train_") }));
  await Deno.writeTextFile(
    config,
    JSON.stringify({ training: { batchSize: 45 }, hwt: { epochs: 2 } }),
  );
}

/** Starts a measurement and kills it as soon as `seen` lies in its folder. */
async function killAt(out: string, seen: string): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      "--quiet",
      resolve("src/cli/measure.ts"),
      ...MEASURE,
      "--out",
      out,
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
  const ended = child.status.then(() => true);
  const isThere = () => Deno.stat(join(out, seen)).then(() => true, () => false);
  while (!await isThere()) {
    const tick = new Promise<false>((done) => setTimeout(() => done(false), 2));
    assert.ok(!await Promise.race([ended, tick]), `it ended before ${seen} was there`);
  }
  child.kill("SIGKILL");
  assert.equal((await child.status).signal, "SIGKILL");
}

Deno.test("a network of one's own, killed in the middle of a measurement, ends with the same rows and report", async () => {
  await writeData();
  const imported = await runCommand("import_onnx.ts", [ONNX, "--out", join(folder, "imported")]);
  assert.equal(imported.code, 0, imported.err);
  const evaluated = await runCommand("evaluate.ts", ["--weights", weights, "--data", data]);
  assert.match(evaluated.out, /test accuracy .* \(20 images/);
  assert.match(evaluated.err, /20 test images, 100 for training\nwarning: .*chance level/);

  const whole = join(folder, "whole"), killed = join(folder, "killed");
  const done = await runCommand("measure.ts", [...MEASURE, "--out", whole]);
  assert.equal(done.code, 0, done.err);
  await killAt(killed, "rows/noisy@60s repeat 1.json");
  await killAt(killed, "hwt/checkpoint.safetensors");
  const again = await runCommand("measure.ts", [...MEASURE, "--out", killed]);
  assert.equal(again.code, 0, again.err);
  const [expected, found] = await Promise.all(
    [whole, killed].map((path) => readRows(join(path, "rows.parquet"))),
  );
  assert.deepEqual(found, expected);
  assert.equal(expected.length, 3 + 2 * (1 + 2 * 2));

  const { plan } = await loadWeights(weights);
  assert.ok(expected.every(({ arch_str }) => arch_str.includes(plan.architecture.text)));
  const of = (condition: string) => expected.find((row) => row.condition === condition)!;
  assert.equal(of("ideal_crossbar").accuracy_pct, of("baseline").accuracy_pct);
  const report = await Deno.readTextFile(join(killed, "report.csv"));
  assert.equal(report, await Deno.readTextFile(join(whole, "report.csv")));
  const [head, noisy, hwt] = report.trim().split("\n").map((line) => line.split(","));
  assert.deepEqual(head.slice(2, 6), [
    "analog weights %",
    "digital %",
    "8-bit (PTQ) %",
    "ideal crossbars %",
  ]);
  assert.equal(head.at(-1), "after 1d %");
  assert.equal(noisy[3], of("baseline").accuracy_pct.toFixed(2));
  assert.deepEqual(hwt.slice(1, 6), ["on crossbars", "100.0", "", "", ""]);

  // Other images, another layer kept digital, other weights: each its own measurement.
  const other = await runCommand("measure.ts", [...MEASURE, "--out", whole, "--digital", "fc"]);
  assert.equal(other.code, 1);
  assert.match(other.err, /has no layer "fc"|belongs to another measurement/);
  await Deno.remove(folder, { recursive: true });
});
