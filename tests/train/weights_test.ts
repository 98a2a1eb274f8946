import assert from "node:assert/strict";
import { join } from "node:path";
import { type Backend, loadBackend, type Tensor4D } from "../../src/backend.ts";
import { setUp } from "../../src/cli/setup.ts";
import { InputError } from "../../src/input_error.ts";
import {
  evaluationOps,
  forward,
  initialState,
  type NetworkPlan,
  networkPlan,
  type State,
  toTensors,
} from "../../src/network/mod.ts";
import { prng } from "../../src/random.ts";
import { parseCell } from "../../src/space/mod.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  loadWeights,
  saveWeights,
  type StoredTensors,
} from "../../src/train/mod.ts";
import { findPyTorch } from "./find_pytorch.ts";

await setUp();
const backend = await loadBackend();
const golden = JSON.parse(await Deno.readTextFile("tests/golden/train/train.json")).weights;
const goldenFile = `tests/golden/train/${golden.file}`;
const folder = await Deno.makeTempDir({ prefix: "weights_test_" });

function logits(backend: Backend, plan: NetworkPlan, state: State, x: Tensor4D): Float32Array {
  const ops = evaluationOps(backend, plan, toTensors(backend, plan, state));
  return forward(backend, plan, ops, x).dataSync() as Float32Array;
}

/** [n, 3, 32, 32] to [n, 32, 32, 3]. */
const channelsLast = (x: Float32Array, n: number) =>
  backend.tf.transpose(backend.tf.tensor4d(x, [n, 3, 32, 32]), [0, 2, 3, 1]);

Deno.test("weights that PyTorch wrote give PyTorch's logits", async () => {
  const { channels, cells_per_stage: cellsPerStage } = golden;
  const plan = networkPlan(golden.cell, { channels, cellsPerStage });
  const { state } = await loadWeights(goldenFile, plan);
  const x = Float32Array.from({ length: 8 * 3_072 }, (_, i) => Math.sin(0.37 * i));
  const found = logits(backend, plan, state, channelsLast(x, 8));
  (golden.logits as number[]).forEach((want, i) => assert(Math.abs(found[i] - want) < 1e-4));
});

const python = await findPyTorch();
Deno.test({
  name: "PyTorch reads what is exported, and gives the same logits; it comes back unchanged" +
    (python === null
      ? " (skipped: set PYTORCH_PYTHON to a Python with torch and safetensors)"
      : ""),
  ignore: python === null,
  fn: exportedToPyTorch,
});

async function exportedToPyTorch(t: Deno.TestContext): Promise<void> {
  for (const digits of ["220421", "111130", "(0,4,2,3,0,0)"]) {
    await t.step(digits, async () => {
      const tuple = parseCell(digits), cell = tuple.join("");
      const plan = networkPlan(tuple, { channels: 6, cellsPerStage: 2 });
      const random = prng(1, digits), state = { ...initialState(plan, 3) };
      for (const [name, values] of Object.entries(state)) {
        if (values.length < 30) state[name] = values.map((v) => v + 0.2 * random.uniform());
      }
      const images = Float32Array.from({ length: 4 * 3_072 }, () => random.normal());
      const [file, input, back] = ["exported", "images", "back"].map((n) =>
        join(folder, digits + n)
      );
      await saveWeights(file, { plan, state, origin: {} });
      await Deno.writeFile(input, new Uint8Array(images.buffer));
      const { success, stdout, stderr } = await new Deno.Command(python!, {
        args: ["tests/train/pytorch_reads.py", file, input, cell, "6", "2", back],
        env: { PYTHONPATH: "bench/pytorch", PYTHONDONTWRITEBYTECODE: "1" },
      }).output();
      assert(success, new TextDecoder().decode(stderr));
      const want: number[] = JSON.parse(new TextDecoder().decode(stdout));
      const found = logits(backend, plan, state, channelsLast(images, 4));
      want.forEach((value, i) => assert(Math.abs(found[i] - value) < 1e-4, `${found[i]} ${value}`));
      assert.deepEqual((await loadWeights(back, plan)).state, state);
    });
  }
}

Deno.test("a file that says its network needs no naming", async () => {
  const plan = networkPlan(parseCell("(0,1,2,3,4,0)"), { channels: 5, cellsPerStage: 1 });
  const path = join(folder, "own"), state = initialState(plan, 0);
  await saveWeights(path, { plan, state, origin: { seed: "0" } });
  assert.deepEqual(await loadWeights(path), { plan, state, origin: { seed: "0" } });
});

Deno.test("weights of another network, or of an unnamed one, are refused", async () => {
  const refused = (message: RegExp, plan?: NetworkPlan) =>
    assert.rejects(loadWeights(goldenFile, plan), (error) => {
      assert(error instanceof InputError);
      assert.match(error.message, message);
      return true;
    });
  await refused(/does not say which network/);
  await refused(
    /stem\.0\.weight should have shape \[8,3,3,3\], the file has shape \[4,3,3,3\]/,
    networkPlan(golden.cell, { channels: 8, cellsPerStage: 1 }),
  );
  await refused(
    /cells\.0\.layers\.2\.op\.1\.weight should .* the file lacks it/,
    networkPlan(parseCell("230221"), { channels: 4, cellsPerStage: 1 }),
  );
});

