/** The network against PyTorch's reference values, and the properties that training relies on. */
import assert from "node:assert/strict";
import { loadBackend, type Tensor, type Tensor1D, type Tensor4D } from "../../src/backend.ts";
import { goldenReports, inPyTorchOrder } from "../../src/verify/mod.ts";
import {
  evaluationOps,
  forward,
  initialState,
  layersOf,
  lossAndGradients,
  networkPlan,
  stateEntries,
  toState,
  toTensors,
  updatedStatistics,
} from "../../src/network/mod.ts";
import { type Cell, complexity, sampleUniform } from "../../src/space/mod.ts";
import { prng } from "../../src/random.ts";
import { normalTensor } from "../backend/finite_differences.ts";

const backend = await loadBackend();
const { tf } = backend;
const small = { channels: 4, cellsPerStage: 1 };
const images = (n: number) => normalTensor(backend, "images", [n, 32, 32, 3]) as Tensor4D;
const labels = (n: number) =>
  tf.tensor1d(Int32Array.from({ length: n }, (_, i) => i % 10), "int32");

Deno.test("networks equal xautodl's on PyTorch, and so do their sizes", async () => {
  const reports = await Array.fromAsync(goldenReports("tests/golden/network"));
  assert.deepEqual(reports.map(([file]) => file), ["complexity.json", "network.json"]);
  for (const [file, { cases, parts }] of reports) {
    assert.ok(cases > 0 && parts.length > 0);
    for (const { name, error, tolerance } of parts) {
      assert.ok(error <= tolerance, `${file} ${name}`);
    }
  }
});

Deno.test("production kernels give the gradients of plain loops in PyTorch's order", () => {
  for (const cell of [[2, 2, 2, 2, 2, 2], [2, 0, 3, 1, 4, 2], [4, 3, 0, 2, 1, 3]] as Cell[]) {
    const plan = networkPlan(cell, small);
    const { parameters } = toTensors(backend, plan, initialState(plan, 5));
    const [x, y] = [images(8), labels(8)];
    const fast = lossAndGradients(backend, plan, parameters, x, y);
    const plain = lossAndGradients(inPyTorchOrder(backend), plan, parameters, x, y);
    assert.ok(Math.abs(fast.loss.dataSync()[0] - plain.loss.dataSync()[0]) < 1e-5);
    for (const [name, gradient] of Object.entries(plain.gradients)) {
      const size = tf.norm(gradient).dataSync()[0];
      const difference = tf.norm(tf.sub(fast.gradients[name], gradient)).dataSync()[0];
      // Rounding may turn a ReLU input over; each such pixel moves a gradient a little.
      assert.ok(difference <= 1e-2 * size + 1e-6, `${cell} ${name}: ${difference} of ${size}`);
    }
  }
});

Deno.test("a plan's trainable numbers are those that the space counts", () => {
  for (const cell of sampleUniform(20, prng(0, "cells"))) {
    const size = { channels: 8, cellsPerStage: 2 };
    const count = stateEntries(networkPlan(cell, size)).filter(({ trainable }) => trainable)
      .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b), 0);
    assert.equal(count, complexity(cell, size).parameters);
  }
  assert.throws(
    () => networkPlan([2, 2, 2, 2, 2, 2], { channels: 0, cellsPerStage: 1 }),
    /channels/,
  );
});

Deno.test("a fresh state is PyTorch's default: uniform within 1 / sqrt(fan_in), named streams", () => {
  const plan = networkPlan([2, 2, 2, 2, 2, 2], { channels: 16, cellsPerStage: 1 });
  const state = initialState(plan, 3);
  const spread = (name: string, bound: number) => {
    const values = state[name];
    assert.ok(values.every((v) => Math.abs(v) <= bound), `${name} leaves +-${bound}`);
    const sd = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
    assert.ok(Math.abs(sd / (bound / Math.sqrt(3)) - 1) < 0.1, `${name} has sd ${sd}`);
  };
  spread("stem.0.weight", 1 / Math.sqrt(27));
  spread("cells.4.layers.5.op.1.weight", 1 / Math.sqrt(64 * 9));
  spread("cells.1.downsample.1.weight", 1 / 4);
  spread("classifier.weight", 1 / 8);
  assert.ok(state["classifier.bias"].every((v) => v !== 0 && Math.abs(v) <= 1 / 8));
  assert.ok(state["lastact.0.weight"].every((v) => v === 1));
  assert.ok(state["lastact.0.running_mean"].every((v) => v === 0));
  const other = initialState(
    networkPlan([0, 0, 2, 0, 0, 0], { channels: 16, cellsPerStage: 3 }),
    3,
  );
  assert.deepEqual(other["stem.0.weight"], state["stem.0.weight"], "another cell moves nothing");
  assert.notDeepEqual(initialState(plan, 4)["stem.0.weight"], state["stem.0.weight"]);
});

