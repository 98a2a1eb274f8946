/** A config is completed at every depth, and what is misspelt in it is named with its nearest. */
import assert from "node:assert/strict";
import { type PartialConfig, resolveConfig } from "@/config.ts";
import { configId } from "@/config_id.ts";

const whole = resolveConfig();
const hardware = (partial: PartialConfig["hardware"]) =>
  resolveConfig({ hardware: partial }).hardware;

Deno.test("a part of a converter keeps the rest of it", () => {
  assert.deepEqual(hardware({ adc: { bits: 6 } }).adc, { kind: "bits", bits: 6, bound: 10 });
  assert.deepEqual(hardware({ dac: { bits: 6 } }).dac, { kind: "bits", bits: 6, bound: 1 });
  assert.deepEqual(hardware({ adc: { bound: 20 } }).adc, { kind: "bits", bits: 8, bound: 20 });
  assert.deepEqual(hardware({ adc: { resolution: 0.01 } }).adc, {
    kind: "resolution",
    resolution: 0.01,
    bound: 10,
  });
  assert.deepEqual(hardware({ dac: { kind: "ideal" } }).dac, { kind: "ideal", bound: 1 });
  assert.deepEqual(hardware({ dac: { kind: "ideal", bound: null } }).dac, {
    kind: "ideal",
    bound: null,
  });
  const { adc: _, ...rest } = hardware({ adc: { bits: 6 } }),
    { adc: __, ...others } = whole.hardware;
  assert.deepEqual(rest, others);
});

Deno.test("a setting of arrays means arrays; nothing means tiles", () => {
  const { simulator } = hardware({ simulator: { device: "sonos" } });
  assert.deepEqual(
    simulator,
    hardware({ simulator: { kind: "crosssim", device: "sonos" } }).simulator,
  );
  assert.deepEqual(hardware({ simulator: {} }), whole.hardware);
});

Deno.test("a part and the whole that it stands for are one config, with one id", () => {
  const long = { kind: "bits", bits: 6, bound: 10 } as const;
  assert.equal(
    configId(resolveConfig({ hardware: { adc: { bits: 6 } } })),
    configId(resolveConfig({ hardware: { adc: long } })),
  );
  assert.equal(configId(resolveConfig({ hardware: { adc: {} } })), configId(whole));
  assert.notEqual(configId(resolveConfig({ hardware: { adc: { bits: 6 } } })), configId(whole));
});

const REFUSED: readonly (readonly [unknown, RegExp])[] = [
  [{ hardware: { adc: { bitz: 6 } } }, /hardware\.adc\.bitz: .*Did you mean hardware\.adc\.bits\?/],
  [{ adc: { bits: 6 } }, /^.*adc: there is no such setting. Did you mean hardware\.adc\?/],
  [{ Training: {} }, /Did you mean training\?/],
  [{ training: { epoch: 3 } }, /Did you mean training\.epochs\?/],
  [{ epochs: 3 }, /Did you mean training\.epochs or qat\.epochs or hwt\.epochs\?/],
  [{ hardware: { colour: 1 } }, /no such setting\. hardware has simulator, device, /],
  [{ hardware: { adc: 6 } }, /hardware\.adc = 6: .*expected object/],
  [
    { hardware: { adc: { kind: "bit" } } },
    /expected one of "ideal"\|"bits"\|"resolution"\. .*"bits"/,
  ],
  [{ hardware: { adc: { kind: "resolution" } } }, /hardware\.adc\.resolution: is missing/],
  [{ hardware: { adc: { bits: 6, resolution: 0.1 } } }, /adc\.bits: does not go with the other/],
  [{ hardware: { adc: { bits: 6, bound: null } } }, /hardware\.adc\.bound = null/],
  [{ hardware: { simulator: { kind: "aihwkit", device: "sonos" } } }, /device: does not go with/],
  [{ hardware: { simulator: { device: "sonoss" } } }, /Did you mean "sonos"\?/],
  [{ hardware: { simulator: { kind: "crossim" } } }, /Did you mean "crosssim"\?/],
  [{ hardware: { simulator: { slicing: { slices: 2 } } } }, /slicing\.weightBits: is missing/],
  [{ protocol: "published" }, /Did you mean "as_published"\?/],
  [{ measurement: { inferenceTimes_s: ["1d"] } }, /inferenceTimes_s\.0 = "1d": .*number/],
  [[], /config = \[\]: .*expected object/],
  [{ hardware: null }, /hardware = null: .*expected object/],
];

Deno.test(`${REFUSED.length} faulty parts are refused, each by its place and the nearest name`, () => {
  for (const [partial, message] of REFUSED) {
    assert.throws(
      () => resolveConfig(partial as PartialConfig, "my.json"),
      { name: "InputError", message },
      JSON.stringify(partial),
    );
  }
});
