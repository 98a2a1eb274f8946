/** The study of wires: what it changes of a unit's config, and what it must not. */
import assert from "node:assert/strict";
import { readBy, resolveConfig } from "@/config.ts";
import { configId } from "@/config_id.ts";
import { deviceVariants, wireVariants } from "@/measure/mod.ts";

Deno.test("wires differ in their resistance alone, and leave all else as on the memory without", () => {
  const base = resolveConfig({
    protocol: "as_published",
    network: { channels: 8, cellsPerStage: 1 },
    measurement: { repeats: 25, testImages: 5_000 },
  });
  const variants = wireVariants(base);
  assert.equal(new Set(variants.map(({ config }) => configId(config))).size, 4);
  const simulators = variants.map(({ config: { hardware } }) => hardware.simulator);
  const ohm = simulators.map((simulator) => "wire_ohm" in simulator ? simulator.wire_ohm : NaN);
  assert.deepEqual(ohm, [0, 0.125, 0.5, 2]);
  assert.deepEqual(variants.map(({ value }) => value), ohm, "a row's setting says its resistance");
  // The memory as the study of devices has it, but for its number of programming events.
  const memory = deviceVariants(base).find(({ value }) => value === "pcm_joshi")!.config;
  const bare = { ...memory, measurement: { ...memory.measurement, repeats: 5 } };
  assert.equal(configId(variants[0].config), configId(bare));
  for (const { config } of variants) {
    assert.deepEqual(readBy(config), { simulator: "crosssim", device: "pcm_joshi" });
    const { hardware } = config;
    const without = { ...config, hardware: { ...hardware, simulator: bare.hardware.simulator } };
    assert.deepEqual(without, bare);
  }
});
