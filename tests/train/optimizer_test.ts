import assert from "node:assert/strict";
import { loadBackend, type Tensor } from "../../src/backend.ts";
import { setUp } from "../../src/cli/setup.ts";
import { adam, clipGlobalNorm, type Optimizer, sgd } from "../../src/train/mod.ts";

await setUp();
const backend = await loadBackend();
const { tf } = backend;
const golden = JSON.parse(await Deno.readTextFile("tests/golden/train/train.json"));

interface Trace {
  readonly shapes: number[][];
  readonly initial: number[][];
  readonly steps: {
    readonly learning_rate: number;
    readonly gradients: number[][];
    readonly parameters: number[][];
  }[];
}

const named = (values: number[][], shapes: number[][]): Record<string, Tensor> =>
  Object.fromEntries(values.map((v, i) => [`p${i}`, tf.tensor(v, shapes[i])]));

/** Runs the trace; after step 5 the optimizer is stored and a fresh one goes on. */
function worstError(make: () => Optimizer, trace: Trace): number {
  let optimizer = make(),
    parameters: Readonly<Record<string, Tensor>> = named(
      trace.initial,
      trace.shapes,
    );
  let worst = 0;
  for (const [i, step] of trace.steps.entries()) {
    const gradients = named(step.gradients, trace.shapes);
    parameters = optimizer.step(parameters, gradients, step.learning_rate);
    step.parameters.forEach((want, k) => {
      parameters[`p${k}`].dataSync().forEach((value, j) => {
        worst = Math.max(worst, Math.abs(value - want[j]));
      });
    });
    if (i === 5) {
      const stored = Object.entries(optimizer.tensors()).map(([name, t]) => [name, t.clone()]);
      optimizer = make();
      optimizer.restore(Object.fromEntries(stored));
    }
  }
  return worst;
}

Deno.test("SGD takes PyTorch's steps, over a change of learning rate and a restart", () => {
  const worst = worstError(() => sgd(backend, { momentum: 0.9, weightDecay: 5e-4 }), golden.sgd);
  assert(worst < 1e-6, `${worst}`);
});

Deno.test("Adam takes PyTorch's steps, over a change of learning rate and a restart", () => {
  const worst = worstError(() => adam(backend, { weightDecay: 1e-4 }), golden.adam);
  assert(worst < 2e-6, `${worst}`);
});

Deno.test("the gradient's global norm is clipped as PyTorch does", () => {
  const { shapes, before, cases } = golden.clip;
  for (const { maximum, after } of cases) {
    const clipped = clipGlobalNorm(backend, named(before, shapes), maximum);
    (after as number[][]).forEach((want, k) =>
      clipped[`p${k}`].dataSync().forEach((value, j) => assert(Math.abs(value - want[j]) < 1e-6))
    );
  }
});

Deno.test("optimizers leave no tensor behind", () => {
  for (
    const make of [
      () => sgd(backend, { momentum: 0.9, weightDecay: 0 }),
      () => adam(backend, { weightDecay: 0 }),
    ]
  ) {
    const optimizer = make();
    let parameters: Readonly<Record<string, Tensor>> = { w: tf.ones([3]) };
    const counts = [1, 2, 3].map(() => {
      parameters = optimizer.step(parameters, { w: tf.ones([3]) }, 0.1);
      return tf.memory().numTensors;
    });
    assert.equal(counts[2], counts[1]);
  }
});
