/** What arrays cannot be or have no data for: one message each, from a config, the library and the command line. */
import assert from "node:assert/strict";
import { arrays, assertMappable, noNoise, simulatorOf } from "@/analog/mod.ts";
import { loadBackend } from "@/backend.ts";
import { type ArraySettings, type PartialConfig, resolveConfig } from "@/config.ts";
import { InputError } from "@/input_error.ts";
import { initialState, networkPlan } from "@/network/mod.ts";
import { saveWeights } from "@/train/mod.ts";
import { runCommand } from "../../cli/run.ts";

type Hardware = NonNullable<PartialConfig["hardware"]>;
const hardware = (settings: object) =>
  ({ simulator: { kind: "crosssim", ...settings } }) as Hardware;
const settingsOf = (settings: object) =>
  resolveConfig({ hardware: hardware(settings) }).hardware.simulator as ArraySettings;
const at = (...times: number[]) => ({ measurement: { inferenceTimes_s: times } });

/** Asserts an InputError whose message has the pattern, and no second fault. */
const refused = (call: () => unknown, pattern: RegExp) =>
  assert.throws(call, (error) => {
    assert.ok(error instanceof InputError, `${error}`);
    assert.match(error.message, pattern);
    assert.doesNotMatch(error.message, /; (hardware|measurement)\./, "one fault, one message");
    return true;
  });
const refusedConfig = (settings: object, pattern: RegExp, more: PartialConfig = {}) =>
  refused(() => resolveConfig({ ...more, hardware: hardware(settings) }), pattern);

const backend = await loadBackend();
const machine = { backend, kernel: await arrays.loadArrayKernel(backend) };
const narrow = networkPlan([1, 1, 1, 3, 1, 1], { channels: 4, cellsPerStage: 1 });
const wide = networkPlan([1, 1, 1, 3, 1, 1], { channels: 64, cellsPerStage: 1 });
const batch = { images: new Float32Array(3_072).fill(0.5), labels: new Uint8Array(1), count: 1 };
const networkOf = (settings: object, plan = narrow) =>
  arrays.networkOnArrays(machine, plan, initialState(plan, 0), settingsOf(settings), batch);

Deno.test("times a device has no data for", async () => {
  refusedConfig({ device: "sonos" }, /sonos was measured up to 432000 s only, 5 days/, at(432_001));
  refusedConfig({ device: "rram_wan" }, /rram_wan was measured at 1 s only/, at(3_600));
  refusedConfig({ device: "rram_milo" }, /rram_milo was measured at 0 s only/, at(1));
  resolveConfig({ hardware: hardware({ device: "sonos" }), ...at(0, 432_000) });

  const read = (device: arrays.ArrayDevice, settings: object, t_days: number) => {
    const network = networkOf({ ...settings, adcBits: 0 });
    const physics = { ...arrays.NO_ERRORS, device };
    return arrays.readNetwork(machine, network, arrays.programNetwork(network, 1), physics, t_days);
  };
  const wan = { device: "rram_wan" }, joshi = { device: "pcm_joshi" };
  refused(() => read(arrays.sonos, { device: "sonos" }, 5.01), /sonos was measured up to 432000 s/);
  refused(() => read(arrays.rramWan, wan, 1), /stem.*rram_wan was measured at 1 s only/);
  refused(() => read(arrays.pcmJoshi, joshi, -1), /days/);
  // Programming itself, and the very time of the data, which is no round number of days.
  read(arrays.sonos, { device: "sonos" }, 5);
  read(arrays.rramWan, wan, 1 / 86_400);
  read(arrays.pcmJoshi, joshi, 27 / 86_400);
  read(arrays.pcmJoshi, joshi, 0);
  const simulator = await simulatorOf(
    backend,
    resolveConfig({ hardware: hardware({ device: "sonos", adcBits: 0 }) }),
  );
  const network = { plan: narrow, state: initialState(narrow, 0), tiles: null };
  const images = { ofProtocol: () => [batch], ofTraining: () => batch };
  const event = simulator.map(network, images).program(1);
  refused(() => event.read(1e6, 0), /sonos was measured up to 432000 s only/);
  refused(() => event.read(-1, 0), /at least 0, not -1/);
});

