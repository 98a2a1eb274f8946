import assert from "node:assert/strict";
import { configId, resolveConfig } from "../src/config.ts";
import { InputError } from "../src/input_error.ts";

Deno.test("the defaults are the published recipe of NAS-Bench-201", () => {
  const config = resolveConfig();
  assert.deepEqual(config.network, { channels: 16, cellsPerStage: 5 });
  assert.deepEqual(config.training, {
    epochs: 200,
    batchSize: 256,
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay: 5e-4,
    cropPadding: 4,
    flipProbability: 0.5,
  });
});

Deno.test("a config is frozen through and through", () => {
  const config = resolveConfig();
  assert.throws(() => Object.assign(config.training, { epochs: 1 }), TypeError);
});

Deno.test("a config's id does not depend on the order of keys, but on every value", () => {
  const one = resolveConfig({ training: { epochs: 3, batchSize: 64 }, protocol: "corrected" });
  const two = resolveConfig({ protocol: "corrected", training: { batchSize: 64, epochs: 3 } });
  assert.match(configId(one), /^[0-9a-f]{12}$/);
  assert.equal(configId(one), configId(two));
  assert.notEqual(configId(one), configId(resolveConfig({ training: { epochs: 3 } })));
});

Deno.test("invalid settings are refused by name and value", () => {
  const fault = (partial: unknown) => {
    try {
      resolveConfig(partial as Parameters<typeof resolveConfig>[0]);
    } catch (error) {
      assert(error instanceof InputError);
      return error.message;
    }
    return assert.fail("accepted");
  };
  assert.match(fault({ training: { epochs: 0 } }), /training\.epochs = 0/);
  assert.match(fault({ training: { epochs: -3 } }), /training\.epochs = -3/);
  assert.match(fault({ training: { batchSize: 50_001 } }), /training\.batchSize = 50001/);
  assert.match(fault({ training: { learningRate: NaN } }), /training\.learningRate/);
  assert.match(fault({ protocol: "published" }), /protocol = "published"/);
  assert.match(fault({ trainig: {} }), /trainig/);
});
