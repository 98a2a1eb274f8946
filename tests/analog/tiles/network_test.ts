/** Networks on crossbars: against the digital network, under single imperfections, in training, over time. */
import assert from "node:assert/strict";
import {
  analogAccuracy_pct,
  analogEvaluation,
  analogForward,
  calibrateInputRanges,
  convert,
  convertLayer,
  type Crossbars,
  drift,
  hwtNetwork,
  type LayerShape,
  layerTensors,
  loadAnalogKernel,
  periphery,
  program,
  tilesOf,
} from "../../../src/analog/mod.ts";
import { loadBackend, type Tensor1D } from "../../../src/backend.ts";
import { resolveConfig } from "../../../src/config.ts";
import { evaluationBatches, type ImageSet } from "../../../src/dataset/mod.ts";
import { InputError } from "../../../src/input_error.ts";
import {
  evaluationOps,
  forward,
  initialState,
  networkPlan,
  toTensors,
} from "../../../src/network/mod.ts";
import { prng } from "../../../src/random.ts";
import { networkTrainer, sgd } from "../../../src/train/mod.ts";

const backend = await loadBackend(), { tf } = backend, kernel = await loadAnalogKernel(backend);
const crossbars = (hardware: ReturnType<typeof resolveConfig>["hardware"]): Crossbars => ({
  backend,
  kernel,
  periphery: periphery(hardware),
});
const ideal = {
  dac: { kind: "ideal", bound: null },
  adc: { kind: "ideal", bound: null },
  outputNoise: 0,
  inputRange: 1e6,
} as const;
const size = { channels: 4, cellsPerStage: 1 };
const plan = networkPlan([2, 3, 4, 0, 2, 1], size), state = initialState(plan, 1);
const random = prng(1, "images");
const images: ImageSet = {
  pixels: Uint8Array.from({ length: 64 * 3_072 }, () => random.integer(256)),
  labels: Uint8Array.from({ length: 64 }, (_, i) => i % 10),
  count: 64,
};
const batches = () => evaluationBatches(images, 32);
const noise = (shape: [number, number, number, number]) =>
  tf.tensor4d(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()),
    shape,
  );
const noSeed = () => tf.tensor1d([0, 0], "int32") as Tensor1D;
const largest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (v, i) => Math.abs(v - b[i])).reduce((x, y) => Math.max(x, y), 0);

Deno.test("with all imperfections off the analog network is the digital one", () => {
  const { hardware } = resolveConfig({
    hardware: { ...ideal, maxInputSize: 17, maxOutputSize: 5 },
  });
  // Norms that differ from channel to channel, so that each piece of a layer needs its own part of them.
  const state = Object.fromEntries(
    Object.entries(initialState(plan, 1)).map(([name, values]) =>
      values.length > 16 ? [name, values] : [name, values.map((v) => v + 0.5 * random.uniform())]
    ),
  );
  const network = convert(plan, state, hardware);
  assert.ok(tilesOf(network).length > Object.keys(network.layers).length, "layers are split");
  const x = noise([4, 32, 32, 3]), tensors = toTensors(backend, plan, state);
  const analog = analogEvaluation(crossbars(hardware), network);
  const logits = (ops: Parameters<typeof forward>[2]) => {
    const y = forward(backend, plan, ops, tf.clone(x)), values = y.dataSync();
    y.dispose();
    return values;
  };
  const digital = logits(evaluationOps(backend, plan, tensors));
  assert.ok(largest(logits(analog.ops(1)), digital) < 1e-5 * Math.max(...digital.map(Math.abs)));
});

Deno.test("a cut inside a channel, and a cut along the outputs, change nothing where all is ideal", () => {
  const layers: LayerShape[] = [
    {
      name: "a",
      kind: "convolution",
      inChannels: 7,
      outChannels: 6,
      kernel: 3,
      stride: 2,
      padding: 1,
      groups: 1,
      dilation: 1,
    },
    {
      name: "b",
      kind: "convolution",
      inChannels: 5,
      outChannels: 9,
      kernel: 1,
      stride: 1,
      padding: 0,
      groups: 1,
      dilation: 1,
    },
  ];
  for (const shape of layers) {
    const matrix = Float32Array.from(
      { length: shape.outChannels * shape.inChannels * shape.kernel ** 2 },
      () => random.normal(),
    );
    const x = noise([2, 9, 9, shape.inChannels]);
    const run = (maxInputSize: number, maxOutputSize: number) => {
      const { hardware } = resolveConfig({ hardware: { ...ideal, maxInputSize, maxOutputSize } });
      const layer = convertLayer(shape, matrix, hardware), offset = tf.ones([shape.outChannels]);
      const tiles = layerTensors(backend, layer);
      const y = analogForward(crossbars(hardware), shape, tiles, offset as Tensor1D, x, noSeed);
      return y.dataSync();
    };
    const whole = run(0, 0);
    assert.ok(largest(run(4, 4), whole) < 1e-4);
    assert.ok(largest(run(31, 0), whole) < 1e-4);
  }
});