Deno.test("windows outside a device's data: the window they name is one that is taken", () => {
  const outside: [string, object, RegExp][] = [
    ["rram_milo", { rMin_ohm: 1_000 }, /leaves the data of rram_milo, 50 to 225 uS; set rMin_ohm/],
    ["rram_milo", { rMax_ohm: 30_000 }, /at least 4445 and rMax_ohm at most 20000/],
    ["pcm_joshi", { rMin_ohm: 10_000 }, /0 to 25 uS; set rMin_ohm to at least 40000\./],
    ["rram_wan", { rMin_ohm: 25_000 }, /0 to 39.26 uS; set rMin_ohm to at least 25472/],
    ["sonos", { rMin_ohm: 50_000 }, /0 to 18 uS; set rMin_ohm to at least 55556/],
  ];
  for (const [device, window, pattern] of outside) {
    refusedConfig({ device, ...window }, pattern);
    const [least] = /(?<=at least )\d+/.exec(pattern.source) ?? [], most = { rMax_ohm: 20_000 };
    if (least === undefined) continue;
    resolveConfig({
      hardware: hardware({ device, rMin_ohm: +least, ...device === "rram_milo" && most }),
    });
  }
  refusedConfig({ rMin_ohm: 1_000, rMax_ohm: 500 }, /must be below rMax_ohm, which is 500/);

  // A network of one device's window read as another device.
  const network = networkOf({ device: "rram_milo", adcBits: 0 });
  const physics = { ...arrays.NO_ERRORS, device: arrays.pcmJoshi };
  const event = arrays.programNetwork(network, 1);
  refused(
    () => arrays.readNetwork(machine, network, event, physics, 0),
    /a window of 50.0 to 225 uS leaves the data of pcm_joshi/,
  );
  const window = { rMin_ohm: 4_000, rMax_ohm: null, vRead_V: 0.1 };
  assert.match(arrays.extrapolation(arrays.rramMilo, window, 0)!, /50 to 225 uS/);
  assert.equal(arrays.extrapolation(arrays.independent(0.1), window, 0), null);
  assert.equal(arrays.extrapolation(arrays.ideal, window, 100), null);
});

Deno.test("wires on arrays too large to solve: how large, and the largest that can be solved", () => {
  const check = (settings: object) =>
    assertMappable(wide, resolveConfig({ hardware: hardware({ wire_ohm: 1, ...settings }) }));
  const message = /: an array of (\d+) inputs and 256 outputs is too large .*maxInputs to (\d+),/;
  refused(() => check({}), message);
  let most = 0;
  assert.throws(() => check({}), ({ message: text }) => {
    const [, inputs, told] = message.exec(text)!;
    assert.ok(+inputs > 256 && +inputs <= 1_152, inputs);
    most = +told;
    return true;
  });
  // (shorter side)^2 x longer is at most 2^25, so 512 inputs beside 256 outputs; of a layer of 2,304 inputs 575 a part
  // makes five of 461, 576 makes four of 576.
  assert.equal(most, 575);
  check({ maxInputs: most });
  assert.throws(() => check({ maxInputs: 576 }), InputError);
  assertMappable(wide, resolveConfig({ hardware: hardware({}) }));
  refused(() => networkOf({ wire_ohm: 1, maxInputs: 0 }, wide), message);

  // 104 inputs in arrays of 11 are nine of 10 and one of 14: the last may be the largest.
  const layer = {
    kind: "linear",
    kernel: 1,
    stride: 1,
    padding: 0,
    groups: 1,
    dilation: 1,
  } as const;
  const huge = { ...layer, name: "fc", inChannels: 104, outChannels: 200_000 };
  refused(
    () => arrays.assertWires([huge], { wire_ohm: 1, maxInputs: 11 }),
    /fc: an array of 14 inputs and 200000 outputs is too large .*maxInputs to 12,/,
  );
  arrays.assertWires([huge], { wire_ohm: 1, maxInputs: 12 });
  const cells = { plus: new Float32Array(512 * 512), minus: null };
  const wires = { row_ohm: 1, column_ohm: 1, rowTerminal_ohm: 0, columnTerminal_ohm: 0 };
  refused(
    () => arrays.effectiveMatrices(machine.kernel, [cells], 512, wires, 1e4),
    /^An array of 512 inputs and 512 outputs is too large/,
  );
});

Deno.test("converters that cannot be", () => {
  refused(
    () => arrays.signMagnitude(8, [-1, 2]),
    /symmetric limits, not -1 to 2.*larger magnitude/,
  );
  // A signed range is a sign-magnitude DAC's.
  refused(() => arrays.inputConverter(8, [-1, 2]), /symmetric limits, not -1 to 2/);
  assert.equal(arrays.inputConverter(8, [-2, 2]).gain, 0.5);
  assert.deepEqual(arrays.inputConverter(8, [0, 2]).isSigned, false);
  refused(() => arrays.signMagnitude(1, [-1, 1]), /0 for no conversion, or at least 2, not 1/);
  refused(() => arrays.signMagnitude(8.5, [-1, 1]), /bits of a converter/);
  refused(() => arrays.signMagnitude(8, [1, -1]), /the lower first, not 1 to -1/);
  refused(() => arrays.quantizer(8, 1, 1), /the lower first, not 1 to 1/);
  refused(() => arrays.quantizer(8, 0, NaN), /not 0 to NaN/);
  refusedConfig({ dacBits: 1 }, /dacBits = 1: 0 for no conversion, or at least 2/);
  refusedConfig({ adcBits: 1 }, /adcBits = 1: 0 for no conversion, or at least 2/);
  refusedConfig({ dacBits: 0, bitSerial: true }, /inputs bit by bit need dacBits/);
});

