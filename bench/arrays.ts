/**
 * CrossSim's arrays here, by processor time where two things are compared. Inference without wires: at most
 * 1.5 times digital inference, in turns in one process.
 * Read noise of one array of 144 x 16 over 1,024 windows: at least 100 times CrossSim 3.2.0, of which a turn
 * took 970 ms on one core when the reference values were made (CrossSim is not run here). Wires: every
 * matrix of a C = 16, N = 1 network with six 3x3 convolutions a cell in at most 20 s a programming event.
 *
 * Usage: deno task bench arrays
 */
import process from "node:process";
import { median } from "simple-statistics";
import { arrays, type MappedNetwork, noNoise, simulatorOf } from "../src/analog/mod.ts";
import { loadBackend, type Tensor, type Tensor2D, type Tensor4D } from "../src/backend.ts";
import { type ArraySettings, resolveConfig } from "../src/config.ts";
import {
  evaluationOps,
  forward,
  initialState,
  networkPlan,
  toTensors,
} from "../src/network/mod.ts";
import { prng } from "../src/random.ts";
import { imageTensor } from "../src/train/mod.ts";
import { judge } from "./speed/against_pytorch.ts";

const CROSSSIM_READ_NOISE_MS = 970;
const TURNS = Number(Deno.args[0] ?? 7), IMAGES = 128;

const backend = await loadBackend(), { tf } = backend;
const plan = networkPlan([2, 2, 2, 2, 2, 2], { channels: 16, cellsPerStage: 1 });
const state = initialState(plan, 0), random = prng(1, "images");
const batch = {
  images: Float32Array.from({ length: IMAGES * 3_072 }, () => 4 * random.uniform() - 2),
  labels: new Uint8Array(IMAGES),
  count: IMAGES,
};
const x = imageTensor(backend, batch);
const images = { ofProtocol: () => [batch], ofTraining: () => batch };

async function onArrays(settings: object): Promise<MappedNetwork> {
  const simulator = { kind: "crosssim", device: "sonos", ...settings } as const;
  const config = resolveConfig({ hardware: { simulator } });
  return (await simulatorOf(backend, config)).map({ plan, state, tiles: null }, images);
}

/** Seconds and processor seconds of one call. */
function timed(work: () => unknown): { readonly wall_s: number; readonly cpu_s: number } {
  const before = process.cpuUsage(), start = performance.now();
  work();
  const { user, system } = process.cpuUsage(before);
  return { wall_s: (performance.now() - start) / 1_000, cpu_s: (user + system) / 1e6 };
}

/** Medians of programs that take turns; the first two are not counted. */
function inTurns<Name extends string>(programs: Readonly<Record<Name, () => unknown>>) {
  const names = Object.keys(programs) as Name[];
  const turns = Array.from(
    { length: TURNS + 2 },
    () => names.map((name) => timed(programs[name])),
  ).slice(2);
  return Object.fromEntries(names.map((name, k) => [name, {
    wall_s: median(turns.map((turn) => turn[k].wall_s)),
    cpu_s: median(turns.map((turn) => turn[k].cpu_s)),
  }])) as Record<Name, { wall_s: number; cpu_s: number }>;
}

const show = (of: (x: Tensor4D) => Tensor2D) => () => {
  const logits = of(x);
  logits.dataSync();
  logits.dispose();
};
const ops = evaluationOps(backend, plan, toTensors(backend, plan, state));
const quiet = (await onArrays({})).program(1).read(0, 0).logits(1, "bench");
const noisy = (await onArrays({ readNoise: true })).program(1).read(0, 0).logits(1, "bench");
const { digital, converted, read } = inTurns({
  digital: show((x) => forward(backend, plan, ops, x)),
  converted: show(quiet.of),
  read: show(noisy.of),
});
const times = converted.cpu_s / digital.cpu_s;
judge("times digital inference", times, 1.5, "at most");
console.log(`value times_digital_by_cpu_time ${times.toFixed(2)}`);
console.log(
  `value read_noise_times_digital_by_cpu_time ${(read.cpu_s / digital.cpu_s).toFixed(2)}`,
);

const machine = { backend, kernel: await arrays.loadArrayKernel(backend) };
const window = { rMin_ohm: 62_500, rMax_ohm: 6.25e11, vRead_V: 0.1 };
const design = {
  coding: "one_sided",
  slicing: null,
  window,
  levelBits: 0,
  weightPercentile: 1,
  maxInputs: 0,
} as const;
const shape = {
  name: "array",
  kind: "linear",
  inChannels: 144,
  outChannels: 16,
  kernel: 1,
  stride: 1,
  padding: 0,
  groups: 1,
  dilation: 1,
} as const;
const matrix = Float32Array.from({ length: 144 * 16 }, () => random.uniform() - 0.5);
const adc = () => arrays.signMagnitude(8, [-20, 20]);
const layer = arrays.layerOnArrays(
  shape,
  matrix,
  design,
  arrays.inputConverter(8, [-1, 1]),
  null,
  adc,
);
const physics = { ...arrays.NO_ERRORS, readNoise: arrays.sonos };
const event = arrays.programLayer(layer, noNoise);
const reading = arrays.readLayer(machine.kernel, layer, event, physics, 0);
const tensors = arrays.layerTensors(backend, layer, reading, null);
const windows: Tensor = backend.randomNormal([1_024, 144], 2, 0);
const { one } = inTurns({
  one: () =>
    tf.tidy(() =>
      arrays.arrayForward(
        machine,
        layer,
        tensors,
        null,
        windows,
        (draw) => [3, draw],
      ).dataSync()
    ),
});
const asFast = CROSSSIM_READ_NOISE_MS / (one.cpu_s * 1_000);
judge("read noise, times CrossSim's recorded time", asFast, 100, "at least");
console.log(`value read_noise_cpu_ms ${(one.cpu_s * 1_000).toFixed(2)}`);
console.log(`value read_noise_times_recorded_crosssim ${asFast.toFixed(0)}`);

const settings = resolveConfig({
  hardware: {
    simulator: { kind: "crosssim", device: "pcm_joshi", wire_ohm: 1, maxInputs: 288, adcBits: 0 },
  },
}).hardware.simulator as ArraySettings;
const wired = arrays.networkOnArrays(machine, plan, state, settings, batch);
const wires = { row_ohm: 1, column_ohm: 1, rowTerminal_ohm: 0, columnTerminal_ohm: 0 };
const { programmed } = inTurns({
  programmed: () =>
    arrays.readNetwork(
      machine,
      wired,
      arrays.programNetwork(wired, 1),
      { ...arrays.NO_ERRORS, device: arrays.pcmJoshi, wires },
      0,
    ),
});
judge("seconds of a programming event with wires", programmed.wall_s, 20, "at most");
console.log(`value wires_cpu_s ${programmed.cpu_s.toFixed(2)}`);
