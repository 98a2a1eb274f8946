/** Networks of the four spaces: equal to PyTorch's, counted right, and refused where the scale is wrong. */
import assert from "node:assert/strict";
import { loadBackend, type Tensor1D, type Tensor4D } from "../../src/backend.ts";
import {
  buildNetwork,
  evaluationOps,
  forward,
  initialState,
  lossAndGradients,
  networkPlan,
  outputShapes,
  planComplexity,
  stateEntries,
  toTensors,
} from "../../src/network/mod.ts";
import { prng } from "../../src/random.ts";
import { complexity, parseArchitecture, sampleUniform } from "../../src/space/mod.ts";
import { goldenReports, inPyTorchOrder } from "../../src/verify/mod.ts";
import { normalTensor } from "../backend/finite_differences.ts";

const backend = await loadBackend();
const { tf } = backend;
const DARTS = "darts:30 61|12 01|22 53|44 03/00 11|22 31|50 43|64 21";
const PLANS = [
  buildNetwork(parseArchitecture("resnet:1x4-1x8-1x16:B"), {}),
  buildNetwork(parseArchitecture("resnet:1x4-1x6-1x6:A:31"), {}),
  buildNetwork(parseArchitecture("analognas:4:1x2w0.5,1x1w0.7"), {}),
  buildNetwork(parseArchitecture("analognas:3:1x1w0.8:published"), {}),
  buildNetwork(parseArchitecture(DARTS), { channels: 2, cellsPerStage: 1 }),
];

Deno.test("networks of resnet, analognas and darts equal PyTorch's, and so do their sizes", async () => {
  const reports = await Array.fromAsync(goldenReports("tests/golden/spaces"));
  assert.equal(reports.length, 6);
  for (const [file, { cases, parts }] of reports) {
    assert.ok(cases > 0 && parts.length > 0, file);
    for (const { name, error, tolerance } of parts) {
      assert.ok(error <= tolerance, `${file} ${name}: ${error}`);
    }
  }
});

Deno.test("a count over the steps equals the closed form of NAS-Bench-201", () => {
  for (const cell of sampleUniform(40, prng(3, "cells"))) {
    for (const size of [{ channels: 8, cellsPerStage: 2 }, { channels: 16, cellsPerStage: 5 }]) {
      const { parameters, macs, tiles } = planComplexity(networkPlan(cell, size));
      assert.deepEqual({ parameters, macs, tiles }, complexity(cell, size));
    }
  }
});

Deno.test("the net of Joshi et al. (2020) has the 361,722 weights of their abstract", () => {
  const plan = buildNetwork(parseArchitecture("resnet:5x16-5x28-5x56:B"), {});
  assert.equal(planComplexity(plan).analogWeights + 10, 361_722);
});

Deno.test("steps have the shapes that are counted, and a step leaves nothing behind", () => {
  for (const plan of PLANS) {
    const { parameters, statistics } = toTensors(backend, plan, initialState(plan, 1));
    const x = normalTensor(backend, "x", [2, 32, 32, 3]) as Tensor4D;
    const shapes = outputShapes(plan, { height: 32, width: 32, channels: 3 });
    const digital = evaluationOps(backend, plan, { parameters, statistics });
    const reluShapes: string[] = [];
    const ops = {
      ...digital,
      relu: (name: string, y: Tensor4D) => {
        const { height, width, channels } = shapes[name];
        assert.deepEqual(y.shape, [2, height, width, channels], name);
        reluShapes.push(name);
        return digital.relu(name, y);
      },
    };
    const logits = forward(backend, plan, ops, x);
    assert.deepEqual(logits.shape, [2, 10]);
    assert.ok(reluShapes.length > 0);
    digital.dispose();
    const labels = tf.tensor1d([1, 2], "int32") as Tensor1D;
    const step = () =>
      tf.dispose([lossAndGradients(backend, plan, parameters, x, labels) as never]);
    step();
    const before = tf.memory().numTensors;
    step();
    assert.equal(tf.memory().numTensors, before);
    assert.equal(
      Object.keys(parameters).length,
      stateEntries(plan).filter((e) => e.trainable).length,
    );
  }
});

Deno.test("plain loops give the gradients of strided 1x1 convolutions too", () => {
  const [plan] = PLANS, { parameters } = toTensors(backend, plan, initialState(plan, 4));
  const x = normalTensor(backend, "x", [4, 32, 32, 3]) as Tensor4D;
  const labels = tf.tensor1d([1, 2, 3, 4], "int32") as Tensor1D;
  const [fast, plain] = [backend, inPyTorchOrder(backend)].map((kernels) =>
    lossAndGradients(kernels, plan, parameters, x, labels).gradients
  );
  for (const [name, gradient] of Object.entries(plain)) {
    const size = tf.norm(gradient).dataSync()[0];
    assert.ok(tf.norm(tf.sub(fast[name], gradient)).dataSync()[0] <= 2e-2 * size + 1e-6, name);
  }
});

Deno.test("a scale that the space lacks is refused", () => {
  const build = (text: string, scale: Record<string, number>) => () =>
    buildNetwork(parseArchitecture(text), scale);
  assert.throws(build("resnet:1x4-1x8-1x16:B", { channels: 8 }), /resnet takes no scale/);
  assert.throws(build(DARTS, {}), /darts is scaled by channels and cellsPerStage, not by nothing/);
  assert.throws(build("222222", { channels: 8 }), /nas_bench_201 is scaled by/);
  assert.throws(build(DARTS, { channels: 0, cellsPerStage: 1 }), /positive whole number/);
});
