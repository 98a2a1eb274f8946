import assert from "node:assert/strict";
import { type Config, type PartialConfig, resolveConfig } from "../src/config.ts";
import { configId } from "../src/config_id.ts";
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

Deno.test("a setting that came later changes no id while it is at its first value", () => {
  // Ids in the committed rows of the replication, from before the settings.
  const replication = {
    protocol: "as_published",
    network: { channels: 8, cellsPerStage: 1 },
    training: { epochs: 4 },
    qat: { epochs: 1 },
    hwt: { epochs: 1 },
    measurement: { testImages: 5_000, repeats: 5 },
  } as const;
  const id = (hardware: NonNullable<PartialConfig["hardware"]>) =>
    configId(resolveConfig({ ...replication, hardware }));
  assert.equal(id({}), "0b9e088a5cf1");
  assert.equal(id({ device: "pcm", pairs: 1 }), "0b9e088a5cf1");
  assert.equal(new Set([id({}), id({ pairs: 2 }), id({ pairs: 4 })]).size, 3);
  const config = resolveConfig(replication), { device: _, pairs: __, ...old } = config.hardware;
  assert.equal(configId({ ...config, hardware: old } as Config), "0b9e088a5cf1");
  const reram = resolveConfig({ hardware: { device: "reram_wan2022" } });
  assert.equal(reram.hardware.device, "reram_wan2022");
  assert.notEqual(configId(reram), configId({ ...reram, hardware: config.hardware }));
});

Deno.test("a device brings the conductance and the times of its data", () => {
  const of = (partial: PartialConfig) => {
    const { hardware, measurement } = resolveConfig(partial);
    return { gMax_uS: hardware.gMax_uS, times_s: measurement.inferenceTimes_s };
  };
  assert.deepEqual(of({}), { gMax_uS: 25, times_s: [60, 3_600, 86_400, 2_592_000] });
  const hardware = { device: "reram_wan2022" } as const;
  assert.deepEqual(of({ hardware }), { gMax_uS: 40, times_s: [1, 86_400, 172_800] });
  assert.equal(of({ hardware: { ...hardware, gMax_uS: 25 } }).gMax_uS, 25);
  assert.throws(
    () => resolveConfig({ hardware, measurement: { inferenceTimes_s: [86_400, 60] } }),
    /inferenceTimes_s\.1 = 60: reram_wan2022 was measured at 1, 86400, 172800 s only/,
  );
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
  assert.match(fault({ hardware: { device: "flash" } }), /hardware\.device = "flash"/);
  assert.match(fault({ hardware: { pairs: 0 } }), /hardware\.pairs = 0/);
});