Deno.test("bits that a slice or a level needs and has not", () => {
  const sliced = (weightBits: number, slices: number, coding = "one_sided") => ({
    coding,
    slicing: { weightBits, slices },
  });
  refusedConfig(sliced(0, 2), /2 slices need at least 3 weightBits/);
  refusedConfig(sliced(2, 2), /2 slices need at least 3 weightBits/);
  refusedConfig(sliced(1, 1, "offset"), /1 slices need at least 2 weightBits/);
  // Two bits each, so that seven bits are in the first four: the fifth has none. With an offset eight bits.
  refusedConfig(sliced(8, 5), /some have none of 8 weightBits; set slices to 4/);
  refusedConfig(sliced(8, 7, "offset"), /some have none of 8 weightBits; set slices to 4/);
  refusedConfig(sliced(8, 2, "two_sided"), /slices are one_sided or offset/);
  for (const [bits, slices] of [[8, 7], [8, 4], [8, 3], [6, 3], [3, 2]]) {
    resolveConfig({ hardware: hardware(sliced(bits, slices)) });
  }
  resolveConfig({ hardware: hardware(sliced(2, 2, "offset")) });
  refusedConfig({ coding: "offset", levelBits: 1 }, /levelBits = 1: .* at least 2, or 0/);

  const design = {
    coding: "offset",
    slicing: null,
    window: { rMin_ohm: 1e4, rMax_ohm: 1e6, vRead_V: 0.1 },
    levelBits: 1,
    weightPercentile: 1,
    maxInputs: 0,
  } as const;
  refused(() => arrays.readingOf(design), /0 for no levels, or at least 2, not 1/);
  const cut = (weightBits: number, slices: number) =>
    arrays.toConductances(new Float32Array(4).fill(1), 1, {
      ...design,
      levelBits: 0,
      slicing: { weightBits, slices },
    });
  refused(() => cut(0, 2), /weightBits of slices is a whole number from 2/);
  refused(() => cut(4, 5), /slices of a weight is a whole number from 1 to 4/);
  refused(() => cut(4, 0), /slices of a weight/);
});

Deno.test("read noise without data, and through wires", () => {
  refusedConfig({ device: "rram_wan", readNoise: true }, /the data of rram_wan give no read noise/);
  refusedConfig(
    { device: "sonos", readNoise: true, wire_ohm: 1 },
    /moves the currents of all others; set readNoise to false or wire_ohm to 0/,
  );
  // Both faults at once are told once.
  refusedConfig({ device: "rram_wan", readNoise: true, wire_ohm: 1 }, /give no read noise/);

  const network = networkOf({ device: "sonos", adcBits: 0 }),
    [layer] = Object.values(network.layers);
  const read = (physics: Partial<arrays.ArrayPhysics>) => () =>
    arrays.readLayer(
      machine.kernel,
      layer,
      arrays.programLayer(layer, noNoise),
      { ...arrays.NO_ERRORS, ...physics },
      0,
    );
  const wires = { row_ohm: 1, column_ohm: 1, rowTerminal_ohm: 0, columnTerminal_ohm: 0 };
  refused(read({ readNoise: arrays.sonos, wires }), /through wires is not modelled/);
  refused(read({ readNoise: arrays.rramWan }), /data of rram_wan give no read noise/);
  read({ readNoise: arrays.sonos })();
  read({ wires })();
});

Deno.test("a name of no device", () => {
  refusedConfig({ device: "flash" }, /hardware\.simulator\.device/);
});

Deno.test("the command refuses each before anything is trained or written", async () => {
  const folder = await Deno.makeTempDir(), weights = await Deno.makeTempDir();
  const out = `${folder}/out`, config = `${folder}/config.json`;
  const small = `${weights}/small.safetensors`, large = `${weights}/large.safetensors`;
  await saveWeights(small, { plan: narrow, state: initialState(narrow, 0), origin: {} });
  await saveWeights(large, { plan: wide, state: initialState(wide, 0), origin: {} });
  const cases: [string, object, readonly string[], RegExp][] = [
    [
      small,
      {},
      ["--device", "sonos", "--times", "6d"],
      /518400: sonos was measured up to 432000 s only/,
    ],
    [
      small,
      {},
      ["--device", "rram_wan", "--times", "1h"],
      /3600: rram_wan was measured at 1 s only/,
    ],
    [small, { slicing: { weightBits: 0, slices: 2 } }, [], /2 slices need at least 3 weightBits/],
    [small, { rMin_ohm: 10_000 }, [], /leaves the data of pcm_joshi, 0 to 25 uS/],
    [
      small,
      { device: "sonos", readNoise: true, wire_ohm: 1 },
      [],
      /set readNoise to false or wire_ohm/,
    ],
    [large, { wire_ohm: 1 }, [], /1152 inputs and 256 outputs is too large .*maxInputs to 575/],
  ];
  for (const [checkpoint, simulator, options, message] of cases) {
    await Deno.writeTextFile(config, JSON.stringify({ hardware: hardware(simulator) }));
    const { code, err } = await runCommand("measure.ts", [
      ...["--checkpoint", checkpoint, "--simulator", "crosssim"],
      ...["--config", config, "--out", out, ...options],
    ]);
    assert.equal(code, 1);
    assert.match(err.trim(), /^error: [^\n]*$/);
    assert.match(err, message);
    assert.deepEqual(Array.from(Deno.readDirSync(folder), (entry) => entry.name), ["config.json"]);
  }
});
