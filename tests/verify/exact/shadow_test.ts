import assert from "node:assert/strict";
import { type Backend, loadBackend } from "@/backend.ts";
import { buildNetwork, initialState } from "@/network/mod.ts";
import { parseArchitecture } from "@/space/mod.ts";
import { batch } from "@/verify/reference_network.ts";
import { ROUNDING, shadowStep } from "@/verify/exact/shadow.ts";
import { exactTraining } from "@/verify/exact/training.ts";

const backend = await loadBackend(), { tf } = backend;
const PLANS = [
  buildNetwork(parseArchitecture("resnet:1x4-1x6-1x8:A"), {}),
  buildNetwork(parseArchitecture("analognas:3:1x2w0.5,1x1w0.5"), {}),
  // every operation
  buildNetwork(parseArchitecture("darts:00 11|22 31|42 53|63 24/00 11|22 31|42 53|63 24"), {
    channels: 2,
    cellsPerStage: 1,
  }),
];
const [x, labels] = batch(backend, [2, 3, 8, 8]);
const images = { data: Float64Array.from(x.dataSync()), shape: x.shape };
const recipe = { lr: 0.05, momentum: 0.9, weight_decay: 0, steps: 1 };
const train = (plan: typeof PLANS[number], state: Record<string, Float32Array | Float64Array>) =>
  exactTraining(plan, state as never, [images, labels.dataSync() as Int32Array], recipe).steps[0];

Deno.test("exact gradients are the slopes of the exact loss", () => {
  for (const plan of PLANS) {
    const state = initialState(plan, 1), gradients = train(plan, state).gradients();
    for (const name of Object.keys(gradients).filter((_, i) => i % 5 === 0)) {
      const i = gradients[name].reduce((a, g, k, all) => Math.abs(g) > Math.abs(all[a]) ? k : a, 0);
      const lossAt = (by: number) => {
        const moved = Float64Array.from(state[name]);
        moved[i] += by;
        return train(plan, { ...state, [name]: moved }).loss;
      };
      const slope = (lossAt(1e-6) - lossAt(-1e-6)) / 2e-6, g = gradients[name][i];
      assert.ok(Math.abs(slope - g) < 1e-5 + 1e-3 * Math.abs(g), `${name}: ${slope} ${g}`);
    }
  }
});

Deno.test("TensorFlow's pass is the exact one; one with a wrong gradient is not", () => {
  /** A ReLU whose gradient passes everywhere. */
  const wrong: Backend = {
    ...backend,
    relu: (x) =>
      backend.differentiable([x], (x) => ({
        value: tf.relu(x),
        saved: [],
        gradient: (dy) => [tf.clone(dy)],
      })) as typeof x,
  };
  for (const plan of PLANS) {
    const step = train(plan, initialState(plan, 1));
    const found = shadowStep(backend, plan, step, [x, labels]);
    assert.ok(Math.abs(found.loss - step.loss) < 1e-5);
    assert.ok(found.gradients < ROUNDING && found.statistics < ROUNDING, plan.architecture.text);
    assert.ok(found.turned < ROUNDING);
    assert.ok(shadowStep(wrong, plan, step, [x, labels]).gradients > 10 * ROUNDING);
  }
});