const refused = (message: RegExp) => (error: unknown) => {
  assert(error instanceof InputError, String(error));
  assert.match(error.message, message);
  return true;
};

Deno.test("what a file says of itself is not overridden", async () => {
  const size = { channels: 4, cellsPerStage: 1 }, path = join(folder, "says");
  const plan = networkPlan(parseCell("220421"), size);
  await saveWeights(path, { plan, state: initialState(plan, 0), origin: {} });
  // Equal shapes: a 3x3 convolution and a skip have changed places, as have two edges' poolings.
  const cases: [NetworkPlan, RegExp][] = [
    [
      networkPlan(parseCell("224021"), size),
      /cell is "\(2,2,0,4,2,1\)" there and "\(2,2,4,0,2,1\)"/,
    ],
    [networkPlan(parseCell("220420"), size), /there and "\(2,2,0,4,2,0\)" here/],
    [networkPlan(parseCell("220421"), { ...size, channels: 8 }), /channels is 4 there and 8 here/],
    [
      networkPlan(parseCell("220421"), { ...size, cellsPerStage: 2 }),
      /cellsPerStage is 1 there and 2/,
    ],
  ];
  for (const [other, message] of cases) {
    await assert.rejects(loadWeights(path, other), refused(message));
  }
  const { tensors, metadata } = decodeSafetensors(await Deno.readFile(path), path);
  for (const change of [{ cell: "(2,2,0,4,2,7)" }, { size: metadata.size.replace(":4", ":0") }]) {
    await Deno.writeFile(path, encodeSafetensors(tensors, { ...metadata, ...change }));
    await assert.rejects(loadWeights(path), refused(/says that it holds the network .* cannot be/));
  }
});

Deno.test("a number that is not finite and a negative variance are refused by tensor", async () => {
  const plan = networkPlan(parseCell("220421"), { channels: 4, cellsPerStage: 1 });
  const state = initialState(plan, 0), path = join(folder, "unsound");
  const cases: [string, number, number, RegExp][] = [
    ["cells.0.layers.0.op.1.weight", 5, NaN, /layers\.0\.op\.1\.weight\[5\] is NaN.*not finite/],
    ["classifier.bias", 9, Infinity, /classifier\.bias\[9\] is Infinity/],
    ["stem.1.running_mean", 0, -Infinity, /stem\.1\.running_mean\[0\] is -Infinity/],
    [
      "lastact.0.running_var",
      2,
      -1e-6,
      /lastact\.0\.running_var\[2\] is -9\.99\d*e-7, and a variance/,
    ],
  ];
  for (const [name, at, value, message] of cases) {
    await saveWeights(path, {
      plan,
      state: { ...state, [name]: state[name].with(at, value) },
      origin: {},
    });
    await assert.rejects(loadWeights(path), refused(message));
  }
  const lively = { ...state, "stem.1.running_var": state["stem.1.running_var"].with(0, 0) };
  await saveWeights(path, { plan, state: lively, origin: {} });
  assert.deepEqual((await loadWeights(path)).state, lively, "a channel that is always equal");
});

Deno.test("the usual wrappings of a state_dict are understood", async () => {
  const { channels, cells_per_stage: cellsPerStage } = golden;
  const plan = networkPlan(golden.cell, { channels, cellsPerStage });
  const bare = await loadWeights(goldenFile, plan);
  const { tensors } = decodeSafetensors(await Deno.readFile(goldenFile), goldenFile);
  const renamed = async (rename: (name: string) => string, more: StoredTensors = {}) => {
    const path = join(folder, "wrapped");
    const entries = Object.entries(tensors).map(([name, tensor]) => [rename(name), tensor]);
    await Deno.writeFile(path, encodeSafetensors({ ...Object.fromEntries(entries), ...more }));
    return path;
  };
  const one = { shape: [1], data: Float32Array.of(1) };
  const wrappings: [string, (name: string) => string, StoredTensors?][] = [
    ["DataParallel", (name) => `module.${name}`],
    ["torch.compile", (name) => `_orig_mod.${name}`],
    ["both", (name) => `module._orig_mod.${name}`],
    ["a trainer's dictionary", (name) => `state_dict.module.${name}`, { epoch: one }],
    ["a module that holds the network", (name) => `net.model.${name}`, { "loss.weight": one }],
    [
      "torch.compile of the cells alone",
      (name) => name.replace(/^cells\.(\d+)/, "cells.$1._orig_mod"),
    ],
  ];
  for (const [what, rename, more] of wrappings) {
    assert.deepEqual(
      (await loadWeights(await renamed(rename, more), plan)).state,
      bare.state,
      what,
    );
  }
  const averaged = Object.entries(tensors).map(([name, tensor]) => [`ema.${name}`, tensor]);
  const two = await renamed((name) => `model.${name}`, Object.fromEntries(averaged));
  await assert.rejects(
    loadWeights(two, plan),
    refused(/holds 2 networks, under "ema\." and "model\."/),
  );
});