Deno.test("a state goes in and out unchanged; a wrong one is refused by name", () => {
  const plan = networkPlan([2, 3, 4, 0, 1, 2], small);
  const state = initialState(plan, 0);
  const tensors = toTensors(backend, plan, state);
  assert.deepEqual(tensors.parameters["stem.0.weight"].shape, [3, 3, 3, 4]);
  assert.deepEqual(toState(backend, plan, tensors), state);
  tf.dispose(tensors as never);
  const { "classifier.bias": _, ...incomplete } = state;
  assert.throws(() => toTensors(backend, plan, incomplete), /10 numbers as classifier.bias, not 0/);
});

Deno.test("folding batch norm changes nothing but rounding", () => {
  const plan = networkPlan([2, 3, 0, 4, 2, 2], small);
  const tensors = toTensors(backend, plan, initialState(plan, 1));
  const x = images(4);
  const step = lossAndGradients(backend, plan, tensors.parameters, x, labels(4));
  const trained = {
    parameters: tensors.parameters,
    statistics: updatedStatistics(backend, tensors.statistics, step.batchStatistics),
  };
  const ops = evaluationOps(backend, plan, trained);
  const { convolutionUnit: _, ...unfolded } = ops;
  const [a, b] = [ops, unfolded].map((ops) => forward(backend, plan, ops, x).dataSync());
  a.forEach((value, i) => assert.ok(Math.abs(value - b[i]) < 1e-5, `${value}, ${b[i]}`));
});

Deno.test("a step leaves no tensor behind and repeats bit for bit", () => {
  const plan = networkPlan([2, 0, 3, 4, 2, 2], small);
  const { parameters, statistics } = toTensors(backend, plan, initialState(plan, 2));
  const x = images(4), y = labels(4);
  const run = () => {
    const step = lossAndGradients(backend, plan, parameters, x, y);
    const gradients = Object.values(step.gradients).map((g) => g.dataSync());
    tf.dispose([step as never]);
    return gradients;
  };
  const first = run();
  const before = tf.memory().numTensors;
  assert.deepEqual(run(), first);
  assert.equal(tf.memory().numTensors, before);
  const ops = evaluationOps(backend, plan, { parameters, statistics });
  tf.dispose(forward(backend, plan, ops, x));
  ops.dispose();
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("edges that cannot reach the output get statistics and zero gradients, as in PyTorch", () => {
  const cell: Cell = [2, 0, 0, 1, 1, 0]; // (0,1) is a convolution; nothing carries node 1 on
  const plan = networkPlan(cell, small);
  const { parameters } = toTensors(backend, plan, initialState(plan, 0));
  const step = lossAndGradients(backend, plan, parameters, images(4), labels(4));
  const largest = (tensor: Tensor) => tf.max(tf.abs(tensor)).dataSync()[0];
  assert.equal(largest(step.gradients["cells.0.layers.0.op.1.weight"]), 0);
  assert.ok(largest(step.gradients["stem.0.weight"]) > 0);
  assert.ok(largest(step.batchStatistics["cells.0.layers.0.op.2.running_var"]) > 0);
  const norms = layersOf(plan).filter(({ kind }) => kind === "batch_norm").length;
  assert.equal(Object.keys(step.batchStatistics).length, 2 * norms);
});

Deno.test("a disconnected cell still trains its classifier's bias", () => {
  const plan = networkPlan([1, 1, 1, 1, 1, 1], small);
  const { parameters } = toTensors(backend, plan, initialState(plan, 0));
  const step = lossAndGradients(backend, plan, parameters, images(2), labels(2) as Tensor1D);
  assert.ok(step.gradients["classifier.bias"].dataSync().some((v) => v !== 0));
  assert.ok(step.gradients["stem.0.weight"].dataSync().every((v) => v === 0));
});