Deno.test("a chosen part on crossbars: the noise of one layer alone reaches the output", () => {
  const { hardware } = resolveConfig();
  const x = noise([2, 32, 32, 3]), tensors = toTensors(backend, plan, state);
  const values = (ops: Parameters<typeof forward>[2]) =>
    forward(backend, plan, ops, tf.clone(x)).dataSync();
  const digital = values(evaluationOps(backend, plan, tensors));
  const part = convert(plan, state, hardware, (layer) => layer === "classifier");
  const seen = values(analogEvaluation(crossbars(hardware), part).ops(3));
  const step = 20 / 254 * 3 * tilesOf(part)[0].scales[0];
  assert.ok(largest(seen, digital) > 0 && largest(seen, digital) < 3 * step);
});

Deno.test("memory stays flat over repeats, and equal seeds give equal accuracies", () => {
  const { hardware } = resolveConfig(), network = convert(plan, state, hardware);
  const repeat = (r: number) =>
    analogAccuracy_pct(crossbars(hardware), network, batches(), {
      readings: drift(network, program(network, r), 3_600, r),
      seed: r,
      label: "repeat",
    });
  const first = repeat(1), { numTensors, numBytes } = tf.memory();
  for (let r = 2; r < 8; r++) repeat(r);
  assert.equal(repeat(1), first);
  assert.deepEqual([tf.memory().numTensors, tf.memory().numBytes], [numTensors, numBytes]);
});

Deno.test("calibrated ranges cover what reaches a tile, and dead tiles keep theirs", () => {
  const { hardware } = resolveConfig(), network = convert(plan, state, hardware);
  const { numTensors } = tf.memory();
  const ranges = tilesOf(calibrateInputRanges(backend, network, batches())).map((t) =>
    t.inputRange
  );
  assert.equal(tf.memory().numTensors, numTensors);
  // Edge 0 -> 3 is a pooling, 1 -> 2 a skip; the first tile sees normalised pixels, at most 2.2 sd.
  assert.ok(ranges[0] > 1.5 && ranges[0] < 2.3, `${ranges[0]}`);
  assert.ok(ranges.every((r) => r > 0));
});

Deno.test("an output that is not finite is refused with a word", () => {
  const { hardware } = resolveConfig(), broken = { ...state };
  broken["lastact.0.running_var"] = new Float32Array(16).fill(-1);
  const network = convert(plan, broken, hardware);
  assert.throws(
    () => analogAccuracy_pct(crossbars(hardware), network, batches(), { seed: 1, label: "x" }),
    (error) => error instanceof InputError && /not finite \(x, batch 0\)/.test(error.message),
  );
});

const batch = () => batches()[Symbol.iterator]().next().value!;
const training = (config: ReturnType<typeof resolveConfig>) => {
  const network = convert(plan, state, config.hardware);
  return hwtNetwork(crossbars(config.hardware), network, config, sgd(backend, config.training), 1);
};

Deno.test("without imperfections a step by the chain rule is the digital step", () => {
  const config = resolveConfig({
    protocol: "corrected",
    training: { momentum: 0, weightDecay: 0 },
    // A power of two scales without rounding: a single ReLU that flips would move weights by a per cent.
    hardware: { ...ideal, inputRange: 128, weightScalingOmega: 0 },
    hwt: {
      weightNoise: 0,
      clipSigmas: 0,
      remap: "none",
      inputRangeBatches: 0,
      inputRangeDecay: 0,
    },
  });
  const analog = training(config);
  const digital = networkTrainer(backend, plan, state, sgd(backend, config.training));
  const { loss } = analog.step(batch(), 0.1);
  assert.ok(Math.abs(digital.step(batch(), 0.1).loss - loss) < 1e-5);
  const expected = digital.stored(), found = analog.analog();
  for (const { name, weights } of tilesOf(found)) {
    const layer = name.slice(0, name.indexOf(".tile."));
    assert.ok(largest(weights, expected[`${layer}.weight`].data as Float32Array) < 1e-5, name);
  }
  for (const name of ["classifier.bias", "stem.1.weight", "lastact.0.running_mean"]) {
    assert.ok(largest(found.state[name], expected[name].data as Float32Array) < 1e-5, name);
  }
});

Deno.test("training on the crossbars learns, clips and remaps, and resumes bit for bit", () => {
  for (const protocol of ["as_published", "corrected"] as const) {
    const config = resolveConfig({ protocol });
    const network = training(config), losses: number[] = [];
    const rate = protocol === "as_published" ? 0.05 : 0.5; // towards normalised weights the chain rule is weak
    for (let s = 0; s < 16; s++) losses.push(network.step(batch(), rate).loss);
    assert.ok(losses.at(-1)! < losses[0] - 0.1, `${protocol}: ${losses}`);
    for (const { name, weights, inputRange } of tilesOf(network.analog())) {
      const most = weights.reduce((m, w) => Math.max(m, Math.abs(w)), 0);
      assert.ok(Math.abs(most - 1) < 1e-6, `${name}: largest weight ${most}`);
      assert.ok(inputRange > 0);
    }
    const resumed = training(config);
    resumed.restore(network.analog(), network.steps(), network.batches());
    // The optimizer's momentum is the stage's to keep; without it both continue alike from here.
    const [a, b] = [network, resumed].map((n) => n.analog());
    assert.deepEqual(tilesOf(a), tilesOf(b));
    assert.equal(resumed.step(batch(), 0).loss, network.step(batch(), 0).loss);
  }
});
