/** The config of a read-out: the unit's, with what is asked on top. */
import assert from "node:assert/strict";
import { resolveConfig } from "@/config.ts";
import { configId } from "@/config_id.ts";
import { overlaid, readOutConfig } from "@/measure/mod.ts";

/** A unit that was measured with settings other than the defaults. */
const UNIT = resolveConfig({
  protocol: "as_published",
  hardware: { adc: { bits: 7, bound: 12 }, outputNoise: 0.1, gMax_uS: 20 },
  measurement: { testImages: 3_000, repeats: 4, inferenceTimes_s: [60, 3_600] },
});

Deno.test("a part of the hardware leaves the unit's other settings as they were", () => {
  const { hardware, measurement } = readOutConfig(UNIT, { hardware: { adc: { bits: 6 } } });
  assert.deepEqual(hardware, {
    ...UNIT.hardware,
    adc: { kind: "bits", bits: 6, bound: 12 },
  });
  assert.deepEqual(measurement, { ...UNIT.measurement, repeats: 10 });
});

Deno.test("settings of another kind replace the unit's as a whole", () => {
  const ideal = readOutConfig(UNIT, { hardware: { adc: { kind: "ideal" } } });
  assert.deepEqual(ideal.hardware.adc, { kind: "ideal", bound: 10 });
  const { adc } = readOutConfig(UNIT, { hardware: { adc: { resolution: 0.1 } } }).hardware;
  assert.deepEqual(adc, { kind: "resolution", resolution: 0.1, bound: 10 });
  assert.deepEqual(overlaid({ a: { b: 1, c: 2 }, d: [3] }, { a: { c: 4 }, d: [5] }), {
    a: { b: 1, c: 4 },
    d: [5],
  });
});

Deno.test("another memory comes with the conductances and times of its own data", () => {
  const reram = readOutConfig(UNIT, { hardware: { device: "reram_wan2022" } });
  assert.equal(reram.hardware.gMax_uS, 40);
  assert.deepEqual(reram.measurement.inferenceTimes_s, [1, 86_400, 172_800]);
  const sonos = readOutConfig(UNIT, { hardware: { simulator: { device: "sonos" } } });
  assert.deepEqual(sonos.measurement.inferenceTimes_s, [0, 86_400, 172_800, 432_000]);
  const onSonos = { ...UNIT, hardware: sonos.hardware };
  const milo = readOutConfig(onSonos, { hardware: { simulator: { device: "rram_milo" } } });
  const { simulator } = milo.hardware;
  assert.equal(simulator.kind === "crosssim" && simulator.rMin_ohm, 1e6 / 225);
  assert.throws(
    () => readOutConfig(onSonos, { times_s: [432_001] }),
    /sonos was measured up to 432000 s only/,
  );
});

Deno.test("the configs are those of the stored ablation of the same settings", async () => {
  const settings = JSON.parse(await Deno.readTextFile("data/measured/ablation/settings.json"));
  const { config } = JSON.parse(
    await Deno.readTextFile(
      "data/measured/replication/units/310301-s0-published/unit.json",
    ),
  );
  const unit = resolveConfig(config);
  const counts = { times_s: [null, 86_400], testImages: 1_000, events: 3 };
  for (
    const [setting, value, hardware] of [
      ["default", "default", {}],
      ["adc_bits", 6, { adc: { bits: 6 } }],
      ["dac_bits", 5, { dac: { bits: 5 } }],
      ["drift_compensation", "none", { driftCompensation: "none" }],
    ] as const
  ) {
    const stored = settings.find((s: { setting: string; value: unknown }) =>
      s.setting === setting && s.value === value
    );
    assert.equal(configId(readOutConfig(unit, { hardware, ...counts })), stored.config_id, setting);
  }
});
