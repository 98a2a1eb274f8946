/** The study of memories: what it changes of a unit's config, and what it must not. */
import assert from "node:assert/strict";
import { protocolOf, readBy, resolveConfig } from "@/config.ts";
import { configId } from "@/config_id.ts";
import { deviceVariants } from "@/measure/mod.ts";

Deno.test("each memory is read at the times of its data; training and the tiles' settings stay", () => {
  const base = resolveConfig({
    protocol: "as_published",
    network: { channels: 8, cellsPerStage: 1 },
    measurement: { repeats: 5, testImages: 5_000 },
  });
  const variants = deviceVariants(base);
  const seen = variants.map(({ config }) => [readBy(config), config.measurement.inferenceTimes_s]);
  const of = (simulator: string, device: string, times: number[]) => [{ simulator, device }, times];
  assert.deepEqual(seen, [
    of("aihwkit", "pcm", [60, 3_600, 86_400, 2_592_000]),
    of("aihwkit", "pcm", [60, 3_600, 86_400, 2_592_000]), // digital: nothing is read
    of("crosssim", "pcm_joshi", [27]),
    of("crosssim", "rram_wan", [1]),
    of("crosssim", "rram_milo", [0]),
    of("crosssim", "sonos", [0, 86_400, 172_800, 432_000]),
  ]);
  for (const { config, conditions } of variants) {
    const { simulator: _, ...tiles } = config.hardware,
      { simulator: __, ...before } = base.hardware;
    assert.deepEqual(tiles, before);
    for (const part of ["network", "training", "hwt"] as const) {
      assert.deepEqual(config[part], base[part]);
    }
    assert.equal(config.measurement.repeats, conditions === "digital" ? 1 : 25);
    assert.equal(config.measurement.testImages, 1_000);
    const { repeatVaries, augmentTest, inputRange } = protocolOf(config);
    assert.deepEqual([repeatVaries, augmentTest, inputRange], ["programming", false, "fixed"]);
  }
  assert.equal(new Set(variants.map(({ config }) => configId(config))).size, variants.length);
});
