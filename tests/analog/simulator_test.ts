/** Two models of analog hardware behind one interface: equal where nothing is imperfect, and where their data are. */
import assert from "node:assert/strict";
import {
  type CalibrationImages,
  loadAnalogKernel,
  type MappedNetwork,
  simulatorOf,
} from "@/analog/mod.ts";
import { loadBackend, type Tensor2D, type Tensor4D } from "@/backend.ts";
import { type PartialConfig, resolveConfig } from "@/config.ts";
import type { Batch } from "@/dataset/mod.ts";
import { evaluationOps, forward, initialState, networkPlan, toTensors } from "@/network/mod.ts";
import { prng } from "@/random.ts";
import { imageTensor } from "@/train/mod.ts";

const backend = await loadBackend(), { tf } = backend;
await loadAnalogKernel(backend);
const plan = networkPlan([2, 2, 0, 4, 2, 1], { channels: 4, cellsPerStage: 1 });
const state = initialState(plan, 0);
const random = prng(1, "images");
const batch: Batch = {
  images: Float32Array.from({ length: 20 * 3_072 }, () => 4 * random.uniform() - 2),
  labels: Uint8Array.from({ length: 20 }, (_, i) => i % 10),
  count: 20,
};
const images: CalibrationImages = { ofProtocol: () => [batch], ofTraining: () => batch };
const x = imageTensor(backend, batch);

const values = (of: (x: Tensor4D) => Tensor2D) => {
  const logits = of(x), found = Array.from(logits.dataSync());
  logits.dispose();
  return found;
};
const tensors = toTensors(backend, plan, state);
const digital = values((x) => forward(backend, plan, evaluationOps(backend, plan, tensors), x));
const rms = (a: readonly number[], b: readonly number[]) =>
  Math.sqrt(a.reduce((sum, v, i) => sum + (v - b[i]) ** 2, 0) / a.length);
const spread = rms(digital, digital.map(() => digital.reduce((a, b) => a + b) / digital.length));

type Hardware = NonNullable<PartialConfig["hardware"]>;
const crosssim = (settings: object) =>
  ({ simulator: { kind: "crosssim", ...settings } }) as Hardware;
const mapped = async (hardware: Hardware, more: PartialConfig = {}): Promise<MappedNetwork> => {
  const simulator = await simulatorOf(backend, resolveConfig({ ...more, hardware }));
  return simulator.map({ plan, state, tiles: null }, images);
};
const logitsOf = (readout: Pick<MappedNetwork, "logits">, seed = 0) => {
  const logits = readout.logits(seed, "test"), found = values(logits.of);
  logits.dispose();
  return found;
};

const ideal = { kind: "ideal", bound: null } as const;
const IDEAL_TILES: Hardware = {
  dac: ideal,
  adc: ideal,
  outputNoise: 0,
  programmingNoise: 0,
  drift: 0,
  readNoise: 0,
  inputRange: 1_000,
};
const IDEAL_ARRAYS = { device: "independent", magnitude: 0, dacBits: 0, adcBits: 0 } as const;

Deno.test("with everything ideal both simulators are the digital network", async () => {
  const read = async (hardware: Hardware) =>
    logitsOf((await mapped(hardware, { protocol: "as_published" })).program(1).read(0, 2));
  assert.ok(rms(await read(IDEAL_TILES), digital) < 1e-4 * spread);
  for (const coding of ["one_sided", "two_sided", "offset"]) {
    const settings = { ...IDEAL_ARRAYS, coding, maxInputs: 20 };
    assert.ok(rms(await read(crosssim(settings)), digital) < 1e-4 * spread, coding);
  }
  // Sixteen bits of weights, inputs and outputs are nearly ideal; a slice or a bit less would show.
  const sliced = {
    ...IDEAL_ARRAYS,
    slicing: { weightBits: 13, slices: 3 },
    dacBits: 14,
    bitSerial: true,
  };
  assert.ok(rms(await read(crosssim(sliced)), digital) < 2e-3 * spread);
});

Deno.test("each setting of the arrays alone takes the logits away, in the order of its strength", async () => {
  const off = async (settings: object, t = 0) => {
    const network = await mapped(crosssim({ ...IDEAL_ARRAYS, ...settings }));
    return rms(logitsOf(network.program(1).read(t, 2)), digital) / spread;
  };
  const sonos = { device: "sonos" };
  const orders: [string, Promise<number>[]][] = [
    ["DAC bits", [8, 5, 3].map((dacBits) => off({ dacBits }))],
    ["ADC bits", [10, 7, 4].map((adcBits) => off({ adcBits }))],
    ["calibrated range", [off({ adcBits: 8 }), off({ adcBits: 8, adcRange: "max" })]],
    ["levels", [8, 5, 3].map((levelBits) => off({ levelBits }))],
    ["independent error", [0.01, 0.05, 0.2].map((magnitude) => off({ magnitude }))],
    ["wires", [0.1, 1, 5].map((wire_ohm) => off({ wire_ohm }))],
    ["SONOS over days", [0, 86_400, 432_000].map((t) => off(sonos, t))],
    ["SONOS, reads too", [off(sonos), off({ ...sonos, readNoise: true })]],
  ];
  for (const [name, promises] of orders) {
    const found = await Promise.all(promises);
    found.forEach((value, i) => assert.ok(value > (found[i - 1] ?? 1e-5), `${name}: ${found}`));
  }
});

Deno.test("one event is the same devices at every time; another seed is others; memory stays flat", async () => {
  const network = await mapped(crosssim({ device: "sonos", readNoise: true }));
  const event = network.program(1), again = network.program(1).read(86_400, 0);
  const day = logitsOf(event.read(86_400, 0));
  assert.deepEqual(logitsOf(again), day);
  assert.notDeepEqual(logitsOf(again, 1), day, "reads have their own noise");
  const other = logitsOf(network.program(2).read(86_400, 0));
  const quiet = await mapped(crosssim({ device: "sonos", dacBits: 0, adcBits: 0 }));
  const [hour, next] = [3_600, 3_660].map((t) => logitsOf(quiet.program(1).read(t, 0)));
  assert.ok(rms(hour, next) < 0.05 * rms(day, other), "a minute changes little");
  const before = tf.memory().numTensors;
  logitsOf(event.read(0, 0));
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("layers that no signal reaches are finite: a cell without a connection, all converters on", async () => {
  const plan = networkPlan([1, 1, 1, 1, 1, 2], { channels: 4, cellsPerStage: 1 });
  for (const coding of ["one_sided", "offset"]) {
    const config = resolveConfig({ hardware: crosssim({ device: "sonos", coding }) });
    const simulator = await simulatorOf(backend, config);
    const state = initialState(plan, 0);
    const network = simulator.map({ plan, state, tiles: null }, images);
    const logits = network.program(1).read(0, 0).logits(0, "dead");
    assert.ok(values(logits.of).every(Number.isFinite), coding);
    logits.dispose();
  }
});
